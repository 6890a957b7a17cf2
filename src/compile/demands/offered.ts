/** Rates that open traffic offers, by class; from the curve, the mix and the long-run mean of its modulation. */
import type { RatePiece } from '../../model/model.ts';
import { rateAt } from '../../model/traffic/rate-curve.ts';
import type { ArrivalProcess, MixPoint, OpenTraffic, Scenario } from '../../scenario/types.ts';
import { ratePieces } from '../traffic/curve.ts';
import { isOpen } from '../tree/site.ts';

/** Requests per second by class at one instant. */
export interface OfferedPoint {
  readonly atNs: number;
  readonly perSec: ReadonlyMap<string, number>;
}

/** Just before an instant, or just after it: they differ where a curve steps or a mix changes. */
export type Side = 'before' | 'after';

/** Rates that open traffic offers at any instant of the measured time. */
export type OfferedAt = (atNs: number, side: Side) => OfferedPoint;

/** Instants inside the measured time, and both its ends, at which a curve bends or a mix changes. */
export function bendsOf({ traffic, clock }: Scenario): number[] {
  const { lastsNs } = clock;
  const bends = traffic
    .filter(isOpen)
    .flatMap(({ curve, mix }) => [...curve, ...mix].map(({ atNs }) => atNs));
  return [...new Set([0, ...bends, lastsNs])].filter((at) => at >= 0 && at <= lastsNs).sort((a, b) => a - b);
}

export function offeredAt({ traffic, clock }: Scenario): OfferedAt {
  const curves = traffic.filter(isOpen).map((open) => ({ traffic: open, rateAt: curveRate(open, clock) }));
  return (atNs, side) => pointAt(curves, atNs, side);
}

/**
 * Offered rates just before and just after every bend. Between two bends every rate rises or falls all the way, so the
 * highest load of any station lies at one of these points.
 */
export function offeredPoints(scenario: Scenario): OfferedPoint[] {
  const { lastsNs } = scenario.clock;
  const at = offeredAt(scenario);
  return bendsOf(scenario).flatMap((atNs) => [
    ...(atNs > 0 ? [at(atNs, 'before')] : []),
    ...(atNs < lastsNs ? [at(atNs, 'after')] : []),
  ]);
}

interface Curve {
  readonly traffic: OpenTraffic;
  readonly rateAt: CurveRate;
}

/** Requests per second that the curve of a source says, modulation apart. */
export type CurveRate = (atNs: number, side: Side) => number;

export function curveRate({ curve }: OpenTraffic, clock: Scenario['clock']): CurveRate {
  const pieces: readonly RatePiece[] = ratePieces(curve, { ...clock, warmUpNs: 0 }, 1);
  return (atNs, side) => {
    const piece =
      side === 'before'
        ? pieces.find((each) => each.toNs >= atNs)
        : pieces.findLast((each) => each.fromNs <= atNs);
    return rateAt(piece!, atNs);
  };
}

function pointAt(curves: readonly Curve[], atNs: number, side: Side): OfferedPoint {
  const perSec = new Map<string, number>();
  for (const { traffic, ...curve } of curves) {
    const rate = curve.rateAt(atNs, side) * meanFactor(traffic.arrivals);
    for (const [name, share] of Object.entries(mixAt(traffic.mix, atNs, side)?.shares ?? {})) {
      perSec.set(name, (perSec.get(name) ?? 0) + rate * share);
    }
  }
  return { atNs, perSec };
}

/** Shares that hold just before or just after an instant; the first ones hold before they are given as well. */
export function mixAt(mix: readonly MixPoint[], atNs: number, side: Side): MixPoint | undefined {
  return mix.findLast((point) => hasBegun(point, atNs, side)) ?? mix[0];
}

export function hasBegun(point: { readonly atNs: number }, atNs: number, side: Side): boolean {
  return side === 'before' ? point.atNs < atNs : point.atNs <= atNs;
}

/** Long-run mean of the factor on the curve: states weighted by how long they last. */
export function meanFactor(arrivals: ArrivalProcess): number {
  if (arrivals.process !== 'mmpp') return 1;
  const totalNs = arrivals.states.reduce((sum, state) => sum + state.meanNs, 0);
  return arrivals.states.reduce((sum, state) => sum + (state.factor * state.meanNs) / totalNs, 0);
}
