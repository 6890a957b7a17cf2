/**
 * Transcendental functions that give the same bits on every machine and every build of Node.
 *
 * ECMAScript leaves `Math.log` and its kin to the implementation, and they did change between Node builds
 * (nodejs/node#56796). Here only + − × ÷, `Math.sqrt` and the bits of a double are used: all exactly defined.
 *
 * `ln` and `exp` follow e_log.c and e_exp.c of fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights
 * reserved. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
 * notice is preserved.
 */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Index of the word with sign, exponent and the upper 20 bits of the mantissa: depends on the byte order. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

const LN2 = 0.6931471805599453;
const LN2_HIGH = 6.9314718036912381649e-1; // its lower 32 bits are zero: k·LN2_HIGH is exact
const LN2_LOW = 1.90821492927058770002e-10;
const LN_2PI = 1.8378770664093453;
const TWO_PI = 6.283185307179586;

/**
 * Natural logarithm; error below 1 ulp.
 *
 *     x = 2^k·(1 + f), √½ ≤ 1 + f < √2;   ln x = k·ln 2 + ln(1 + f)
 *     s = f/(2 + f),   ln(1 + f) = 2·artanh s = f − f²/2 + s·(f²/2 + R(s²))
 *
 * ln 0 = −∞; NaN below zero.
 */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const isSubnormal = x < 2.2250738585072014e-308;
  float[0] = isSubnormal ? x * 0x40000000000000 : x;
  // Add 1 − √½ to the mantissa's upper bits, so that those above √2 carry into the exponent.
  const high = words[HIGH]! + (0x3ff00000 - 0x3fe6a09e);
  const k = (high >>> 20) - 0x3ff - (isSubnormal ? 54 : 0);
  words[HIGH] = (high & 0x000fffff) + 0x3fe6a09e;
  const f = float[0] - 1;

  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd = 2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1);
  const remainder = even + z * (6.66666666666673513e-1 + w * odd);
  const halfSquare = 0.5 * f * f;
  return s * (halfSquare + remainder) + k * LN2_LOW - halfSquare + f + k * LN2_HIGH;
}

/**
 * Exponential function; error below 1 ulp.
 *
 *     x = k·ln 2 + r, |r| ≤ ½·ln 2;   c = r − r²·P(r²);   exp x = 2^k·(1 + r + r·c/(2 − c))
 */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const z = r * r;
  const p = 6.61375632143793436117e-5 + z * (-1.6533902205465251539e-6 + z * 4.13813679705723846039e-8);
  const c = r - z * (1.66666666666666019037e-1 + z * (-2.77777777770155933842e-3 + z * p));
  return timesPowerOfTwo(1 + ((r * c) / (2 - c) - low + high), k);
}

/** y·2^k for y near 1 and k from −1075 to 1024; two steps, because 2^k itself may be out of range. */
function timesPowerOfTwo(y: number, k: number): number {
  const half = k >> 1;
  return y * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  float[0] = 0;
  words[HIGH] = (k + 0x3ff) << 20;
  return float[0];
}

/** e^x − 1 without loss for small x (Kahan's identity); error a few ulp. */
export function expm1(x: number): number {
  const u = exp(x);
  if (u === 1) return x;
  if (u - 1 === -1 || u === Infinity) return u - 1;
  return ((u - 1) * x) / ln(u);
}

/** ln(1 + x) without loss for small x (Kahan's identity); error a few ulp. */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u > 0 && u < Infinity ? (ln(u) * x) / (u - 1) : ln(u);
}

/** x^y = exp(y·ln x) for x ≥ 0, NaN below; relative error about (1 + |y·ln x|)·2⁻⁵³. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  return exp(y * ln(x));
}

/**
 * Normal distribution function Φ(z) = ½·erfc(−z/√2) = ½·Q(½, z²/2) for z ≤ 0; relative error below 1e-13 down to
 * Φ(−38). For an upper tail ask for `normalCdf(-z)`, not for 1 − Φ(z).
 */
export function normalCdf(z: number): number {
  const tail = 0.5 * gammaQ((z * z) / 2, { shape: 0.5 });
  return z > 0 ? 1 - tail : tail;
}

/**
 * The three rational functions of AS 241, written out: the functions of a model's start run a few thousand times, most
 * of them before V8 compiles them, and a loop over coefficients takes ten times as long there.
 */
function centreRatio(r: number): number {
  let p = 2509.0809287301226727 * r + 33430.575583588128105;
  p = ((p * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125;
  p = ((p * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608;
  let q = 5226.495278852854561 * r + 28729.085735721942674;
  q = ((q * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077;
  q = ((q * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1;
  return p / q;
}

function tailRatio(r: number): number {
  let p = 7.7454501427834140764e-4 * r + 0.0227238449892691845833;
  p = ((p * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504;
  p = ((p * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734;
  let q = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4;
  q = ((q * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455;
  q = ((q * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1;
  return p / q;
}

function farTailRatio(r: number): number {
  let p = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5;
  p = ((p * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123;
  p = ((p * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772;
  let q = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7;
  q = ((q * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525;
  q = ((q * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1;
  return p / q;
}

/**
 * Normal quantile: the z with Φ(z) = p; relative error about 1e-15, −∞ and ∞ at 0 and 1.
 *
 * For an upper tail probability v ask for `-normalQuantile(v)`: 1 − v has already lost its digits.
 * Source: Wichura 1988, Algorithm AS 241 (PPND16), Applied Statistics 37(3):477–484.
 *
 * @throws {RangeError} unless 0 ≤ p ≤ 1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability must be in [0, 1]: ${p}`);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * centreRatio(0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-ln(tail));
  const z = r <= 5 ? tailRatio(r - 1.6) : farTailRatio(r - 5);
  return q < 0 ? -z : z;
}

/**
 * δ(x) of Stirling's formula  ln Γ(x) = (x − ½)·ln x − x + ½·ln 2π + δ(x),  δ(x) = Σ B₂ₙ/(2n(2n−1)·x^(2n−1)).
 * Eight terms: error below 2e-18 for x ≥ 10. Source: DLMF 5.11.1.
 */
function stirlingRemainder(x: number): number {
  const z = 1 / (x * x);
  const tail = 1 / 1188 + z * (-691 / 360360 + z * (1 / 156 + z * (-3617 / 122400)));
  return (1 / 12 + z * (-1 / 360 + z * (1 / 1260 + z * (-1 / 1680 + z * tail)))) / x;
}

/**
 * ln Γ(x) for x > 0, by Stirling's formula above 10 and  Γ(x) = Γ(x + n)/(x(x+1)…(x+n−1))  below; error below
 * 1e-14 absolute up to 10, relative beyond.
 *
 * @throws {RangeError} unless x > 0.
 */
export function gammaLn(x: number): number {
  if (!(x > 0)) throw new RangeError(`ln Γ needs a positive argument: ${x}`);
  if (x === Infinity) return x;
  let shifted = x;
  let product = 1;
  while (shifted < 10) product *= shifted++;
  const stirling = (shifted - 0.5) * ln(shifted) - shifted + 0.5 * LN_2PI + stirlingRemainder(shifted);
  return stirling - ln(product);
}

/** Shape a of the incomplete gamma functions, > 0. An object, so that it cannot change places with x. */
export interface GammaShape {
  readonly shape: number;
}

/**
 * x^a·e^(−x)/Γ(a + 1): the Poisson probability of a at mean x, and x/a times the gamma density.
 *
 * From a = 10 with μ = x/a − 1 as  exp(−a·(μ − ln(1 + μ)) − δ(a))/√(2πa),  which does not subtract large logarithms.
 * Relative error below 2e-14 wherever the value is above 1e-20, up to a = 1e6.
 * Source: Loader 2000, Fast and accurate computation of binomial probabilities (the saddle-point form).
 */
export function gammaTerm(x: number, { shape }: GammaShape): number {
  if (x <= 0) return 0;
  if (shape < 10) return exp(shape * ln(x) - x - factorialLn(shape));
  return (
    exp(-shape * excessOverLog((x - shape) / shape) - stirlingRemainder(shape)) / Math.sqrt(TWO_PI * shape)
  );
}

/** ln Γ(x + 1), remembered: a quantile table asks some thousand times for that of one shape. */
function factorialLn(x: number): number {
  if (x !== lastFactorial.x) lastFactorial = { x, ln: gammaLn(x + 1) };
  return lastFactorial.ln;
}

let lastFactorial = { x: 0, ln: 0 };

/** μ − ln(1 + μ); with s = μ/(2 + μ) it is  s·μ − 2·(s³/3 + s⁵/5 + …),  used where the plain form cancels. */
function excessOverLog(mu: number): number {
  if (Math.abs(mu) > 0.5) return mu - log1p(mu);
  const s = mu / (2 + mu);
  const z = s * s;
  let sum = 0;
  for (let n = 41; n >= 3; n -= 2) sum = sum * z + 1 / n;
  return s * mu - 2 * s * z * sum;
}

/**
 * Regularised lower incomplete gamma function P(a, x) = γ(a, x)/Γ(a), and its complement `gammaQ`. Each keeps its own
 * relative precision (5e-14 from a = 0.1 to 1e6) where it is the small one; below, a small Q loses a factor 1/a.
 *
 *     x < a + 1:  P = x^a·e^(−x)/Γ(a+1)·(1 + x/(a+1) + x²/((a+1)(a+2)) + …)        DLMF 8.11.4
 *     otherwise:  Q = x^a·e^(−x)/Γ(a)·1/(x+1−a − 1·(1−a)/(x+3−a − …))              DLMF 8.9.2, Lentz's method
 */
export function gammaP(x: number, shape: GammaShape): number {
  return x < shape.shape + 1 ? lowerSeries(x, shape) : 1 - upperFraction(x, shape);
}

/** Regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x); see `gammaP`. */
export function gammaQ(x: number, shape: GammaShape): number {
  return x < shape.shape + 1 ? 1 - lowerSeries(x, shape) : upperFraction(x, shape);
}

function lowerSeries(x: number, shape: GammaShape): number {
  let term = 1;
  let sum = 1;
  for (let a = shape.shape + 1; term > sum * 1e-17; a++) {
    term *= x / a;
    sum += term;
  }
  return gammaTerm(x, shape) * sum;
}

function upperFraction(x: number, shape: GammaShape): number {
  if (x === Infinity) return 0;
  const a = shape.shape;
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1, change = 0; Math.abs(change - 1) > 1e-15; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    change = c * d;
    fraction *= change;
  }
  return gammaTerm(x, shape) * a * fraction;
}
