import type { Balancer } from '../../model/model.ts';
import type { Balance, Station } from '../../scenario/types.ts';
import { keyShares } from './popularity.ts';
import { cumulativeThresholds } from './thresholds.ts';

/** Whether the policy looks at open connections: then every visit tells it when it ends. */
export function countsConnections(policy: Balancer['policy']): boolean {
  return policy === 'least-connections' || policy === 'power-of-d';
}

/** Whether all replicas get the same share of the visits in the long run. */
export function sharesAlike({ policy, weights, keys }: Balance): boolean {
  return weights === null && (policy !== 'key-hash' || keys === null);
}

interface Ends {
  readonly name: string;
  readonly callerCount: number;
  readonly targetCount: number;
}

/** The balancer of one calling station in front of one called station. */
export function makeBalancer({ balance }: Station, { name, callerCount, targetCount }: Ends): Balancer {
  return {
    name,
    policy: balance.policy === 'random' && balance.weights !== null ? 'weighted-random' : balance.policy,
    callerCount: balance.shared ? 1 : callerCount,
    targetCount,
    choices: balance.choices,
    weights: balance.policy === 'weighted-round-robin' ? cycled(balance.weights ?? [1], targetCount) : null,
    cumulative: cumulativeOf(balance, targetCount),
    stream: name,
  };
}

/**
 * Stands for the balancers of callers that a sliced run leaves out. Each of many callers knows only its own
 * connections, so together they choose at random: superposed sparse streams tend to a Poisson process
 * (Palm–Khintchine theorem). Keys and weights keep their shares.
 */
export function mirrorBalancer(station: Station, { name, targetCount }: Omit<Ends, 'callerCount'>): Balancer {
  const { balance } = station;
  const shares = balance.weights === null ? null : cycled(balance.weights, targetCount);
  const cumulative = shares === null ? cumulativeOf(balance, targetCount) : cumulativeThresholds(shares);
  return {
    name,
    policy: cumulative === null ? 'random' : 'weighted-random',
    callerCount: 1,
    targetCount,
    choices: 1,
    weights: null,
    cumulative,
    stream: name,
  };
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
