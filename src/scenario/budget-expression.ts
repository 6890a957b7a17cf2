/**
 * Conditions of budgets, in the spelling of load-testing thresholds:
 *
 *     expression = condition { "and" condition }
 *     condition  = metric op quantity
 *     metric     = time | "wait." time | a name of budget-metrics.ts
 *     time       = p<N> | p(<N>) | mean | max
 *     op         = "<" | "<=" | ">" | ">=" | "=="
 *
 * Times take a duration, shares per cent, rates a rate, counts a plain number, multiples an `x` (`1.3x`), costs an amount
 * of money (`1300 CNY`).
 */
import { similarName } from '../base/similar.ts';
import {
  parseDuration,
  parseFactor,
  parseMoney,
  parseNumber,
  parseRate,
  parseShare,
  type Parsed,
} from '../base/units.ts';
import { METRIC_NAMES, metricUnit, normalMetric } from './budget-metrics.ts';
import type { BaselineLimit, Condition, MetricUnit } from './budget-types.ts';

type Limit = Pick<Condition, 'limit' | 'currency'>;

const PARSERS: Readonly<Record<MetricUnit, (text: string) => Parsed<Limit>>> = {
  ns: plain(parseDuration),
  ratio: plain(parseShare),
  perSec: plain(parseRate),
  count: plain(parseNumber),
  factor: plain(parseFactor),
  money: (text) => {
    const money = parseMoney(text);
    if (!money.ok) return money;
    return { ok: true, value: { limit: money.value.amount, currency: money.value.currency } };
  },
};
const OPS = ['<', '<=', '>', '>=', '=='] as const;
const CONDITION = /^([A-Za-z][\w.]*(?:\(\s*[\d.]+\s*\))?)\s*([<>=!]+)\s*(\S.*)$/;

function plain(parse: (text: string) => Parsed<number>): (text: string) => Parsed<Limit> {
  return (text) => {
    const parsed = parse(text);
    return parsed.ok ? { ok: true, value: { limit: parsed.value } } : parsed;
  };
}

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
  const unit = metricUnit(metric);
  if (unit === null) return unknownMetric(match[1] ?? '');
  if (op === undefined) return bad(`no such comparison: ${match[2] ?? ''}`, `write one of ${OPS.join(' ')}`);
  const limit = PARSERS[unit](match[3] ?? '');
  if (!limit.ok) return bad(`${metric}: ${limit.problem}`, limit.help);
  return { ok: true, value: { metric, op, ...limit.value, text } };
}

function unknownMetric(name: string): Parsed<never> {
  const near = similarName(name, METRIC_NAMES);
  const help =
    near === null ? `metrics are ${METRIC_NAMES.join(', ')}` : `a metric with a similar name exists: ${near}`;
  return bad(`no such metric: ${JSON.stringify(name)}`, help);
}

/** `+3%` or `3%`: how much worse a value may become. */
export function parseTolerance(text: string): Parsed<number> {
  const parsed = parseShare(text.trim().replace(/^\+/, ''));
  return parsed.ok ? parsed : bad(`not a tolerance: ${JSON.stringify(text)}`, 'write e.g. +3%');
}

/** Quantities of which each has a unit of its own: `1ms`, `0.1%`, `10/s`, `0.05x`, `5`. */
export function parseFloor(texts: readonly string[]): Parsed<BaselineLimit['floor']> {
  const floor: Partial<Record<MetricUnit, number>> = {};
  for (const text of texts) {
    const units = Object.keys(PARSERS) as MetricUnit[];
    const unit = units.find((each) => PARSERS[each](text).ok);
    const parsed = unit === undefined ? null : PARSERS[unit](text);
    if (unit === undefined || !parsed?.ok)
      return bad(`not a quantity: ${JSON.stringify(text)}`, 'write e.g. 1ms, 0.1% or [1ms, 0.1%]');
    if (floor[unit] !== undefined)
      return bad(`a second floor of the same kind: ${JSON.stringify(text)}`, 'keep one of them');
    floor[unit] = parsed.value.limit;
  }
  return { ok: true, value: floor };
}

function bad(problem: string, help: string): Parsed<never> {
  return { ok: false, problem, help };
}
