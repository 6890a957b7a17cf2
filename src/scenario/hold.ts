/** A validated scenario held at its planned peak, in place of the curve that leads there. */
import { pow } from '../base/math.ts';
import type { Budget } from './budget-types.ts';
import type { CurvePoint, MixPoint, OpenTraffic, Scenario } from './types.ts';

/**
 * Every open source keeps, for so long, the rate, the mix and the regions that it has at the instant at which all sources
 * together have their highest rate; noise, arrival processes and closed users stay as they are. Budgets about another phase,
 * or about a time of the curve, judge nothing there and are left out.
 */
export function withHold(scenario: Scenario, holdNs: number): Scenario {
  const atNs = peakOf(scenario);
  const phase = phaseAt(scenario, atNs);
  const traffic = scenario.traffic.map((each) =>
    each.model === 'open'
      ? heldOpen(each, atNs, phase)
      : each.model === 'closed'
        ? heldMix(each, atNs)
        : each,
  );
  const budgets = scenario.budgets.filter((each) => isJudged(each, phase, holdNs));
  return { ...scenario, traffic, budgets, clock: { ...scenario.clock, lastsNs: holdNs } };
}

/** The first instant at which all open sources together have their highest rate. */
function peakOf({ traffic }: Scenario): number {
  const open = traffic.filter((each) => each.model === 'open');
  const instants = open.flatMap(({ curve }) => curve.map((point) => point.atNs)).toSorted((a, b) => a - b);
  const rateOf = (atNs: number): number => open.reduce((sum, { curve }) => sum + curveRate(curve, atNs), 0);
  return instants.reduce((best, atNs) => (rateOf(atNs) > rateOf(best) ? atNs : best), instants[0] ?? 0);
}

/** Rate of a curve at an instant: before its first point that of the first, behind its last that of the last. */
function curveRate(curve: readonly CurvePoint[], atNs: number): number {
  const index = curve.findLastIndex((point) => point.atNs <= atNs);
  const [from, to] = [curve[Math.max(0, index)], curve[index + 1]];
  if (from === undefined) return 0;
  if (index < 0 || to === undefined || to.shape === 'step') return from.ratePerSec;
  const share = (atNs - from.atNs) / (to.atNs - from.atNs);
  if (to.shape === 'linear') return from.ratePerSec + share * (to.ratePerSec - from.ratePerSec);
  return from.ratePerSec * pow(to.ratePerSec / from.ratePerSec, share);
}

function phaseAt({ traffic }: Scenario, atNs: number): string | null {
  const named = traffic
    .flatMap((each) => (each.model === 'open' ? each.curve : []))
    .filter((point) => point.phase !== null && point.atNs <= atNs)
    .toSorted((a, b) => a.atNs - b.atNs);
  return named.at(-1)?.phase ?? null;
}

function heldOpen(traffic: OpenTraffic, atNs: number, phase: string | null): OpenTraffic {
  const ratePerSec = curveRate(traffic.curve, atNs);
  const hasPhases = traffic.curve.some((point) => point.phase !== null);
  const held: CurvePoint = { atNs: 0, ratePerSec, shape: 'step', phase: hasPhases ? phase : null };
  return { ...heldMix(traffic, atNs), curve: [held] };
}

function heldMix<Source extends { readonly mix: readonly MixPoint[]; readonly regions: readonly MixPoint[] }>(
  source: Source,
  atNs: number,
): Source {
  return { ...source, mix: mixAt(source.mix, atNs), regions: mixAt(source.regions, atNs) };
}

function mixAt(points: readonly MixPoint[], atNs: number): MixPoint[] {
  const point = points.findLast((each) => each.atNs <= atNs) ?? points[0];
  return point === undefined ? [] : [{ ...point, atNs: 0 }];
}

function isJudged({ window }: Budget, phase: string | null, holdNs: number): boolean {
  if (window === null || typeof window === 'string') return window === null || window === phase;
  if (window.kind === 'range' || window.kind === 'after') return false;
  return (window.within === null || window.within === phase) && window.lengthNs <= holdNs;
}
