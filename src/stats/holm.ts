/**
 * Holm's adjusted p-values, in the order given: a hypothesis whose adjusted value is at most α may be rejected, and the
 * probability that any true one among all of them is rejected stays at most α, however they depend on each other.
 *
 *     p̃_(i) = max_{j ≤ i} min(1, (m − j + 1)·p_(j))        p_(1) ≤ … ≤ p_(m)
 *
 * Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
 *
 * @throws {RangeError} when a value is no probability.
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`not a p-value: ${wrong}`);
  const ranked = [...pValues.entries()].sort(([, a], [, b]) => a - b);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, [index, p]] of ranked.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p));
    adjusted[index] = largest;
  }
  return adjusted;
}
