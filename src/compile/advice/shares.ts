import type { Station } from '../../scenario/types.ts';
import { makeBalancer, sharesAlike } from '../parts/balancers.ts';

/** Share of the visits that each replica gets in the long run; null when all get the same. */
export function replicaShares(station: Station): readonly number[] | null {
  if (station.replicas === 1 || sharesAlike(station.balance)) return null;
  const ends = { caller: null, target: '', callerCount: 1, targetCount: station.replicas };
  const { weights, cumulative } = makeBalancer(station, ends);
  if (cumulative !== null) {
    return cumulative.map((threshold, index) => (threshold - (cumulative[index - 1] ?? 0)) / 4294967296);
  }
  if (weights === null) return null;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
