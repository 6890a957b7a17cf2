import type { AnalysisInput, Measured } from './context.ts';
import type { HeadroomFinding, LimiterFinding, StationFinding } from './findings.ts';
import { lastingShedding, limiterRefs } from './limiters.ts';

/** Traffic beyond the peak that a review asks about. */
const GROWTH = 1.2;

/**
 * How much more of what comes to it each group and each limiter could take, the tightest first.
 *
 *     factor = 1 / ρ_peak        ρ_peak  the busiest time of the group (`peakOver`), or the busiest replica of a
 *                                        phase if higher; for a limiter the highest rate it was asked / what it admits for ever
 *
 * Below 1 for a limiter that sheds; never below 1 for servers, which cannot be more than busy. What stands behind a
 * limiter that sheds sees only what it lets through, and says so (`behind`). Assumes that the load grows in proportion
 * to the traffic.
 *
 * From the same peak, or behind a limiter that sheds from what the planned traffic would use if nothing were shed
 * (`Sizing`), follow ρ · n / (n − 1), when one of n replicas is gone and the others share its work, and ρ · 1.2.
 */
export function findHeadroom(
  context: Measured & Partial<Pick<AnalysisInput, 'sizing'>>,
  stations: readonly StationFinding[],
  limiters: readonly LimiterFinding[],
): HeadroomFinding[] {
  const loads = new Map(context.sizing?.loads.map(({ name, load }) => [name, load]));
  const rows = [...groupPeaks(context, stations), ...limiterPeaks(context, limiters)];
  const shedding = new Set(
    limiterRefs(context).flatMap((ref) => (lastingShedding(context, ref) === null ? [] : [ref.limiter.name])),
  );
  return rows
    .filter(({ utilizationPeak }) => utilizationPeak > 0)
    .map(({ front, replicas, ...row }) => {
      const behind = front.filter((limiter) => shedding.has(limiter));
      const load = behind.length === 0 ? undefined : loads.get(row.group);
      // Arithmetic knows no waits: what is let through may already use more.
      const planned = load === undefined ? null : Math.max(load, row.utilizationPeak);
      const used = planned ?? row.utilizationPeak;
      return {
        ...row,
        factor: 1 / row.utilizationPeak,
        behind,
        utilizationPlanned: planned,
        factorPlanned: planned === null ? null : 1 / planned,
        utilizationWithoutOne: replicas < 2 ? null : (used * replicas) / (replicas - 1),
        utilizationGrown: used * GROWTH,
      };
    })
    .sort((a, b) => a.factor - b.factor);
}

/** A row before it is known which of the limiters in front of it shed. */
type Peak = Pick<HeadroomFinding, 'group' | 'layer' | 'utilizationPeak'> & {
  readonly front: readonly string[];
  readonly replicas: number;
};

function groupPeaks({ model }: Measured, stations: readonly StationFinding[]): Peak[] {
  const replicasOf = new Map(model.stations.map(({ name, replicas }) => [name, replicas]));
  return stations
    .filter(({ phase }) => phase === null)
    .flatMap(({ station, group, role, layer, utilizationPeak }) => {
      if (utilizationPeak === null) return [];
      const replicas = replicasOf.get(station) ?? 1;
      const hottest = stations
        .filter((row) => row.group === group && row.phase !== null)
        .reduce((max, row) => Math.max(max, row.utilizationHottestReplica ?? 0), 0);
      const { pools, stations: behind } = model.fronts;
      const front = (role === 'pool' ? pools[group] : behind[station]) ?? [];
      return [{ group, layer, utilizationPeak: Math.max(utilizationPeak, hottest), front, replicas }];
    });
}

function limiterPeaks(context: Measured, limiters: readonly LimiterFinding[]): Peak[] {
  const { model } = context;
  const replicas = new Map(
    limiterRefs(context).map(({ limiter }) => [limiter.name, limiter.instanceCount * limiter.scale]),
  );
  return limiters
    .filter(({ phase }) => phase === null)
    .map(({ limiter, layer, capacityPerSec, askedPeakPerSec }) => ({
      group: limiter,
      layer,
      utilizationPeak: (askedPeakPerSec ?? 0) / capacityPerSec,
      front: model.fronts.limiters[limiter] ?? [],
      replicas: replicas.get(limiter) ?? 1,
    }));
}
