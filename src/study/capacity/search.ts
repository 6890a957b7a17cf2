import { analyse } from '../../analysis/analyse.ts';
import type { AnalysisInput } from '../../analysis/context.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { LoadPoint } from '../capacity-document.ts';
import type { Ready, Series } from '../series.ts';
import { busiestPhaseOf, isBeyondDoubt, loadPoint, type PointOptions } from './load-point.ts';
import { nextLoad, searchedLoad, willBreak, type SearchRange } from './next-load.ts';

export interface LoadPlan {
  /** Replications asked for of each load, and of one that is ready, which may be fewer. */
  readonly perLoad: number;
  readonly countOf: (ready: Ready) => number;
  /** Whether a load that is broken beyond doubt after two may do with them. */
  readonly stopsEarly: boolean;
  /** The scenario with this multiple of its traffic, ready to be simulated. */
  readonly prepare: (multiplier: number) => Promise<Ready>;
  /** For whoever watches: the load, and how many came before it. */
  readonly stepText: (multiplier: number, before: number) => string;
}

/** Fewest replications that have an interval. */
const FIRST = 2;

export interface SearchPlan extends LoadPlan {
  readonly range: SearchRange;
  /** Ids of the budgets that must hold. */
  readonly budgets: readonly string[];
  /** Whether those of them that no load is small enough for are set aside. */
  readonly setsAside: boolean;
}

export interface Searched {
  /** By multiplier. */
  readonly points: readonly LoadPoint[];
  readonly busiestPhase: string | null;
  /** Ids of the budgets that had to hold, and of those that were set aside. */
  readonly budgets: readonly string[];
  readonly outOfReach: readonly string[];
  /** Of the first load that was simulated; null when none was. */
  readonly first: Findings | null;
}

/**
 * Simulates the loads that the search asks for, each with the same random numbers and to its end, whatever budgets may abort a
 * run, until the search ends or is stopped.
 */
export async function searchCapacity(series: Series, plan: SearchPlan): Promise<Searched> {
  const points: LoadPoint[] = [];
  let first: Findings | null = null;
  // What a load is judged by is learnt from the first.
  let judged = { budgets: plan.budgets, outOfReach: [] as readonly string[] };
  for (;;) {
    const known = points.map(searchedLoad);
    const multiplier = nextLoad(known, plan.range);
    if (multiplier === null) break;
    const before: Findings | null = first;
    const optionsFor = (findings: Findings): PointOptions => ({
      multiplier,
      budgets: new Set(judged.budgets),
      busiestPhase: busiestPhaseOf(before ?? findings),
      perLoad: plan.perLoad,
    });
    const findings = await findingsAt(series, plan, {
      multiplier,
      before: points.length,
      isEnough: (found) => willBreak(multiplier, known) && isBeyondDoubt(loadPoint(found, optionsFor(found))),
    });
    if (findings === null) break;
    if (first === null && plan.setsAside) judged = withinReach(plan.budgets, findings);
    first ??= findings;
    points.push(loadPoint(findings, optionsFor(findings)));
    points.sort((a, b) => a.multiplier - b.multiplier);
  }
  return { points, busiestPhase: first === null ? null : busiestPhaseOf(first), first, ...judged };
}

interface AskedLoad {
  readonly multiplier: number;
  /** Loads that came before it. */
  readonly before: number;
  /** Whether the findings of the first replications will do. */
  readonly isEnough: (found: Findings) => boolean;
}

/** null when it was stopped. */
export async function findingsAt(
  series: Series,
  { prepare, countOf, stepText, stopsEarly }: LoadPlan,
  { multiplier, before, isEnough }: AskedLoad,
): Promise<Findings | null> {
  const ready = await prepare(multiplier);
  const enough = { first: FIRST, is: (done: AnalysisInput) => isEnough(analyse(done)) };
  const step = stepText(multiplier, before);
  const input = await series.replicate(ready, countOf(ready), step, stopsEarly ? enough : undefined);
  return input === null ? null : analyse(input);
}

/** All of them where none is within reach: then nothing holds, and that is the answer. */
function withinReach(
  ids: readonly string[],
  { budgets }: Findings,
): { budgets: readonly string[]; outOfReach: readonly string[] } {
  const broken = new Set(
    budgets.flatMap(({ id, outOfReach, countsAs }) => (outOfReach && countsAs !== 'pass' ? [id] : [])),
  );
  const kept = ids.filter((id) => !broken.has(id));
  return kept.length === 0
    ? { budgets: ids, outOfReach: [] }
    : { budgets: kept, outOfReach: ids.filter((id) => broken.has(id)) };
}
