import type { Findings } from '../../analysis/findings.ts';
import { CONFIDENCE_LEVEL } from '../../analysis/intervals.ts';
import { CAPACITY_SCHEMA_VERSION, type CapacityDocument, type WithoutFinding } from '../capacity-document.ts';
import type { StopReason } from '../replication-job.ts';
import { studyHead } from '../study-head.ts';
import { boundOf, isMonotone } from './bound.ts';
import type { SearchRange } from './next-load.ts';
import type { Searched } from './search.ts';

export interface Asked {
  readonly range: SearchRange;
  /** Replications of each load. */
  readonly count: number;
  readonly without: readonly WithoutFinding[];
  readonly stoppedBy: StopReason | null;
}

/** What the whole search found; `first`: the findings of the load that it began with. */
export function capacityDocument(
  first: Findings,
  { points, busiestPhase, budgets, outOfReach }: Searched,
  { range, count, without, stoppedBy }: Asked,
): CapacityDocument {
  const nearest = points.toSorted((a, b) => Math.abs(a.multiplier - 1) - Math.abs(b.multiplier - 1))[0];
  return {
    ...studyHead('capacity', CAPACITY_SCHEMA_VERSION, first),
    replications: {
      perLoad: count,
      seeds: first.replications.seeds,
      level: CONFIDENCE_LEVEL,
      stoppedBy,
    },
    search: { ...range, budgets, outOfReach },
    phases: first.phases,
    busiestPhase,
    plannedPeakPerSec: nearest === undefined ? null : nearest.offeredPeakPerSec / nearest.multiplier,
    bound: boundOf(points, range, { hasIntervals: count > 1 }),
    points,
    isMonotone: isMonotone(points),
    without,
  };
}
