/** How many requests each source brings on average. */
import type { ClosedTraffic, MixPoint, Scenario, TraceTraffic, Traffic } from '../../scenario/types.ts';
import { areaUnder } from '../../model/traffic/rate-curve.ts';
import { ratePieces } from '../traffic/curve.ts';
import type { Trace } from '../traffic/trace.ts';
import type { Span } from '../span.ts';
import { meanFactor } from './offered.ts';

/** Requests of one class that a source brings on average in a stretch of time, warm-up included. */
export type Volume = (traffic: Traffic, request: string, span: Span) => number;

/** What traffic that is no curve is counted from. */
export interface VolumeFigures {
  readonly traceOf: (traffic: TraceTraffic) => Trace;
  /** Mean think time of a closed population, and unloaded response time of a class asked for from there, in ns. */
  readonly thinkNs: (traffic: ClosedTraffic) => number;
  readonly responseNs: (traffic: ClosedTraffic, request: string) => number;
}

export function makeVolume(scenario: Scenario, figures: VolumeFigures): Volume {
  const names = Object.keys(scenario.requests);
  return (traffic, request, span) =>
    traffic.model === 'trace'
      ? rowsOf(traffic, { trace: figures.traceOf(traffic), request: names.indexOf(request), names, span })
      : stretches(traffic.mix, span).reduce((sum, stretch) => {
          const shares = sharesFrom(traffic.mix, stretch.fromNs, names);
          const share = shares[request] ?? 0;
          if (share === 0) return sum;
          const count =
            traffic.model === 'open'
              ? openRequests(scenario, traffic, stretch)
              : closedPerNs(traffic, shares, figures) * (stretch.toNs - stretch.fromNs);
          return sum + count * share;
        }, 0);
}

/** Requests of each class that all sources together bring in the span. */
export function requestTotals(scenario: Scenario, volume: Volume, span: Span): ReadonlyMap<string, number> {
  const { requests, traffic } = scenario;
  const total = (name: string): number => traffic.reduce((sum, each) => sum + volume(each, name, span), 0);
  return new Map(Object.keys(requests).map((name) => [name, total(name)]));
}

/** The span cut at the points inside it. */
export function stretches(points: readonly MixPoint[], { fromNs, toNs }: Span): Span[] {
  const inside = points.map(({ atNs }) => atNs).filter((at) => at > fromNs && at < toNs);
  const bounds = [...new Set([fromNs, ...inside, toNs])].sort((a, b) => a - b);
  return bounds.slice(1).map((end, index) => ({ fromNs: bounds[index]!, toNs: end }));
}

/** Shares that hold from an instant on; the first ones hold before they are given, and the only one without being. */
export function sharesFrom(
  points: readonly MixPoint[],
  atNs: number,
  names: readonly string[],
): Readonly<Record<string, number>> {
  const point = points.findLast((each) => each.atNs <= atNs) ?? points[0];
  return point?.shares ?? (names.length === 1 ? { [names[0]!]: 1 } : {});
}

function openRequests(
  { clock }: Scenario,
  traffic: Extract<Traffic, { model: 'open' }>,
  { fromNs, toNs }: Span,
): number {
  return areaUnder(ratePieces(traffic.curve, clock, 1), fromNs, toNs) * meanFactor(traffic.arrivals);
}

/** Rows of a trace: those that name the class, and its share of those that name none. */
function rowsOf(
  { mix }: TraceTraffic,
  {
    trace: { atNs, classIds },
    request,
    names,
    span: { fromNs, toNs },
  }: {
    readonly trace: Trace;
    readonly request: number;
    readonly names: readonly string[];
    readonly span: Span;
  },
): number {
  return atNs.reduce((sum, at, row) => {
    if (at < fromNs || at >= toNs) return sum;
    const classId = classIds[row]!;
    if (classId >= 0) return classId === request ? sum + 1 : sum;
    return sum + (sharesFrom(mix, at, names)[names[request]!] ?? 0);
  }, 0);
}

/**
 * Most that N users can ask for: X ≤ N / (Z + R), with Z the mean think time and R the unloaded response time.
 * Source: asymptotic bound of the interactive response time law (Denning & Buzen 1978, ACM Comput. Surv. 10(3)).
 */
function closedPerNs(
  traffic: ClosedTraffic,
  shares: Readonly<Record<string, number>>,
  { thinkNs, responseNs }: VolumeFigures,
): number {
  const meanNs = Object.entries(shares).reduce(
    (sum, [name, share]) => (share === 0 ? sum : sum + share * responseNs(traffic, name)),
    0,
  );
  return traffic.users / Math.max(1, thinkNs(traffic) + meanNs);
}
