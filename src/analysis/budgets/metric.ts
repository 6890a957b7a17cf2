import { isNamedMetric, metricUnit, rankOf, type NamedMetric } from '../../scenario/budget-metrics.ts';
import type { MetricUnit } from '../../scenario/types.ts';
import type { CauseName } from '../findings.ts';

/** A figure of many times. */
export type TimeMetric =
  { readonly kind: 'quantile'; readonly p: number } | { readonly kind: 'mean' } | { readonly kind: 'max' };

/** What a budget limits, read from its name in the scenario. */
export type Metric =
  | TimeMetric
  | { readonly kind: 'wait'; readonly time: TimeMetric }
  | { readonly kind: 'cause'; readonly cause: CauseName }
  | { readonly kind: PlainMetric };

/** What has a name of its own and is no figure of many times and no cause. */
export type PlainMetric = Exclude<NamedMetric, 'mean' | 'max' | `errors.${CauseName}`>;

const CAUSES: readonly CauseName[] = ['shed', 'rejected', 'abandoned', 'timedOut', 'failed'];

/** @throws {RangeError} on a name that validation lets through only by our own mistake. */
export function parseMetric(name: string): Metric {
  const time = timeMetric(name);
  if (time !== null) return time;
  const [first, rest = ''] = name.split('.');
  const wait = first === 'wait' ? timeMetric(name.slice('wait.'.length)) : null;
  if (wait !== null) return { kind: 'wait', time: wait };
  const cause = first === 'errors' ? CAUSES.find((each) => each === rest) : undefined;
  if (cause !== undefined) return { kind: 'cause', cause };
  if (!isPlain(name)) throw new RangeError(`unknown metric ${name}`);
  return { kind: name };
}

/** Of a name that is neither of the other kinds. */
function isPlain(name: string): name is PlainMetric {
  return isNamedMetric(name);
}

function timeMetric(name: string): TimeMetric | null {
  const rank = rankOf(name);
  if (rank !== null) return { kind: 'quantile', p: rank / 100 };
  return name === 'mean' || name === 'max' ? { kind: name } : null;
}

/** @throws {RangeError} as parseMetric. */
export function unitOf(name: string): MetricUnit {
  const unit = metricUnit(name);
  if (unit === null) throw new RangeError(`unknown metric ${name}`);
  return unit;
}

/** Whether it is about response times (of requests) or sojourn times (of jobs). */
export function isLatency(metric: Metric): metric is TimeMetric {
  return metric.kind === 'quantile' || metric.kind === 'mean' || metric.kind === 'max';
}

/** Whether it is a share of what came. */
export function isShareOfArrivals({ kind }: Metric): boolean {
  return ['cause', 'errors', 'shed', 'timeouts', 'availability'].includes(kind);
}
