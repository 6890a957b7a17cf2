/** Rates and areas of one piece of a rate curve. */
import { exp, ln } from '../../base/math.ts';
import type { RatePiece } from '../model.ts';

/**
 * Rate of a piece at an instant, per second; with f the share of the piece that is over:
 *
 *     linear: a + f·(b − a)        exponential: a·(b/a)^f
 */
export function rateAt({ fromNs, toNs, startPerSec, endPerSec, shape }: RatePiece, atNs: number): number {
  if (atNs <= fromNs) return startPerSec;
  if (atNs >= toNs) return endPerSec;
  const f = (atNs - fromNs) / (toNs - fromNs);
  if (shape === 'linear') return startPerSec + f * (endPerSec - startPerSec);
  return startPerSec * exp(f * ln(endPerSec / startPerSec));
}

/** The part of a piece inside [fromNs, toNs), with the rates it has there; nothing when they do not meet. */
export function clip(piece: RatePiece, fromNs: number, toNs: number): RatePiece[] {
  const from = Math.max(fromNs, piece.fromNs);
  const to = Math.min(toNs, piece.toNs);
  if (from >= to) return [];
  return [
    { ...piece, fromNs: from, toNs: to, startPerSec: rateAt(piece, from), endPerSec: rateAt(piece, to) },
  ];
}

/**
 * Requests a piece brings on average: the area under it.
 *
 *     linear: (a + b)/2 · T        exponential: (b − a)/ln(b/a) · T
 */
export function areaOf({ fromNs, toNs, startPerSec, endPerSec, shape }: RatePiece): number {
  const seconds = (toNs - fromNs) / 1e9;
  if (shape === 'linear' || startPerSec === endPerSec) return ((startPerSec + endPerSec) / 2) * seconds;
  return ((endPerSec - startPerSec) / ln(endPerSec / startPerSec)) * seconds;
}

/** Requests that a curve brings on average in [fromNs, toNs). */
export function areaUnder(pieces: readonly RatePiece[], fromNs: number, toNs: number): number {
  return pieces.flatMap((piece) => clip(piece, fromNs, toNs)).reduce((sum, piece) => sum + areaOf(piece), 0);
}
