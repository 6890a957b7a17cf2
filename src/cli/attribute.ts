import { measuresOf } from '../analysis/measures.ts';
import { UserError } from '../base/diagnostics.ts';
import { blend, differencesOf, type TreeDifference } from '../scenario/blend.ts';
import { attribute, type MeasuredPart } from '../study/attribution.ts';
import type { Attribution, Comparison } from '../study/comparison.ts';
import { inputChange } from '../study/inputs.ts';
import { Series } from '../study/series.ts';
import type { Workplace } from '../study/workplace.ts';
import type { CompareOptions } from './compare-options.ts';
import type { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { pinnedMode } from './pinned-mode.ts';
import type { KnownPair } from './prepare-pair.ts';
import { prepareScenario, type Known } from './prepare-scenario.ts';
import { carryOut } from './simulate.ts';

/** Input changes that are simulated by themselves. */
const PARTS_MAX = 16;

export interface AttributeCall {
  readonly io: Io;
  readonly options: CompareOptions;
  readonly version: string;
  readonly interrupts: Interrupts;
}

/** What the two scenarios say differently. */
export function differencesOfPair({ before, after }: Pick<KnownPair, 'before' | 'after'>): TreeDifference[] {
  return differencesOf(before.tree, after.tree);
}

/** Simulates the first scenario with each input change alone, and tells what comes of each. */
export async function attributeChanges(
  call: AttributeCall,
  pair: KnownPair,
  { differences, replications }: Pick<Comparison, 'differences' | 'replications'>,
): Promise<Attribution> {
  const { io, options, interrupts } = call;
  const changes = differencesOfPair(pair);
  const { parts, leftOut, isWhole } = partsOf(call, pair, changes);
  const count = replications.done;
  const work = {
    length: pair.before.model,
    begin: (workplace: Workplace, pause: () => Promise<void>) => new Series(workplace, pause),
    simulate: (series: Series) => measureParts(series, parts, count),
  };
  const { predictedEvents } = pair.before.prepared.mode;
  const { result } = await carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs: null,
    jobs: Math.min(options.jobs, pair.before.prepared.runsAtOnce),
    runs: count,
    predictedEvents: parts.length * count * predictedEvents,
  });
  const stopped = parts.slice(result.length).flatMap(({ inputs }) => inputs);
  return attribute(differences, result, {
    leftOut: [...leftOut, ...stopped].toSorted((a, b) => a - b),
    isWhole: isWhole && stopped.length === 0,
  });
}

interface Part {
  readonly inputs: readonly number[];
  readonly known: Known;
}

/** As many as were simulated before it was stopped. */
async function measureParts(series: Series, parts: readonly Part[], count: number): Promise<MeasuredPart[]> {
  const measured: MeasuredPart[] = [];
  for (const { inputs, known } of parts) {
    const step = `change ${measured.length + 1} of ${parts.length}`;
    const input = await series.replicate(known, count, step);
    if (input === null) break;
    // A queue that grows without end has no averages to compare.
    const ranAway = input.replications.some(({ stop }) => stop.runaway !== null);
    measured.push({ inputs, measures: ranAway ? [] : measuresOf(input) });
  }
  return measured;
}

interface Parts {
  readonly parts: readonly Part[];
  readonly leftOut: readonly number[];
  /** Whether every change that can move a number is in some part. */
  readonly isWhole: boolean;
}

/**
 * Changes one by one; those that make no valid scenario alone, together, with the components that were added where they need
 * them, or else with all that was added. Budgets change no run.
 */
function partsOf(call: AttributeCall, pair: KnownPair, changes: readonly TreeDifference[]): Parts {
  const kinds = changes.map((each) => inputChange(each).of);
  const ofBudgets = kinds.flatMap((kind, index) => (kind === 'budget' ? [index] : []));
  const indices = kinds.flatMap((kind, index) => (kind === 'budget' ? [] : [index]));
  const alone = indices.slice(0, PARTS_MAX).map((index) => partOf(call, pair, [index]) ?? index);
  const parts = alone.filter((each) => typeof each !== 'number');
  const unable = alone.filter((each) => typeof each === 'number');
  const whole = (all: readonly Part[]): Parts => {
    const told = new Set(all.flatMap(({ inputs }) => inputs));
    const rest = indices.filter((index) => !told.has(index));
    return { parts: all, leftOut: [...ofBudgets, ...rest], isWhole: rest.length === 0 };
  };
  if (unable.length === 0) return whole(parts);
  const added = indices.filter((index) => changes[index]?.before === null);
  const components = added.filter((index) => kinds[index] === 'component');
  for (const needed of [[], components, added]) {
    const inputs = [...new Set([...unable, ...needed])].toSorted((one, other) => one - other);
    const together = partOf(call, pair, inputs);
    if (together === null) continue;
    const others = parts.filter((each) => each.inputs.every((index) => !inputs.includes(index)));
    return whole([...others, together]);
  }
  return whole(parts);
}

/** The first scenario with these changes, simulated as the pair was; null where it cannot be. */
function partOf(
  { io, options, version }: AttributeCall,
  { before, after }: KnownPair,
  inputs: readonly number[],
): Part | null {
  let index = 0;
  const tree = blend(before.tree, after.tree, () => (inputs.includes(index++) ? 'after' : 'before'));
  const { seed, clock } = before.scenario;
  const sampling = [before.model.sampling, after.model.sampling].filter((plan) => plan !== null);
  const how = { ...pinnedMode(before), beside: sampling, scenarios: 2 };
  const whole = { ...options, ...how, file: options.files.before, seed, warmUpNs: clock.warmUpNs, tree };
  try {
    return { inputs, known: prepareScenario(io, whole, version) };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
