import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { exactDuration } from '../base/format.ts';
import { similarName } from '../base/similar.ts';
import type { Scenario } from '../scenario/types.ts';
import { changingShares, unscalable } from '../scenario/what-if.ts';
import type { CapacityDocument, TakenAway, WithoutFinding } from '../study/capacity-document.ts';
import { boundOf } from '../study/capacity/bound.ts';
import { capacityDocument } from '../study/capacity/document.ts';
import { loadPoint } from '../study/capacity/load-point.ts';
import { findingsAt, searchCapacity, type LoadPlan, type Searched } from '../study/capacity/search.ts';
import { Series, type Ready } from '../study/series.ts';
import type { CapacityOptions } from './capacity-options.ts';
import { ExitCode } from './exit-codes.ts';
import type { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { prepareScenario, type Known, type ScenarioOptions } from './prepare-scenario.ts';
import { pinnedMode } from './pinned-mode.ts';
import { MODE_REFUSED } from './prepare.ts';
import { carryOut } from './simulate.ts';
import { takenAway } from './take-away.ts';
import { withChosenWarmUp } from './warm-up.ts';

/** Loads among which the events that `auto` aims at are shared: about as many as a search simulates. */
export const LOADS = 10;

/**
 * Predicted events of all replications of a load beyond which it has fewer of them, unless their number was asked for, and of
 * one beyond which a site with less of it is not simulated: about two minutes of one core. A constant, so that the same
 * search is made everywhere.
 */
export const LOAD_EVENTS_MAX = 500_000_000;

export interface CapacityCall {
  readonly io: Io;
  readonly options: CapacityOptions;
  readonly version: string;
  readonly interrupts: Interrupts;
  /** Of a review: what is taken away is looked at with the traffic of the scenario itself alone, as far as that is worth it. */
  readonly review?: ReviewedWithout;
}

/** Predicted events of all that a review simulates with less of the site, and of all replications of one such. */
export interface ReviewedWithout {
  readonly eventsMax: number;
  readonly eachMax: number;
}

/** A search that is ready to begin. */
export interface CapacityQuestion {
  readonly base: Known;
  readonly budgets: readonly string[];
  readonly taken: readonly (readonly TakenAway[])[];
  /** Ids of budgets that say nothing of a held peak. */
  readonly notHeld: readonly string[];
}

/** What is known and checked before anything is simulated. @throws {UserError} when there is nothing to search for. */
export function askCapacity({ io, options, version }: CapacityCall): CapacityQuestion {
  const base = prepareScenario(io, { ...options, loads: LOADS }, version);
  const { scenario } = base;
  const [trace] = unscalable(scenario);
  if (trace !== undefined) {
    throw new UserError(
      `traffic from ${trace} is replayed as it is and cannot be multiplied: capacity needs rates or users`,
      ExitCode.usage,
    );
  }
  checkWhatIf(scenario, options);
  const taken = options.without.map((asked) => takenAway(scenario, asked));
  const judged = new Set(scenario.budgets.map(({ id }) => id));
  const notHeld = options.holdNs === null ? [] : idsOf(base.written).filter((id) => !judged.has(id));
  return { base, budgets: budgetsOf(scenario, options.budgets), taken, notHeld };
}

/** @throws {UserError} with exit code 2 when the scenario cannot be held, or not be scaled so. */
function checkWhatIf(scenario: Scenario, { holdNs, scaled }: CapacityOptions): void {
  const { windowNs } = scenario.clock;
  if (holdNs !== null && holdNs < windowNs) {
    throw usage(
      `--hold ${exactDuration(holdNs)} is shorter than a window (clock.window ${exactDuration(windowNs)})`,
    );
  }
  if (holdNs !== null && scenario.disturbances.length > 0) {
    throw usage(
      "--hold replays no curve, and disturbances have their time in it: add --set 'disturbances=[]'",
    );
  }
  const hasCurve = scenario.traffic.some(({ model }) => model === 'open');
  if (holdNs !== null && !hasCurve) {
    throw usage(
      '--hold holds the peak of a curve, and closed users have none: their number is the same all the time\n' +
        'leave --hold out; --set clock.lasts=60s makes each load shorter',
    );
  }
  if (scaled === null) return;
  const classes = Object.keys(scenario.requests);
  for (const name of scaled) {
    if (classes.includes(name)) continue;
    const near = similarName(name, classes);
    const help =
      near === null
        ? `there are ${classes.slice(0, 20).join(', ')}`
        : `one of a similar name exists: "${near}"`;
    throw usage(`--scale request:${name}: there is no such request class\n${help}`);
  }
  const [source] = changingShares(scenario, scaled);
  if (source !== undefined) {
    throw usage(
      `--scale: the share of ${[...scaled].join(', ')} in traffic source ${source + 1} changes with time, so it has no one multiple; ` +
        `give it a source of its own${hasCurve ? ', or add --hold 60s' : ''}`,
    );
  }
}

function usage(message: string): UserError {
  return new UserError(message, ExitCode.usage);
}

/** @throws {UserError} when it was stopped before one load was complete. */
export async function findCapacity(
  call: CapacityCall,
  question: CapacityQuestion,
): Promise<CapacityDocument> {
  const { io, options, interrupts } = call;
  const { base, taken } = question;
  const deadlineMs = options.timeLimitMs === null ? null : io.nowMs() + options.timeLimitMs;
  const work = {
    length: base.model,
    begin: (workplace: ConstructorParameters<typeof Series>[0], pause: () => Promise<void>) =>
      new Series(workplace, pause),
    simulate: async (series: Series) => {
      const searched = await search(series, call, question);
      const without: WithoutFinding[] = [];
      const eventsBefore = series.position.events;
      for (const each of taken) {
        const spent = series.position.events - eventsBefore;
        const found = await lookWithout(series, call, question, searched, { taken: each, spent });
        if (found !== null) without.push(found);
      }
      return { searched, without, stoppedBy: series.stoppedBy };
    },
  };
  const { result } = await carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs,
    jobs: Math.min(options.jobs, base.prepared.runsAtOnce),
    runs: options.replications,
    predictedEvents: LOADS * options.replications * base.prepared.mode.predictedEvents,
  });
  const { searched, without, stoppedBy } = result;
  return capacityDocument(foundOrStopped(searched.first), searched, {
    range: options.range,
    count: options.replications,
    without,
    stoppedBy,
    isInProportion: options.scaled === null && base.scenario.traffic.every(({ model }) => model === 'open'),
    holdNs: options.holdNs,
    scaled: options.scaled === null ? null : [...options.scaled],
    notHeld: question.notHeld,
  });
}

function foundOrStopped(first: Findings | null): Findings {
  if (first !== null) return first;
  throw new UserError('stopped before one load was complete: nothing to tell', ExitCode.interrupted);
}

function search(series: Series, call: CapacityCall, { base, budgets }: CapacityQuestion): Promise<Searched> {
  const { options } = call;
  return searchCapacity(series, {
    ...loadsOf(series, call, base, { ...pinnedMode(base), fewer: new Map(), label: '' }),
    range: options.range,
    budgets,
    setsAside: options.budgets === null,
  });
}

/** null when it was stopped before anything of it was complete. */
async function lookWithout(
  series: Series,
  call: CapacityCall,
  { base }: CapacityQuestion,
  { budgets, busiestPhase }: Searched,
  { taken, spent }: { readonly taken: readonly TakenAway[]; readonly spent: number },
): Promise<WithoutFinding | null> {
  const { io, options, version, review } = call;
  const fewer = new Map(taken.map(({ layer, count }) => [layer, count]));
  // What is left of a site need not divide by the slice of the whole: it has one of its own.
  const known = prepareScenario(io, { ...options, loads: LOADS, fewer }, version);
  const { predictedEvents } = known.sliceChoice;
  const isTooMuch =
    review === undefined ? predictedEvents > LOAD_EVENTS_MAX : spent + predictedEvents > review.eventsMax;
  if (isTooMuch && !options.areAsked) {
    return { taken, atOne: null, bound: null, points: [], tooManyEvents: predictedEvents };
  }
  const label = `without ${taken.map(({ layer, count }) => `${layer}:${count}`).join(', ')} `;
  const how = { ...pinnedMode(known), fewer, label, eventsMax: review?.eachMax };
  const plan = loadsOf(series, call, base, how);
  const judged = { budgets: new Set(budgets), busiestPhase, perLoad: options.replications };
  if (review !== undefined) {
    const findings = await findingsAt(series, plan, { multiplier: 1, before: 0, isEnough: () => false });
    if (findings === null) return null;
    const atOne = loadPoint(findings, { ...judged, multiplier: 1 });
    return { taken, atOne, bound: null, points: [atOne], tooManyEvents: null };
  }
  const { range } = options;
  const { points } = await searchCapacity(series, { ...plan, range, budgets, setsAside: false });
  if (points.length === 0) return null;
  const atOne = points.find(({ multiplier }) => multiplier === 1) ?? null;
  const bound = boundOf(points, range, { hasIntervals: options.replications > 1 });
  return { taken, atOne, bound, points, tooManyEvents: null };
}

type How = Pick<ScenarioOptions, 'mode' | 'slice'> & {
  readonly fewer: ReadonlyMap<string, number>;
  readonly label: string;
  readonly eventsMax?: number | undefined;
};

function loadsOf(
  series: Series,
  { io, options, version }: CapacityCall,
  base: Known,
  { label, eventsMax = LOAD_EVENTS_MAX, ...how }: How,
): LoadPlan {
  const { unloaded } = base.prepared;
  const prepareLoad = async (multiplier: number): Promise<Ready> => {
    const chosen = { ...options, ...how, loads: LOADS, multiplier };
    const [loadOptions, known] = namingLoad(multiplier, () => preparedAs(io, chosen, version));
    const { scenario, model, sliceChoice, overrides, untilNs, toolVersion, sha256, scenarioText } =
      await withChosenWarmUp(io, loadOptions, version, known, (pilot) => series.once(pilot));
    return {
      ...{ scenario, model, sliceChoice, overrides, untilNs, toolVersion, sha256, scenarioText, unloaded },
      // A load is judged, and not reported on.
      ...{ pilot: null, ledger: [], claims: [], advice: [], premises: [], sizing: null },
    };
  };
  const { replications: perLoad, areAsked } = options;
  const worthIt = ({ sliceChoice }: Ready): number =>
    Math.max(1, Math.min(perLoad, Math.floor(eventsMax / sliceChoice.predictedEvents)));
  return {
    perLoad,
    countOf: areAsked ? () => perLoad : worthIt,
    stopsEarly: !areAsked,
    prepare: prepareLoad,
    stepText: (multiplier, before) => `load ${before + 1}, ${label}×${multiplier}`,
  };
}

/** What is wrong with a load and not with the scenario itself is a matter of the range. */
function namingLoad<Result>(multiplier: number, prepareIt: () => Result): Result {
  try {
    return prepareIt();
  } catch (error) {
    if (!(error instanceof UserError) || multiplier === 1) throw error;
    const side = multiplier > 1 ? '--to with less' : '--from with more';
    const message = `×${multiplier} the traffic cannot be simulated; use ${side}`;
    const text = error.message === '' ? message : `${message}\n${error.message}`;
    throw new UserError(text, error.exitCode, error.diagnostics);
  }
}

/** Where a load does not allow what the scenario itself does, as it would be alone: few users cannot be thinned. */
function preparedAs(io: Io, options: ScenarioOptions, version: string): [ScenarioOptions, Known] {
  try {
    return [options, prepareScenario(io, options, version)];
  } catch (error) {
    const code = error instanceof UserError ? (error.diagnostics[0]?.code ?? '') : '';
    if (!MODE_REFUSED.includes(code) || options.mode === 'auto') throw error;
    const alone = { ...options, mode: 'auto' as const, slice: null };
    return [alone, prepareScenario(io, alone, version)];
  }
}

function idsOf({ budgets }: Scenario): string[] {
  return [...new Set(budgets.map(({ id }) => id))];
}

/** @throws {UserError} with exit code 2 when one is unknown, or none is left. */
function budgetsOf({ budgets }: Scenario, asked: readonly string[] | null): string[] {
  const ids = budgets.map(({ id }) => id);
  if (asked === null) {
    const required = budgets.filter(({ level }) => level === 'error').map(({ id }) => id);
    if (required.length > 0) return [...new Set(required)];
    throw new UserError(
      'no budget is required, so there is nothing that must hold: declare budgets, or name some with --budgets',
      ExitCode.usage,
    );
  }
  for (const id of asked) {
    if (ids.includes(id)) continue;
    const near = similarName(id, ids);
    const help =
      near === null ? `there are ${ids.slice(0, 20).join(', ')}` : `one of a similar name exists: "${near}"`;
    throw new UserError(`--budgets: there is no budget "${id}"\n${help}`, ExitCode.usage);
  }
  return [...asked];
}
