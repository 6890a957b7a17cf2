/** π/2 in two parts: the upper has 33 significant bits, so that n times it is exact for |n| < 2²⁰. */
const HALF_PI_HIGH = 1.57079632673412561417;
const HALF_PI_LOW = 6.07710050650619224932e-11;
const HALF_PI = 1.5707963267948966;
const QUADRANTS_MAX = 1_048_576;

export const TWO_PI = 6.283185307179586;

/**
 * sin x with the same bits everywhere, unlike Math.sin; absolute error below 2e-16.
 *
 *     x = n·π/2 + r, |r| ≤ π/4, then ±sin r or ±cos r by their Taylor series
 *
 * @throws {RangeError} beyond a million quadrants: the reduction would lose digits.
 */
export function sine(x: number): number {
  const quadrant = Math.round(x / HALF_PI);
  if (!(Math.abs(quadrant) < QUADRANTS_MAX)) throw new RangeError(`angle out of range: ${x}`);
  const r = x - quadrant * HALF_PI_HIGH - quadrant * HALF_PI_LOW;
  const value = quadrant % 2 === 0 ? sineSeries(r) : cosineSeries(r);
  return ((quadrant % 4) + 4) % 4 < 2 ? value : -value;
}

/** cos x = sin(x + π/2), reduced in the same way. */
export function cosine(x: number): number {
  const quadrant = Math.round(x / HALF_PI);
  if (!(Math.abs(quadrant) < QUADRANTS_MAX)) throw new RangeError(`angle out of range: ${x}`);
  const r = x - quadrant * HALF_PI_HIGH - quadrant * HALF_PI_LOW;
  const value = quadrant % 2 === 0 ? cosineSeries(r) : sineSeries(r);
  const place = ((quadrant % 4) + 4) % 4;
  return place === 1 || place === 2 ? -value : value;
}

/**
 * arctan x by halving the angle three times, arctan x = 2·arctan(x/(1 + √(1 + x²))), then its Taylor series.
 */
export function arctangent(x: number): number {
  let t = x;
  for (let halving = 0; halving < 3; halving++) t /= 1 + Math.sqrt(1 + t * t);
  let total = 0;
  for (let k = 25; k >= 1; k -= 2) total = 1 / k - t * t * total;
  return 8 * t * total;
}

/** r − r³/3! + … + r¹⁷/17!; the next term is below 1e-19 for |r| ≤ π/4. */
function sineSeries(r: number): number {
  let total = 1;
  for (let k = 16; k >= 2; k -= 2) total = 1 - (r * r * total) / (k * (k + 1));
  return r * total;
}

/** 1 − r²/2! + … − r¹⁸/18!. */
function cosineSeries(r: number): number {
  let total = 1;
  for (let k = 17; k >= 1; k -= 2) total = 1 - (r * r * total) / (k * (k + 1));
  return total;
}
