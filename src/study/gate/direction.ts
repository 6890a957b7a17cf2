import type { BudgetFinding } from '../../analysis/findings.ts';

/** Metrics of which more is better; of all others less is. Nobody configures it: it belongs to the metric. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set([
  ...['availability', 'throughput', 'goodput', 'headroom', 'slices.good'],
]);

type Unit = BudgetFinding['unit'];

/** How much worse a number has become, in its unit; negative where it is better. */
export function worsening(metric: string, before: number, after: number): number {
  return MORE_IS_BETTER.has(metric) ? before - after : after - before;
}

/**
 * The same as a share of what it was. Of a share that should be large the share lost is what counts: from 99.9 % to 99.8 %
 * twice as much is lost. Infinite where there was nothing.
 */
export function relativeWorsening(metric: string, unit: Unit, before: number, after: number): number {
  const difference = worsening(metric, before, after);
  if (difference === 0) return 0;
  const base = unit === 'ratio' && MORE_IS_BETTER.has(metric) ? 1 - before : Math.abs(before);
  return difference / base;
}
