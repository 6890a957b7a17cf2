import { exp, expm1 } from '../base/math.ts';

/** A rate (of either sign) and a span of time, which must not change places. */
export interface Decay {
  readonly ratePerSec: number;
  readonly timeSec: number;
}

/** ∫₀ᵗ e^{−rs} ds = (1 − e^{−rt})/r, and t where r = 0; no loss for small rt. */
export function decayIntegral({ ratePerSec, timeSec }: Decay): number {
  return ratePerSec === 0 ? timeSec : -expm1(-ratePerSec * timeSec) / ratePerSec;
}

/** ∫₀ᵗ s·e^{−rs} ds = (1 − e^{−rt}(1 + rt))/r², by its series t²·Σ (−rt)ᵏ/(k!(k + 2)) where rt is small. */
export function decayFirstMoment({ ratePerSec, timeSec }: Decay): number {
  const x = ratePerSec * timeSec;
  if (Math.abs(x) > 0.1) return (1 - exp(-x) * (1 + x)) / (ratePerSec * ratePerSec);
  let term = 1;
  let total = 0;
  for (let k = 0; k < 12; k++) {
    total += term / (k + 2);
    term *= -x / (k + 1);
  }
  return timeSec * timeSec * total;
}
