/** Whether the measured part of a period tells what the whole of it is like: told from the curves of traffic alone. */
import { bendsOf, offeredAt, type Side } from '../demands/offered.ts';
import { requestTotals, type Volume } from '../demands/volumes.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { LoadsAt } from './loads.ts';
import type { Span } from '../span.ts';
import type { Representative } from './plan.ts';

/** The part stands for as many requests of each class as the period has, to this share of them. */
const VOLUME_ERROR_MAX = 0.005;
/**
 * Most that the idle share 1 − ρ of anything may differ by within a period, as a ratio. Response times of M/M/1 go with
 * 1/(1 − ρ); over a period in which ρ rises or falls evenly by so much, their P99 is up to 3 % above that of its middle, from
 * ρ = 0.5 on.
 */
export const IDLE_RATIO_MAX = 1.35;
/** Parts that a time between two bends is looked at by, where several curves add up. */
const PARTS = 8;

/** Loads are those of `loadsOf`; what sheds is no queue. */
export function representativeOf(scenario: Scenario, loadsAt: LoadsAt, volume: Volume): Representative {
  const bends = bendsOf(scenario);
  const offered = offeredAt(scenario);
  const parts = scenario.traffic.filter(({ model }) => model === 'open').length > 1 ? PARTS : 1;

  return (period, measured) => {
    const moments = momentsOf(period, bends, parts);
    const rates = moments.map(([atNs, side]) => offered(atNs, side).perSec);
    const isSteady = rates.every((each) => [...each].every(([name, rate]) => rate === rates[0]!.get(name)));
    return isSteady || (hasItsVolume(period, measured) && isAlike(moments));
  };

  function hasItsVolume(period: Span, measured: Span): boolean {
    const weight = (period.toNs - period.fromNs) / (measured.toNs - measured.fromNs);
    const told = requestTotals(scenario, volume, measured);
    return [...requestTotals(scenario, volume, period)].every(
      ([name, count]) => Math.abs(weight * told.get(name)! - count) <= VOLUME_ERROR_MAX * count,
    );
  }

  function isAlike(moments: readonly Moment[]): boolean {
    const loads = moments.map(([atNs, side]) => loadsAt(atNs, side));
    return loads[0]!.every(({ sheds }, index) => {
      const idle = loads.map((each) => 1 - each[index]!.load);
      return sheds !== null || Math.max(...idle) <= IDLE_RATIO_MAX * Math.min(...idle);
    });
  }
}

type Moment = readonly [atNs: number, side: Side];

/** Both ends of a period, the bends inside it, and moments between these. */
function momentsOf({ fromNs, toNs }: Span, bends: readonly number[], parts: number): Moment[] {
  const edges = [fromNs, ...bends.filter((atNs) => atNs > fromNs && atNs < toNs), toNs];
  return edges.slice(1).flatMap((endNs, index) => {
    const beginNs = edges[index]!;
    const between = Array.from({ length: parts - 1 }, (_, nth): Moment => [
      beginNs + ((endNs - beginNs) * (nth + 1)) / parts,
      'after',
    ]);
    return [[beginNs, 'after'], ...between, [endNs, 'before']] satisfies Moment[];
  });
}
