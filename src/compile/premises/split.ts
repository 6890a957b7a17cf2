import type { Split } from '../../model/premises.ts';
import type { Balance, Station } from '../../scenario/types.ts';
import { keyShares } from '../parts/popularity.ts';
import type { StationSlice } from '../slices/plan-types.ts';
import type { JobArrival } from './journeys.ts';

/** What a balancer makes of a Poisson flow; `evened` keeps the replicas' loads alike, `uneven` may not. */
export type Splitting = Split | { readonly kind: 'evened' } | { readonly kind: 'uneven' };

/** Of all flows that come to a station whose jobs may wait. */
export function splittingOf(
  { replicas, balance }: Station,
  { slice, arrivals, callerReplicas }: SplitFacts,
): Splitting {
  if (replicas === 1) return { kind: 'random', shares: null };
  const shares = fixedShares(balance, replicas, arrivals);
  if (shares !== undefined) {
    return shares !== null && slice.kept !== replicas ? { kind: 'uneven' } : { kind: 'random', shares };
  }
  const { policy, shared } = balance;
  if (policy === 'weighted-round-robin' || policy === 'source-hash') return { kind: 'uneven' };
  const callers = new Set(arrivals.map(({ caller }) => caller));
  const oneBalancer =
    callers.size === 1 && (shared || [...callers].every((each) => callerReplicas(each) === 1));
  const inTurn = policy === 'round-robin' && oneBalancer && arrivals.every(({ atOnce }) => atOnce);
  return { kind: inTurn && slice.kept === replicas && slice.scale === 1 ? 'round-robin' : 'evened' };
}

export interface SplitFacts {
  readonly slice: StationSlice;
  readonly arrivals: readonly JobArrival[];
  /** Of the station that calls; 1 for the client. */
  readonly callerReplicas: (caller: string | null) => number;
}

/** Independent choices: the share of each replica, null when all are alike; undefined when choices depend on each other. */
function fixedShares(
  { policy, weights, keys }: Balance,
  replicas: number,
  arrivals: readonly JobArrival[],
): readonly number[] | null | undefined {
  if (policy === 'random') {
    if (weights === null) return null;
    const cycled = Array.from({ length: replicas }, (_, index) => weights[index % weights.length]!);
    const total = cycled.reduce((sum, weight) => sum + weight, 0);
    return cycled.map((weight) => weight / total);
  }
  if (policy === 'key-hash') return keys === null ? null : keyShares(keys, replicas);
  const fromClients = arrivals.every(({ caller }) => caller === null);
  return policy === 'source-hash' && fromClients ? null : undefined;
}
