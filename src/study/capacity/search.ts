import { analyse } from '../../analysis/analyse.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { LoadPoint } from '../capacity-document.ts';
import type { Ready, Series } from '../series.ts';
import { busiestPhaseOf, loadPoint } from './load-point.ts';
import { nextLoad, type SearchRange } from './next-load.ts';

export interface LoadPlan {
  /** Replications of each load. */
  readonly count: number;
  /** The scenario with this multiple of its traffic, ready to be simulated. */
  readonly prepare: (multiplier: number) => Promise<Ready>;
  /** For whoever watches: the load, and how many came before it. */
  readonly stepText: (multiplier: number, before: number) => string;
}

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

/** Simulates the loads that the search asks for, each with the same random numbers, until it ends or is stopped. */
export async function searchCapacity(series: Series, plan: SearchPlan): Promise<Searched> {
  const points: LoadPoint[] = [];
  let first: Findings | null = null;
  // What a load is judged by is learnt from the first, which is therefore simulated to its end.
  let judged = { budgets: plan.budgets, outOfReach: [] as readonly string[] };
  for (;;) {
    const multiplier = nextLoad(points, plan.range);
    if (multiplier === null) break;
    const watched = first === null ? undefined : new Set(judged.budgets);
    const findings = await findingsAt(series, plan, { multiplier, before: points.length, watched });
    if (findings === null) break;
    if (first === null && plan.setsAside) judged = withinReach(plan.budgets, findings);
    first ??= findings;
    const busiestPhase = busiestPhaseOf(first);
    points.push(loadPoint(findings, { multiplier, budgets: new Set(judged.budgets), busiestPhase }));
    points.sort((a, b) => a.multiplier - b.multiplier);
  }
  return { points, busiestPhase: first === null ? null : busiestPhaseOf(first), first, ...judged };
}

interface LoadToFind {
  readonly multiplier: number;
  /** Loads that were simulated before it. */
  readonly before: number;
  /** Ids of budgets that may end it. */
  readonly watched?: ReadonlySet<string> | undefined;
}

/** null when it was stopped. */
export async function findingsAt(
  series: Series,
  { prepare, count, stepText }: LoadPlan,
  { multiplier, before, watched }: LoadToFind,
): Promise<Findings | null> {
  const ready = await prepare(multiplier);
  const input = await series.replicate(ready, count, stepText(multiplier, before), watched);
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
