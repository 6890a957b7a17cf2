/** Where a slice may bring what it keeps to its load by background visits, and where they would not be like the real. */
import { remembers } from '../../model/policies/balancer-state.ts';
import type { Traffic } from '../../scenario/types.ts';
import type { StationSlice } from './plan-types.ts';
import type { Role } from './roles.ts';

/**
 * Background visits follow the slice's own, so they repeat the noise of the slice's arrivals instead of adding their
 * own. With r of them for each own visit, spread over m replicas, the arrivals at a replica have the asymptotic index
 * of dispersion
 *
 *     I = 1 + r/m        (1 for Poisson arrivals)
 *
 * and waits near saturation grow like (I + c²)/2, c the coefficient of variation of the service time (Kingman 1962).
 * At r/m = 0.1 they are 5 % too long for exponential service and 10 % for constant; at a singleton and k = 10 they were
 * 6 times too long.
 */
const NOISE_MAX = 0.1;

interface Surroundings {
  readonly roles: readonly Role[];
  readonly traffic: readonly Traffic[];
}

/** Why background visits cannot bring the station to its load, or null when they can or none are needed. */
export function backgroundObstacle(
  { name, station, callers, together }: Role,
  { kept, replicas, backgroundRatio }: StationSlice,
  { roles, traffic }: Surroundings,
): string | null {
  if (backgroundRatio === 0) return null;
  const { policy, shared } = station.balance;
  const isOneBalancer = shared || [...callers].every((caller) => replicasOf(caller, roles) === 1);
  if (station.pool !== null && replicas > 1 && remembers(policy) && !isOneBalancer)
    return `${name} would need visits of callers left out, whose ${policy} depends on connections not kept`;
  if (traffic.some(hasBatches))
    return `${name} would need visits of other slices, which do not come in batches`;
  if (policy === 'key-hash' && together)
    return `${name} would need visits of other slices, which do not come to a shard together as parallel ones do`;
  if (backgroundRatio / kept > NOISE_MAX)
    return `${name} would keep ${kept} of ${replicas} replicas, too few for ${backgroundRatio.toFixed(2)} times as many visits of other slices`;
  return null;
}

/** Replicas of a caller; the client is one. */
function replicasOf(caller: string | null, roles: readonly Role[]): number {
  return roles.find(({ name }) => name === caller)?.station.replicas ?? 1;
}

function hasBatches(traffic: Traffic): boolean {
  if (traffic.model !== 'open' || traffic.arrivals.process !== 'batch') return false;
  const { sizes } = traffic.arrivals;
  return (sizes.law === 'constant' ? sizes.size : sizes.mean) > 1;
}
