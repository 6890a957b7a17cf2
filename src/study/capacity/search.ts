import { analyse } from '../../analysis/analyse.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { LoadPoint } from '../capacity-document.ts';
import type { Ready, Series } from '../series.ts';
import { busiestPhaseOf, loadPoint } from './load-point.ts';
import { nextLoad, type SearchRange } from './next-load.ts';

export interface SearchPlan {
  readonly range: SearchRange;
  /** Ids of the budgets that must hold. */
  readonly budgets: ReadonlySet<string>;
  /** Replications of each load. */
  readonly count: number;
  /** The scenario with this multiple of its traffic, ready to be simulated. */
  readonly prepare: (multiplier: number) => Promise<Ready>;
  /** For whoever watches: the load, and how many came before it. */
  readonly stepText: (multiplier: number, before: number) => string;
}

export interface Searched {
  /** By multiplier. */
  readonly points: readonly LoadPoint[];
  readonly busiestPhase: string | null;
  /** Of ×1, or of the first load that was simulated; null when none was. */
  readonly first: Findings | null;
}

/** Simulates the loads that the search asks for, each with the same random numbers, until it ends or is stopped. */
export async function searchCapacity(series: Series, plan: SearchPlan): Promise<Searched> {
  const points: LoadPoint[] = [];
  let first: Findings | null = null;
  for (;;) {
    const multiplier = nextLoad(points, plan.range);
    if (multiplier === null) break;
    const findings = await findingsAt(series, plan, multiplier, points.length);
    if (findings === null) break;
    first ??= findings;
    points.push(loadPoint(findings, { ...plan, multiplier, busiestPhase: busiestPhaseOf(first) }));
    points.sort((a, b) => a.multiplier - b.multiplier);
  }
  return { points, busiestPhase: first === null ? null : busiestPhaseOf(first), first };
}

/** null when it was stopped. */
async function findingsAt(
  series: Series,
  { prepare, count, stepText }: SearchPlan,
  multiplier: number,
  before: number,
): Promise<Findings | null> {
  const ready = await prepare(multiplier);
  const input = await series.replicate(ready, count, stepText(multiplier, before));
  return input === null ? null : analyse(input);
}
