import type { BudgetFinding } from '../findings.ts';

/** What a budget limits, read from its name in the scenario. */
export type Metric = { readonly kind: 'quantile'; readonly p: number } | { readonly kind: PlainMetric };

const PLAIN = {
  mean: 'ns',
  max: 'ns',
  errors: 'ratio',
  shed: 'ratio',
  timeouts: 'ratio',
  availability: 'ratio',
  util: 'ratio',
  throughput: 'perSec',
  'queue.max': 'count',
} as const satisfies Record<string, BudgetFinding['unit']>;

export type PlainMetric = keyof typeof PLAIN;

/** `p99`, `p(99)`, `p99.9`: percentile in the name. */
const QUANTILE = /^p\(?(\d{1,2}(?:\.\d{1,6})?)\)?$/;

/** @throws {RangeError} on a name that validation lets through only by our own mistake. */
export function parseMetric(name: string): Metric {
  const percentile = QUANTILE.exec(name)?.[1];
  if (percentile !== undefined) return { kind: 'quantile', p: Number(percentile) / 100 };
  if (!Object.hasOwn(PLAIN, name)) throw new RangeError(`unknown metric ${name}`);
  return { kind: name as PlainMetric };
}

export function unitOf(metric: Metric): BudgetFinding['unit'] {
  return metric.kind === 'quantile' ? 'ns' : PLAIN[metric.kind];
}

export function isLatency(metric: Metric): boolean {
  return unitOf(metric) === 'ns';
}
