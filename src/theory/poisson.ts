import { gammaTerm } from '../base/math.ts';

/** P(N = n) of a Poisson variable with mean a:  e^{−a}·aⁿ/n!, whole n ≥ 0. No mean is too large. */
export function poissonProbability(n: number, mean: number): number {
  if (mean === 0) return n === 0 ? 1 : 0;
  return gammaTerm(mean, { shape: n });
}
