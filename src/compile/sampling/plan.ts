import type { Phase } from '../../model/model.ts';
import type { SamplingPlan, Stretch } from '../../model/sampling.ts';
import type { Span } from '../span.ts';

/** How much of every period is simulated: a part to warm up, and one that is measured and divides the period. */
export interface Rung {
  readonly periodNs: number;
  readonly warmNs: number;
  readonly measuredNs: number;
}

/** Whether what is measured of a period tells what the whole of it is like. */
export type Representative = (period: Span, measured: Span) => boolean;

/**
 * Cuts every phase into periods. A period that is incomplete, touches a span that must be contiguous, or whose middle does
 * not tell what it is like, is simulated from end to end; of any other its middle is measured, so that on a straight ramp it
 * has the mean of its period. Each stretch is preceded by the warm part, unless it follows another at once or begins the
 * run, which has warmed up already.
 */
export function makePlan(
  rung: Rung,
  phases: readonly Phase[],
  contiguous: readonly Span[],
  isRepresentative: Representative,
): SamplingPlan {
  const { periodNs, warmNs, measuredNs } = rung;
  const weight = periodNs / measuredNs;
  const restNs = (periodNs - measuredNs) / 2;
  const isWhole = [weight, restNs].every(Number.isInteger) && weight > 1 && warmNs <= restNs;
  if (!isWhole) throw new RangeError(`no such sampling: ${measuredNs} ns of ${periodNs} ns`);
  const stretches: Stretch[] = [];
  for (const { fromNs, toNs } of phases.flatMap((phase) => periodsOf(phase, periodNs))) {
    const period = { fromNs, toNs };
    const middle = { fromNs: fromNs + restNs, toNs: toNs - restNs };
    const isSampled =
      toNs - fromNs === periodNs &&
      !contiguous.some((span) => meet(span, period)) &&
      isRepresentative(period, middle);
    const before = stretches.at(-1);
    const stands = { standsFromNs: fromNs, standsToNs: toNs };
    if (isSampled) {
      const measuredFromNs = middle.fromNs;
      stretches.push({
        fromNs: measuredFromNs - warmNs,
        measuredFromNs,
        toNs: middle.toNs,
        weight,
        ...stands,
      });
    } else if (before?.weight === 1) {
      stretches[stretches.length - 1] = { ...before, toNs, standsToNs: toNs };
    } else {
      const warmedNs = before === undefined ? fromNs : fromNs - warmNs;
      stretches.push({ fromNs: warmedNs, measuredFromNs: fromNs, toNs, weight: 1, ...stands });
    }
  }
  return { ...rung, weight, stretches };
}

function periodsOf({ fromNs, toNs }: Span, periodNs: number): Span[] {
  return Array.from({ length: Math.ceil((toNs - fromNs) / periodNs) }, (_, nth) => {
    const beginNs = fromNs + nth * periodNs;
    return { fromNs: beginNs, toNs: Math.min(beginNs + periodNs, toNs) };
  });
}

function meet(a: Span, b: Span): boolean {
  return a.fromNs < b.toNs && a.toNs > b.fromNs;
}
