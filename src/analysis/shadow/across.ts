import type { ShadowQuantity } from '../finding-shadow.ts';
import type { Applied, TheoryValues } from './formulas.ts';

/**
 * One station of replicas that differ in their share of the jobs: what one replica uses is averaged over the replicas,
 * what one job meets over the jobs (waits over those let in). Percentiles of a mixture are no mean of percentiles, so
 * they are left out.
 *
 *     ρ = Σ ρ_i/n   P(loss) = Σ λ_i·P_i/λ   W_q = Σ λ_i(1 − P_i)·W_i / Σ λ_i(1 − P_i)
 */
export function acrossReplicas(applied: readonly Applied[], arrivalRates: readonly number[]): TheoryValues {
  const [first] = applied;
  if (first === undefined) throw new RangeError('no replica');
  if (applied.length === 1) return first.values;
  const value = (index: number, quantity: ShadowQuantity): number => applied[index]?.values[quantity] ?? 0;
  const mean = (quantity: ShadowQuantity, weights: readonly number[]): number => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, weight, index) => sum + (weight / total) * value(index, quantity), 0);
  };
  const letIn = arrivalRates.map((rate, index) => rate * (1 - value(index, 'rejectedRatio')));
  const weightsOf = { utilizationRatio: arrivalRates.map(() => 1), busyServers: arrivalRates.map(() => 1) };
  const byJobs = { waitNsMean: letIn, waitedRatio: letIn, rejectedRatio: arrivalRates };
  const kept = Object.entries({ ...weightsOf, ...byJobs }) as [ShadowQuantity, readonly number[]][];
  return Object.fromEntries(
    kept
      .filter(([quantity]) => first.values[quantity] !== undefined)
      .map(([quantity, weights]) => [quantity, mean(quantity, weights)]),
  );
}
