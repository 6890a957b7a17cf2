/** A validated scenario held at its planned peak, in place of the curve that leads there. */
import type { Budget } from '../../scenario/budget-types.ts';
import type { CurvePoint, MixPoint, OpenTraffic, Scenario } from '../../scenario/types.ts';
import { bendsOf, curveRate, hasBegun, meanFactor, mixAt, type Side } from '../demands/offered.ts';
import { isOpen } from '../tree/site.ts';

/** Just before an instant, or just after it. */
interface Moment {
  readonly atNs: number;
  readonly side: Side;
}

/**
 * Every open source keeps, for so long, the rate, the mix and the regions that it has at the moment at which all sources
 * together have their highest rate; noise, arrival processes and closed users stay as they are. Budgets about another phase,
 * or about a time of the curve, judge nothing there and are left out.
 */
export function withHold(scenario: Scenario, holdNs: number): Scenario {
  const peak = peakOf(scenario);
  const phase = phaseAt(scenario, peak);
  const traffic = scenario.traffic.map((each) =>
    each.model === 'open'
      ? heldOpen(each, scenario.clock, { ...peak, phase })
      : each.model === 'closed'
        ? heldMix(each, peak)
        : each,
  );
  const budgets = scenario.budgets.filter((each) => isJudged(each, phase, holdNs));
  return { ...scenario, traffic, budgets, clock: { ...scenario.clock, lastsNs: holdNs } };
}

/**
 * The first moment of the measured time at which all open sources together have their highest rate, bursts with their mean.
 * Of an instant with the same rate before and after it the latter, as that is where a phase begins.
 */
function peakOf(scenario: Scenario): Moment {
  const { traffic, clock } = scenario;
  const sources = traffic.filter(isOpen).map((open) => {
    const rateAt = curveRate(open, clock);
    return ({ atNs, side }: Moment) => rateAt(atNs, side) * meanFactor(open.arrivals);
  });
  const rateOf = (moment: Moment): number => sources.reduce((sum, rateAt) => sum + rateAt(moment), 0);
  const moments = bendsOf(scenario).flatMap((atNs): Moment[] => [
    ...(atNs < clock.lastsNs ? [{ atNs, side: 'after' } as const] : []),
    ...(atNs > 0 ? [{ atNs, side: 'before' } as const] : []),
  ]);
  return moments.reduce((best, each) => (rateOf(each) > rateOf(best) ? each : best));
}

function phaseAt({ traffic }: Scenario, { atNs, side }: Moment): string | null {
  const named = traffic
    .flatMap((each) => (each.model === 'open' ? each.curve : []))
    .filter((point) => point.phase !== null && hasBegun(point, atNs, side))
    .toSorted((a, b) => a.atNs - b.atNs);
  return named.at(-1)?.phase ?? null;
}

function heldOpen(
  traffic: OpenTraffic,
  clock: Scenario['clock'],
  { phase, ...peak }: Moment & { readonly phase: string | null },
): OpenTraffic {
  const ratePerSec = curveRate(traffic, clock)(peak.atNs, peak.side);
  const hasPhases = traffic.curve.some((point) => point.phase !== null);
  const held: CurvePoint = { atNs: 0, ratePerSec, shape: 'step', phase: hasPhases ? phase : null };
  return { ...heldMix(traffic, peak), curve: [held] };
}

function heldMix<Source extends { readonly mix: readonly MixPoint[]; readonly regions: readonly MixPoint[] }>(
  source: Source,
  { atNs, side }: Moment,
): Source {
  const held = (points: readonly MixPoint[]): MixPoint[] => {
    const point = mixAt(points, atNs, side);
    return point === undefined ? [] : [{ ...point, atNs: 0 }];
  };
  return { ...source, mix: held(source.mix), regions: held(source.regions) };
}

function isJudged({ window }: Budget, phase: string | null, holdNs: number): boolean {
  if (window === null || typeof window === 'string') return window === null || window === phase;
  if (window.kind === 'range' || window.kind === 'after') return false;
  return (window.within === null || window.within === phase) && window.lengthNs <= holdNs;
}
