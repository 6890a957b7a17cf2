import type { RatePiece } from '../../model/model.ts';
import { clip } from '../../model/traffic/rate-curve.ts';
import type { CurvePoint } from '../../scenario/types.ts';

interface Span {
  readonly warmUpNs: number;
  readonly lastsNs: number;
}

/**
 * Pieces of a rate curve from −warmUpNs to lastsNs, one behind the other without gaps. Before its first knot and
 * behind its last one the curve is level; the warm-up runs at the rate that holds at t = 0. Knots at one instant make
 * a step. `slice` divides every rate: traffic thinned to 1/slice.
 */
export function ratePieces(
  curve: readonly CurvePoint[],
  { warmUpNs, lastsNs }: Span,
  slice: number,
): RatePiece[] {
  const first = curve[0]!;
  const last = curve.at(-1)!;
  const knots: readonly CurvePoint[] = [
    { ...first, atNs: Math.min(0, first.atNs) },
    ...curve,
    { ...last, atNs: Math.max(lastsNs, last.atNs), shape: 'linear' },
  ];
  const pieces = knots.slice(1).flatMap((knot, index) => clip(pieceTo(knots[index]!, knot), 0, lastsNs));
  const initial = pieces[0]!.startPerSec;
  const level = { startPerSec: initial, endPerSec: initial, shape: 'linear' } as const;
  const warmUp: RatePiece[] = warmUpNs > 0 ? [{ fromNs: -warmUpNs, toNs: 0, ...level }] : [];
  return [...warmUp, ...pieces].map((piece) => thinned(piece, slice));
}

/** The piece between two knots; the later one says how the rate gets there. */
function pieceTo(from: CurvePoint, to: CurvePoint): RatePiece {
  return {
    fromNs: from.atNs,
    toNs: to.atNs,
    startPerSec: from.ratePerSec,
    endPerSec: to.shape === 'step' ? from.ratePerSec : to.ratePerSec,
    shape: to.shape === 'exponential' && from.ratePerSec !== to.ratePerSec ? 'exponential' : 'linear',
  };
}

function thinned(piece: RatePiece, slice: number): RatePiece {
  return { ...piece, startPerSec: piece.startPerSec / slice, endPerSec: piece.endPerSec / slice };
}
