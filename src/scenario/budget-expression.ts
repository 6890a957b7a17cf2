/**
 * Conditions of budgets, in the spelling of load-testing thresholds:
 *
 *     expression = condition { "and" condition }
 *     condition  = metric op quantity
 *     metric     = p<N> | p(<N>) | mean | max | errors | shed | timeouts | availability | util | throughput | queue.max
 *     op         = "<" | "<=" | ">" | ">=" | "=="
 *
 * Metrics of time take a duration, ratios a share, throughput a rate, queue.max a plain count.
 */
import { similarName } from '../base/similar.ts';
import { parseDuration, parseNumber, parseRate, parseShare, type Parsed } from '../base/units.ts';
import type { Condition } from './types.ts';

export type MetricUnit = 'ns' | 'ratio' | 'perSec' | 'count';

const UNITS: Readonly<Record<string, MetricUnit>> = {
  mean: 'ns',
  max: 'ns',
  errors: 'ratio',
  shed: 'ratio',
  timeouts: 'ratio',
  availability: 'ratio',
  util: 'ratio',
  throughput: 'perSec',
  'queue.max': 'count',
};
const PARSERS: Readonly<Record<MetricUnit, (text: string) => Parsed<number>>> = {
  ns: parseDuration,
  ratio: parseShare,
  perSec: parseRate,
  count: parseNumber,
};
const OPS = ['<', '<=', '>', '>=', '=='] as const;
const CONDITION = /^([A-Za-z][\w.]*(?:\(\s*[\d.]+\s*\))?)\s*([<>=!]+)\s*(\S.*)$/;

/** All conditions of `text`, joined by "and". */
export function parseExpression(text: string): Parsed<readonly Condition[]> {
  const conditions: Condition[] = [];
  for (const part of text.split(/\s+and\s+/)) {
    const parsed = parseCondition(part.trim());
    if (!parsed.ok) return parsed;
    conditions.push(parsed.value);
  }
  return { ok: true, value: conditions };
}

function parseCondition(text: string): Parsed<Condition> {
  const match = CONDITION.exec(text);
  if (match === null)
    return bad(`not a condition: ${JSON.stringify(text)}`, 'write metric op quantity, e.g. p99 < 200ms');
  const metric = normalMetric(match[1] ?? '');
  const op = OPS.find((each) => each === match[2]);
  const unit = metric === null ? null : metricUnit(metric);
  if (metric === null || unit === null) return unknownMetric(match[1] ?? '');
  if (op === undefined) return bad(`no such comparison: ${match[2] ?? ''}`, `write one of ${OPS.join(' ')}`);
  const limit = PARSERS[unit](match[3] ?? '');
  if (!limit.ok) return bad(`${metric}: ${limit.problem}`, limit.help);
  return { ok: true, value: { metric, op, limit: limit.value, text } };
}

/** `p(99)` is `p99`; a percentile lies above 0 and below 100. */
function normalMetric(written: string): string | null {
  const percentile = /^p\(?\s*(\d{1,2}(?:\.\d{1,3})?)\s*\)?$/.exec(written);
  if (percentile === null) return written;
  const rank = Number(percentile[1]);
  return rank > 0 ? `p${rank}` : null;
}

/** Unit of a metric, or null when there is no such metric. */
export function metricUnit(metric: string): MetricUnit | null {
  if (/^p\d/.test(metric)) return 'ns';
  return Object.hasOwn(UNITS, metric) ? (UNITS[metric] ?? null) : null;
}

function unknownMetric(name: string): Parsed<never> {
  const known = ['p50', 'p95', 'p99', 'p99.9', ...Object.keys(UNITS)];
  const near = similarName(name, known);
  const help =
    near === null ? `metrics are ${known.join(', ')}` : `a metric with a similar name exists: ${near}`;
  return bad(`no such metric: ${JSON.stringify(name)}`, help);
}

function bad(problem: string, help: string): Parsed<never> {
  return { ok: false, problem, help };
}
