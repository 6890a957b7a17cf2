/** The measures that budgets may limit: their units, and which target has which of them over which stretches of time. */
import type { BudgetWindow, MetricUnit } from './budget-types.ts';

/**
 * Units of the measures that have a name. Percentiles (`p99`, `p(99)`) and waiting times (`wait.p99`, `wait.mean`,
 * `wait.max`) are times.
 */
const UNITS = {
  mean: 'ns',
  max: 'ns',
  errors: 'ratio',
  'errors.shed': 'ratio',
  'errors.rejected': 'ratio',
  'errors.abandoned': 'ratio',
  'errors.timedOut': 'ratio',
  'errors.failed': 'ratio',
  'errors.perSec': 'perSec',
  shed: 'ratio',
  timeouts: 'ratio',
  availability: 'ratio',
  util: 'ratio',
  throughput: 'perSec',
  goodput: 'perSec',
  'queue.max': 'count',
  'queue.mean': 'count',
  'retries.amplification': 'factor',
  headroom: 'factor',
  'cost.perHour': 'money',
  'cost.per10k': 'money',
} as const satisfies Record<string, MetricUnit>;

export type NamedMetric = keyof typeof UNITS;

/** How finely a measure is kept: by window of the time line, by phase, or over the whole run only. */
export type Grain = 'window' | 'phase' | 'run';

export type TargetKind = '*' | 'request' | 'service' | 'operation' | 'station' | 'layer';

/** `time`: percentiles, mean and max of response or sojourn times; `wait`: the same of waiting times. */
type Family = Exclude<NamedMetric, 'mean' | 'max'> | 'time' | 'wait';

type Grains = Readonly<Partial<Record<Family, Grain>>>;

const OF_REQUESTS: Grains = {
  time: 'window',
  errors: 'window',
  'errors.shed': 'window',
  'errors.rejected': 'window',
  'errors.abandoned': 'window',
  'errors.timedOut': 'window',
  'errors.failed': 'window',
  'errors.perSec': 'window',
  shed: 'window',
  timeouts: 'window',
  availability: 'window',
  throughput: 'window',
  goodput: 'window',
};
const OF_OPERATIONS: Grains = { time: 'phase', errors: 'phase', availability: 'phase', throughput: 'phase' };
const OF_QUEUES: Grains = { shed: 'window', util: 'window', 'queue.max': 'window', 'queue.mean': 'window' };

const GRAINS: Readonly<Record<TargetKind, Grains>> = {
  '*': {
    ...OF_REQUESTS,
    'retries.amplification': 'run',
    headroom: 'run',
    'cost.perHour': 'run',
    'cost.per10k': 'run',
  },
  request: OF_REQUESTS,
  operation: OF_OPERATIONS,
  service: { ...OF_OPERATIONS, ...OF_QUEUES, wait: 'phase' },
  station: {
    time: 'phase',
    wait: 'phase',
    throughput: 'window',
    errors: 'window',
    'errors.shed': 'window',
    'errors.rejected': 'window',
    'errors.abandoned': 'window',
    availability: 'window',
    ...OF_QUEUES,
    headroom: 'run',
  },
  layer: { ...OF_QUEUES, headroom: 'run', 'cost.perHour': 'run' },
};

export const TARGET_KINDS = Object.keys(GRAINS) as readonly TargetKind[];

const RANK = /^p(\d{1,2}(?:\.\d{1,3})?)$/;

/** Rank of a percentile in per cent, `p99.9` → 99.9; null for any other name. */
export function rankOf(metric: string): number | null {
  const rank = Number(RANK.exec(metric)?.[1] ?? 0);
  return rank > 0 ? rank : null;
}

/** `p(99)` is `p99` and `p99.90` is `p99.9`; other names are as they are. */
export function normalMetric(written: string): string {
  const match = /^(wait\.)?p\(?\s*(\d{1,2}(?:\.\d{1,3})?)\s*\)?$/.exec(written);
  return match === null ? written : `${match[1] ?? ''}p${Number(match[2])}`;
}

/** Unit of a measure, or null when there is none of this name. */
export function metricUnit(metric: string): MetricUnit | null {
  const time = metric.startsWith('wait.') ? metric.slice('wait.'.length) : metric;
  if (rankOf(time) !== null || (time !== metric && (time === 'mean' || time === 'max'))) return 'ns';
  return isNamedMetric(metric) ? UNITS[metric] : null;
}

/** Whether it is a measure with a name of its own. */
export function isNamedMetric(metric: string): metric is NamedMetric {
  return Object.hasOwn(UNITS, metric);
}

/** Names to choose from when one is wrong. */
export const METRIC_NAMES: readonly string[] = [
  ...['p50', 'p95', 'p99', 'p99.9', 'wait.p99', 'wait.mean', 'wait.max'],
  ...Object.keys(UNITS),
];

/** How finely a kind of target keeps a measure; null when it does not have it. */
export function grainOf(kind: TargetKind, metric: string): Grain | null {
  return GRAINS[kind][familyOf(metric)] ?? null;
}

/** What a kind of target has, with `p99` for all percentiles. */
export function metricsOf(kind: TargetKind): string[] {
  return (Object.keys(GRAINS[kind]) as Family[]).flatMap((family) => {
    if (family === 'time') return ['p99', 'mean', 'max'];
    return family === 'wait' ? ['wait.p99', 'wait.mean', 'wait.max'] : [family];
  });
}

function familyOf(metric: string): Family {
  if (metric.startsWith('wait.')) return 'wait';
  const isTime = metric === 'mean' || metric === 'max' || rankOf(metric) !== null;
  return isTime ? 'time' : (metric as Family);
}

/** The finest grain a window needs. */
export function grainNeeded(window: BudgetWindow): Grain {
  if (window === null) return 'run';
  return typeof window === 'string' || window.kind === 'after' ? 'phase' : 'window';
}

const FINENESS: Readonly<Record<Grain, number>> = { run: 0, phase: 1, window: 2 };

export function isFineEnough(grain: Grain, needed: Grain): boolean {
  return FINENESS[grain] >= FINENESS[needed];
}
