import { decayIntegral } from './decay.ts';

/** A stretch of a curve of arrival rates. */
export type CurvePiece =
  | {
      readonly kind: 'linear';
      readonly durationSec: number;
      readonly fromPerSec: number;
      readonly toPerSec: number;
    }
  | { readonly kind: 'constant'; readonly durationSec: number; readonly ratePerSec: number }
  | {
      readonly kind: 'exponential';
      readonly durationSec: number;
      readonly fromPerSec: number;
      /** The rate approached, not reached. */
      readonly towardsPerSec: number;
      /** τ: after it 1 − 1/e of the way is done. */
      readonly timeConstantSec: number;
    };

/**
 * Expected arrivals of a Poisson process whose rate follows the piece: the area under it, and also their variance.
 *
 *     linear (a + b)T/2   constant rT   exponential bT + (a − b)·τ·(1 − e^{−T/τ})
 */
export function expectedArrivals(piece: CurvePiece): number {
  switch (piece.kind) {
    case 'linear':
      return ((piece.fromPerSec + piece.toPerSec) / 2) * piece.durationSec;
    case 'constant':
      return piece.ratePerSec * piece.durationSec;
    case 'exponential': {
      const decay = { ratePerSec: 1 / piece.timeConstantSec, timeSec: piece.durationSec };
      return (
        piece.towardsPerSec * piece.durationSec +
        (piece.fromPerSec - piece.towardsPerSec) * decayIntegral(decay)
      );
    }
  }
}
