import { present } from '../../base/present.ts';
import type { CapacityBound, LoadPoint } from '../capacity-document.ts';
import { boundsOf, searchedLoad, type SearchRange } from './next-load.ts';

/** What the loads that were simulated tell of the largest one that holds; `hasIntervals`: of several replications. */
export function boundOf(
  points: readonly LoadPoint[],
  range: SearchRange,
  { hasIntervals }: { readonly hasIntervals: boolean },
): CapacityBound {
  const { below, above, surelyHolds, surelyBreaks } = boundsOf(points.map(searchedLoad));
  const at = (load: { readonly multiplier: number } | undefined): LoadPoint | undefined =>
    points.find(({ multiplier }) => multiplier === load?.multiplier);
  const [lowest, highest] = [points[0], points.at(-1)];
  const [last, broken] = [at(below), at(above)];
  if (last !== undefined && broken !== undefined) {
    const ends = hasIntervals ? [surelyHolds?.multiplier ?? null, surelyBreaks?.multiplier ?? null] : [];
    return {
      kind: 'bound',
      multiplier: last.multiplier,
      beyond: broken.multiplier,
      interval: [ends[0] ?? null, ends[1] ?? null],
      offeredPeakPerSec: last.offeredPeakPerSec,
      ...reasonsOf(broken),
    };
  }
  const said = (
    kind: Exclude<CapacityBound['kind'], 'bound'>,
    point: LoadPoint | undefined,
  ): CapacityBound =>
    point === undefined
      ? {
          ...{ kind, multiplier: null, offeredPeakPerSec: null },
          ...{ budget: null, saturated: null, firstBreak: null },
        }
      : {
          ...{ kind, multiplier: point.multiplier, offeredPeakPerSec: point.offeredPeakPerSec },
          ...reasonsOf(point),
        };
  if (broken !== undefined) {
    const isLowest = broken === lowest && broken.multiplier <= range.from;
    return said(isLowest ? 'infeasible' : 'cannot-say', isLowest ? broken : present(lowest));
  }
  const isHighest = last !== undefined && last === highest && last.multiplier >= range.to;
  return said(isHighest ? 'still-holding' : 'cannot-say', highest);
}

function reasonsOf({ budgets, deciding, tightest, firstBreak }: LoadPoint) {
  const budget = budgets.find(({ breaks }) => breaks) ?? budgets[0] ?? deciding;
  return { budget, saturated: tightest, firstBreak };
}

/** Whether what holds and what breaks lie on two sides of one load. */
export function isMonotone(points: readonly LoadPoint[]): boolean {
  const known = points.filter(({ verdict }) => verdict !== 'cannot-say');
  const first = known.findIndex(({ verdict }) => verdict === 'broken');
  return first < 0 || known.slice(first).every(({ verdict }) => verdict === 'broken');
}
