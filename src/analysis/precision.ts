import { makeContext, type AnalysisInput } from './context.ts';
import { judgeBudgets } from './budgets/judge.ts';
import type { Interval, PrecisionFinding } from './findings.ts';
import { pool } from './pool.ts';
import { budgetsWithIntervals, requestsWithIntervals } from './replicated.ts';
import { findRequests } from './requests.ts';
import { findStations } from './stations.ts';

type Measure = PrecisionFinding['measures'][number];

/**
 * How tight the intervals are of what a reviewer looks at first: the P99 of every request class over the whole run, and
 * every response or sojourn time that a budget judges. A class of which nothing ended well has no measure.
 *
 *     relative half-width = (upper − lower) / 2 / value
 *
 * An interval without an upper end is as wide as none.
 */
export function precisionOf(
  input: AnalysisInput,
  target: number,
): Omit<PrecisionFinding, 'limit' | 'replicationsMax'> {
  const each = input.replications.map((measurements) => makeContext(input, measurements));
  const context = makeContext(input, pool(input.replications), each);
  const requests = requestsWithIntervals(findRequests(context), each.map(findRequests));
  const budgets = budgetsWithIntervals(
    judgeBudgets(context, findStations(context)),
    each.map((one) => judgeBudgets(one, findStations(one))),
  );
  const measures = [
    ...requests
      .filter(({ phase, latency }) => phase === null && latency.samples > 0)
      .map(({ request, latency }) =>
        measureOf(`p99 request:${request}`, latency.p99Ns, latency.intervals?.p99Ns ?? null),
      ),
    ...budgets
      .filter(({ unit, samples }) => unit === 'ns' && samples > 0)
      .map(({ metric, target: of, window, value, interval }) =>
        measureOf(`${metric} ${of}${window === null ? '' : ` during ${window}`}`, value, interval ?? null),
      ),
  ];
  const distinct = [...new Map(measures.map((measure) => [measure.measure, measure])).values()];
  const width = ({ relativeHalfWidth }: Measure): number => relativeHalfWidth ?? Infinity;
  distinct.sort((a, b) => (width(a) === width(b) ? 0 : width(b) - width(a)));
  return { target, reached: distinct.every((measure) => width(measure) <= target), measures: distinct };
}

function measureOf(measure: string, value: number | null, interval: Interval | null): Measure {
  const [lower, upper] = interval ?? [0, null];
  if (value === null || upper === null) return { measure, relativeHalfWidth: null };
  const halfWidth = (upper - lower) / 2;
  return { measure, relativeHalfWidth: halfWidth === 0 ? 0 : halfWidth / value };
}
