/**
 * Holm's step-down correction: p-values of several tests, raised so that comparing each with α errs in any of them with
 * probability α at most, whatever they have to do with each other.
 *
 *     p̃_(i) = max_{j ≤ i} min(1, (m − j + 1)·p_(j))        p_(1) ≤ … ≤ p_(m), m tests
 *
 * Never weaker than Bonferroni's m·p. Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
 *
 * @returns in the order given.
 * @throws {RangeError} unless every p-value is between 0 and 1.
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const wrong = pValues.find((pValue) => !(pValue >= 0 && pValue <= 1));
  if (wrong !== undefined) throw new RangeError(`a p-value must be between 0 and 1: ${wrong}`);
  const ascending = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => a.pValue - b.pValue);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  ascending.forEach(({ pValue, index }, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValue));
    adjusted[index] = largest;
  });
  return adjusted;
}
