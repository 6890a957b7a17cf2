import type { Measured } from './context.ts';
import type { HeadroomFinding, LimiterFinding, StationFinding } from './findings.ts';
import { lastingShedding, limiterRefs } from './limiters.ts';

/**
 * How much more of what comes to it each group and each limiter could take, the tightest first.
 *
 *     factor = 1 / ρ_peak        ρ_peak  the busiest time of the group (`peakOver`), or the busiest replica of a
 *                                        phase if higher; for a limiter the highest rate it was asked / what it admits for ever
 *
 * Below 1 for a limiter that sheds; never below 1 for servers, which cannot be more than busy. What stands behind a
 * limiter that sheds sees only what it lets through, and says so (`behind`). Assumes that the load grows in proportion
 * to the traffic.
 */
export function findHeadroom(
  context: Measured,
  stations: readonly StationFinding[],
  limiters: readonly LimiterFinding[],
): HeadroomFinding[] {
  const rows = [...groupPeaks(context, stations), ...limiterPeaks(context, limiters)];
  const shedding = new Set(
    limiterRefs(context).flatMap((ref) => (lastingShedding(context, ref) === null ? [] : [ref.limiter.name])),
  );
  return rows
    .filter(({ utilizationPeak }) => utilizationPeak > 0)
    .map(({ front, ...row }) => ({
      ...row,
      factor: 1 / row.utilizationPeak,
      behind: front.filter((limiter) => shedding.has(limiter)),
    }))
    .sort((a, b) => a.factor - b.factor);
}

/** A row before it is known which of the limiters in front of it shed. */
type Peak = Omit<HeadroomFinding, 'factor' | 'behind'> & { readonly front: readonly string[] };

function groupPeaks({ model }: Measured, stations: readonly StationFinding[]): Peak[] {
  return stations
    .filter(({ phase }) => phase === null)
    .flatMap(({ station, group, role, layer, utilizationPeak }) => {
      if (utilizationPeak === null) return [];
      const hottest = stations
        .filter((row) => row.group === group && row.phase !== null)
        .reduce((max, row) => Math.max(max, row.utilizationHottestReplica ?? 0), 0);
      const { pools, stations: behind } = model.fronts;
      const front = (role === 'pool' ? pools[group] : behind[station]) ?? [];
      return [{ group, layer, utilizationPeak: Math.max(utilizationPeak, hottest), front }];
    });
}

function limiterPeaks({ model }: Measured, limiters: readonly LimiterFinding[]): Peak[] {
  return limiters
    .filter(({ phase }) => phase === null)
    .map(({ limiter, layer, capacityPerSec, askedPeakPerSec }) => ({
      group: limiter,
      layer,
      utilizationPeak: (askedPeakPerSec ?? 0) / capacityPerSec,
      front: model.fronts.limiters[limiter] ?? [],
    }));
}
