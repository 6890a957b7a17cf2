import type { Findings } from '../../analysis/findings.ts';
import { CONFIDENCE_LEVEL } from '../../analysis/intervals.ts';
import {
  CAPACITY_SCHEMA_VERSION,
  type CapacityDocument,
  type LoadPoint,
  type WithoutFinding,
} from '../capacity-document.ts';
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
  /** Whether what is offered is in proportion to the multiplier: all traffic is open, and all of it multiplied. */
  readonly isInProportion: boolean;
  readonly holdNs: number | null;
  readonly scaled: readonly string[] | null;
  readonly notHeld: readonly string[];
}

/** What the whole search found; `first`: the findings of the load that it began with. */
export function capacityDocument(
  first: Findings,
  { points, busiestPhase, budgets, outOfReach }: Searched,
  { range, count, without, stoppedBy, isInProportion, holdNs, scaled, notHeld }: Asked,
): CapacityDocument {
  return {
    ...studyHead('capacity', CAPACITY_SCHEMA_VERSION, first),
    replications: {
      perLoad: count,
      seeds: first.replications.seeds,
      level: CONFIDENCE_LEVEL,
      stoppedBy,
    },
    search: { ...range, holdNs, scaled, budgets, outOfReach, notHeld },
    phases: first.phases,
    busiestPhase,
    plannedPeakPerSec: plannedPeakOf(points, isInProportion),
    bound: boundOf(points, range, { hasIntervals: count > 1 }),
    points,
    isMonotone: isMonotone(points),
    without,
  };
}

/** At ×1, or from the load nearest to it where that says it. */
function plannedPeakOf(points: readonly LoadPoint[], isInProportion: boolean): number | null {
  const [nearest] = points.toSorted((a, b) => Math.abs(a.multiplier - 1) - Math.abs(b.multiplier - 1));
  if (nearest === undefined || (nearest.multiplier !== 1 && !isInProportion)) return null;
  return nearest.offeredPeakPerSec / nearest.multiplier;
}
