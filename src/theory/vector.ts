/** Element `index`. @throws {RangeError} outside the vector, so a wrong index never turns into NaN. */
export function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element ${index} in a vector of ${values.length}`);
  return value;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Scalar product of two vectors of one length. */
export function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((total, value, index) => total + value * at(right, index), 0);
}

/** The numbers f(0), f(1), …, f(count − 1). */
export function tabulate(count: number, f: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => f(index));
}
