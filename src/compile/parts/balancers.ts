import type { Balancer } from '../../model/model.ts';
import { remembers } from '../../model/policies/balancer-state.ts';
import type { Balance, Station } from '../../scenario/types.ts';
import { keyShares } from './popularity.ts';
import { cumulativeThresholds } from './thresholds.ts';

/** Whether all replicas get the same share of the visits in the long run. */
export function sharesAlike({ policy, weights, keys }: Balance): boolean {
  return weights === null && (policy !== 'key-hash' || keys === null);
}

interface Ends {
  readonly caller: string | null;
  readonly target: string;
  readonly callerCount: number;
  readonly targetCount: number;
}

/**
 * The balancer of one calling station (null: the client) in front of one called station. What hashes requests draws
 * from a stream of the called station, so that a request has the same shard there whoever calls.
 */
export function makeBalancer(
  { balance }: Station,
  { caller, target, callerCount, targetCount }: Ends,
): Balancer {
  const name = `${caller ?? 'client'}>${target}`;
  const policy = policyOf(balance, caller);
  return {
    name,
    policy,
    callerCount: tellsCallers(policy, balance) ? callerCount : 1,
    targetCount,
    choices: balance.choices,
    weights: policy === 'weighted-round-robin' ? cycled(balance.weights ?? [1], targetCount) : null,
    cumulative: cumulativeOf(balance, targetCount),
    stream: policy === 'key-hash' ? `${target}/shard` : name,
  };
}

function tellsCallers(policy: Balancer['policy'], { shared }: Balance): boolean {
  return policy === 'caller-hash' || (remembers(policy) && !shared);
}

/** The source of a client's request is its user, who is another one for each request; else it is the calling replica. */
function policyOf({ policy, weights }: Balance, caller: string | null): Balancer['policy'] {
  if (policy === 'source-hash') return caller === null ? 'key-hash' : 'caller-hash';
  return policy === 'random' && weights !== null ? 'weighted-random' : policy;
}

function cumulativeOf(balance: Balance, targetCount: number): readonly number[] | null {
  if (balance.policy === 'random' && balance.weights !== null) {
    return cumulativeThresholds(cycled(balance.weights, targetCount));
  }
  if (balance.policy !== 'key-hash' || balance.keys === null) return null;
  return cumulativeThresholds(keyShares(balance.keys, targetCount));
}

function cycled(weights: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, index) => weights[index % weights.length]!);
}
