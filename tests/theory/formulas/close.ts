import { expect } from 'vitest';

/** Relative error allowed where the reference has eight digits. */
export const EIGHT_DIGITS = 1e-6;

/** |actual − expected| ≤ tolerance·|expected|; an expected 0 must be met exactly. */
export function expectClose(actual: number, expected: number, label = '', tolerance = EIGHT_DIGITS): void {
  const isClose = Math.abs(actual - expected) <= tolerance * Math.abs(expected);
  expect(isClose, `${label} is ${actual}, expected ${expected} within ${tolerance} relative`).toBe(true);
}

/** Compares the named numbers; other fields of `actual` are not looked at. */
export function expectFields<Key extends string>(
  actual: Readonly<Record<Key, number>>,
  expected: Readonly<Partial<Record<Key, number>>>,
  tolerance = EIGHT_DIGITS,
): void {
  for (const key of Object.keys(expected) as Key[]) expectClose(actual[key], expected[key]!, key, tolerance);
}

export function expectList(
  actual: readonly number[],
  expected: readonly number[],
  tolerance = EIGHT_DIGITS,
): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries())
    expectClose(actual[index]!, value, `[${index}]`, tolerance);
}

/** `expected` maps a probability to the quantile. */
export function expectQuantiles(
  quantile: (probability: number) => number,
  expected: Readonly<Record<number, number>>,
  tolerance = EIGHT_DIGITS,
): void {
  for (const [probability, value] of Object.entries(expected)) {
    expectClose(quantile(Number(probability)), value, `quantile ${probability}`, tolerance);
  }
}
