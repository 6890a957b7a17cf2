/** What limiters are asked and let through in the long run, when bursts are spent. */
import { limiterNames } from '../parts/limiter-names.ts';
import type { Site } from '../tree/site.ts';
import { replicaShares } from './shares.ts';

/** The n-th limiter of a station, counted from 0. */
export interface Asker {
  readonly station: string;
  readonly n: number;
}

export interface LimiterLoad {
  readonly name: string;
  /** Of one instance. */
  readonly ratePerSec: number;
  readonly instances: number;
  /** Share of what is asked that each instance is asked; null when all are asked alike. */
  readonly shares: readonly number[] | null;
  /** Who asks it: several when it is global. */
  readonly askers: readonly Asker[];
}

/** Share that each limiter lets through, by name; 1 where nothing is said. */
export type LimiterShares = ReadonlyMap<string, number>;

/** Visits of a station per second, before its limiters. */
export type VisitsOf = (station: string) => number;

/** Every limiter of the site once. */
export function limitersOf(site: Site): LimiterLoad[] {
  const { stations } = site.scenario;
  const limiters = new Map<string, LimiterLoad>();
  for (const [station, each] of Object.entries(stations)) {
    limiterNames(site, station).forEach((name, n) => {
      const { ratePerSec, scope } = each.limits[n]!;
      const isEach = scope === 'replica';
      const askers = [...(limiters.get(name)?.askers ?? []), { station, n }];
      const shares = isEach ? replicaShares(each) : null;
      limiters.set(name, { name, ratePerSec, instances: isEach ? each.replicas : 1, shares, askers });
    });
  }
  return [...limiters.values()];
}

/** Rate at which a limiter is asked, when those before it at the same stations let through their shares. */
export function askedPerSec(
  site: Site,
  { askers }: LimiterLoad,
  visits: VisitsOf,
  through: LimiterShares,
): number {
  return askers.reduce((sum, { station, n }) => {
    const before = limiterNames(site, station).slice(0, n);
    return sum + visits(station) * before.reduce((share, name) => share * (through.get(name) ?? 1), 1);
  }, 0);
}

/** min(rate, what it is asked) of each instance, together, as a share of what all are asked. */
export function shareAdmitted({ ratePerSec, instances, shares }: LimiterLoad, asked: number): number {
  if (asked === 0) return 1;
  if (shares === null) return Math.min(1, (ratePerSec * instances) / asked);
  return shares.reduce((sum, share) => sum + Math.min(ratePerSec / asked, share), 0);
}

/** Share of the visits of each station that its limiters let through. */
export function admissionOf(site: Site, through: LimiterShares): ReadonlyMap<string, number> {
  const { stations } = site.scenario;
  return new Map(
    Object.keys(stations)
      .filter((name) => stations[name]!.limits.length > 0)
      .map((name) => [
        name,
        limiterNames(site, name).reduce((share, each) => share * (through.get(each) ?? 1), 1),
      ]),
  );
}
