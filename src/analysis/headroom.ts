import type { Context } from './context.ts';
import type { HeadroomFinding, StationFinding } from './findings.ts';
import { limiterRefs } from './limiters.ts';
import { peakOver } from './peaks.ts';

/**
 * How much more traffic each group and each limiter could take, the tightest first.
 *
 *     factor = 1 / ρ_peak        ρ_peak  the busiest time of the group (`peakOver`), or the busiest replica of a
 *                                        phase if higher; for a limiter the highest rate it was asked / what it admits for ever
 *
 * Below 1 for a limiter that sheds; never below 1 for servers, which cannot be more than busy. Groups behind a limiter
 * that sheds see only what it lets through. Assumes that the load grows in proportion to the traffic.
 */
export function findHeadroom(context: Context, stations: readonly StationFinding[]): HeadroomFinding[] {
  const rows = [...groupPeaks(stations), ...limiterPeaks(context)];
  return rows
    .filter(({ utilizationPeak }) => utilizationPeak > 0)
    .map((row) => ({ ...row, factor: 1 / row.utilizationPeak }))
    .sort((a, b) => a.factor - b.factor);
}

type Peak = Omit<HeadroomFinding, 'factor'>;

function groupPeaks(stations: readonly StationFinding[]): Peak[] {
  return stations
    .filter(({ phase }) => phase === null)
    .flatMap(({ group, layer, utilizationPeak }) => {
      if (utilizationPeak === null) return [];
      const hottest = stations
        .filter((row) => row.group === group && row.phase !== null)
        .reduce((max, row) => Math.max(max, row.utilizationHottestReplica ?? 0), 0);
      return [{ group, layer, utilizationPeak: Math.max(utilizationPeak, hottest) }];
    });
}

function limiterPeaks(context: Context): Peak[] {
  const { windowNs } = context.model;
  return limiterRefs(context).map(({ limiter, layer, measured, capacityPerSec }) => {
    const peak = peakOver(context.windows, { windowNs, arrivals: measured.asked, amounts: measured.asked });
    const askedPerSec = (peak?.perNs ?? 0) * 1e9 * limiter.scale;
    return { group: limiter.name, layer, utilizationPeak: askedPerSec / capacityPerSec };
  });
}
