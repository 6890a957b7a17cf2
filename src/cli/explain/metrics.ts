/** What each metric of a budget is; docs/model.md has the formulas. */
import type { MetricUnit } from '../../scenario/budget-types.ts';
import {
  grainOf,
  metricUnit,
  normalMetric,
  rankOf,
  TARGET_KINDS,
  type NamedMetric,
} from '../../scenario/budget-metrics.ts';

const MEANINGS: Readonly<Record<NamedMetric, string>> = {
  mean: 'Mean time: of good requests from when they were due to their answer, of jobs at a station their wait and service.',
  max: 'Longest time that was seen; of several replications the mean of that of each.',
  errors:
    'Share of the requests that got no good answer, shed ones apart: rejected, abandoned, timed out, failed.',
  'errors.shed': 'Share of the requests that a limiter turned away; the same as shed.',
  'errors.rejected': 'Share that a full waiting room turned away.',
  'errors.abandoned': 'Share that left a queue because it took too long.',
  'errors.timedOut': 'Share that timed out; the same as timeouts.',
  'errors.failed': 'Share that failed because something they called did.',
  shed: 'Share of the requests that a limiter turned away.',
  timeouts: 'Share of the requests that timed out.',
  availability: 'Good requests / offered requests: shed ones count against it.',
  util: 'Busy servers / servers there are.',
  throughput: 'Requests or jobs ended per second, well or not.',
  goodput: 'Good requests per second.',
  'queue.max': 'Most jobs that waited at once.',
  'queue.mean': 'Jobs waiting, averaged over time.',
  'retries.amplification':
    'Attempts / first attempts, of all calls that may be repeated: 1 means that nothing is repeated.',
  headroom: 'Factor by which the peak may grow until the tightest group or limiter is full.',
  'cost.perHour': 'Cost of all replicas for an hour.',
  'cost.per10k': 'Cost of the run per 10,000 good requests of the classes with a value.',
};

const UNITS: Readonly<Record<MetricUnit, string>> = {
  ns: 'a duration, e.g. 200ms',
  ratio: 'a share, e.g. 0.1%',
  perSec: 'a rate, e.g. 20k/s',
  count: 'a plain number',
  factor: 'a multiple, e.g. 1.3x',
  money: 'an amount, e.g. 1300 CNY',
};

export interface MetricExplanation {
  readonly metric: string;
  readonly meaning: string;
  /** What its limit is written as. */
  readonly limit: string;
  /** By kind of target, how finely it is kept. */
  readonly targets: readonly { readonly kind: string; readonly kept: string }[];
}

const KEPT = { window: 'over any time', phase: 'by phase', run: 'over the whole run' } as const;

/** null when there is no metric of this name. */
export function explainMetric(word: string): MetricExplanation | null {
  const metric = normalMetric(word);
  const unit = metricUnit(metric);
  if (unit === null) return null;
  return {
    metric,
    meaning: meaningOf(metric),
    limit: UNITS[unit],
    targets: TARGET_KINDS.flatMap((kind) => {
      const grain = grainOf(kind, metric);
      return grain === null ? [] : [{ kind, kept: KEPT[grain] }];
    }),
  };
}

function meaningOf(metric: string): string {
  const wait = metric.startsWith('wait.');
  const time = wait ? metric.slice('wait.'.length) : metric;
  const rank = rankOf(time);
  if (rank === null && !wait) return MEANINGS[metric as NamedMetric];
  const what = wait ? 'waiting times of jobs' : 'response times of good requests, or sojourn times of jobs';
  if (rank === null) return `${time === 'mean' ? 'Mean' : 'Longest'} of the ${what}.`;
  return `Of the ${what} ${rank} % are at most this long. There is none unless ten lie beyond it.`;
}
