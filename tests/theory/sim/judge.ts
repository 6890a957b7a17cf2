/**
 * The rules by which a measured value meets a known answer x.
 *
 *     standard error   |v − x| ≤ 3.5·se·√(10⁶/N) + 10⁻⁶·|x|         se at 10⁶ customers known, N measured
 *     interval         x in v ± t₀.₉₉₉·s/√R, R ≥ 10, at most 1 % wide (half; 5 % for shares below 1 %); where that
 *                      would take more than 10⁸ customers, of any width
 *     deviation        |v − x| ≤ 3.5·sd/√R                            sd of one run known
 *     overlap          95 % intervals overlap                         x is itself a simulation
 *     exact            |v − x| ≤ 10⁻⁶·|x|
 *     never            v ≤ 10⁻⁴ where x < 10⁻⁶
 *
 * To every tolerance come the error bound of a histogram bin (2⁻⁸ of the value) and what a case itself allows.
 */
import { sectionedInterval } from '../../../src/stats/sectioning.ts';
import type { Figure } from '../cases/case.ts';

export interface Estimate {
  /** Of all replications together. */
  readonly value: number;
  /** Of each replication by itself. */
  readonly replications: readonly number[];
  /** Customers behind it: samples of its histogram, or requests in the measured time. */
  readonly samples: number;
  /** Requests in the measured time, of all replications. */
  readonly customers: number;
  readonly binError: number;
}

export interface Judgement {
  readonly figure: Figure;
  readonly rule: 'standard error' | 'interval' | 'deviation' | 'overlap' | 'exact' | 'never';
  readonly value: number;
  /** Largest distance from the answer that passes. */
  readonly tolerance: number;
  readonly passed: boolean;
  /** The interval is wider than asked for, and it would take too many customers to narrow it. */
  readonly wide: boolean;
}

const SIGMAS = 3.5;
const DIGITS = 1e-6;
const CUSTOMERS_MAX = 1e8;
const NEVER = 1e-6;
const SEEN_MAX = 1e-4;
/** In the fast subset an interval need not be narrow, but it must tell the answer from 0. */
const FAST_HALF_WIDTH = 1;

export function judge(figure: Figure, estimate: Estimate, effort: 'fast' | 'full'): Judgement {
  const expected = figure.expected / figure.unitsPerSec;
  const { value } = estimate;
  const allowed = (DIGITS + estimate.binError + (figure.case.allowance?.relative ?? 0)) * Math.abs(expected);
  const within = (rule: Judgement['rule'], tolerance: number): Judgement => ({
    figure,
    rule,
    value,
    tolerance: tolerance + allowed,
    passed: distance(figure, expected, value) <= tolerance + allowed,
    wide: false,
  });
  if (figure.se !== null)
    return within('standard error', (SIGMAS * figure.se * 1000) / Math.sqrt(estimate.samples));
  if (figure.sd !== null)
    return within('deviation', (SIGMAS * figure.sd) / Math.sqrt(estimate.replications.length));
  if (figure.case.kind === 'exact') return within('exact', 0);
  if (figure.ci95 !== null) return within('overlap', figure.ci95 + halfWidth(estimate, 0.95));
  if (expected < NEVER) return within('never', SEEN_MAX);
  const half = halfWidth(estimate, 0.999);
  const { passed, ...rest } = within('interval', half);
  const target = isShare(figure) && expected < 0.01 ? 0.05 : 0.01;
  const width = half / Math.abs(expected);
  const wide = width > target;
  const affordable = estimate.customers * (width / target) ** 2 <= CUSTOMERS_MAX;
  const narrow = effort === 'fast' ? target === 0.05 || width <= FAST_HALF_WIDTH : !wide || !affordable;
  return { ...rest, passed: passed && narrow, wide };
}

/** Distance from the answer, or from the band of answers that the rules of ties allow. */
function distance({ band }: Figure, expected: number, value: number): number {
  const [low, high] = band ?? [expected, expected];
  return Math.max(low - value, value - high, 0) || (band === null ? Math.abs(value - expected) : 0);
}

function halfWidth({ value, replications }: Estimate, level: number): number {
  if (replications.length < 10) throw new RangeError('an interval needs at least 10 replications');
  const interval = sectionedInterval({ pooledValue: value, sectionValues: replications }, level);
  return interval.kind === 'interval' ? interval.upper - value : Infinity;
}

function isShare({ metric }: Figure): boolean {
  return /^(p_|p\d|loss)/.test(metric);
}

export function sentence({ figure, rule, value, tolerance, passed, wide }: Judgement): string {
  const expected = figure.expected / figure.unitsPerSec;
  const off = ((value - expected) / expected) * 100;
  const parts = [
    `${passed ? 'ok  ' : 'FAIL'} ${figure.case.id} ${figure.name}: ${value.toPrecision(8)}, expected`,
    `${expected.toPrecision(8)} ± ${tolerance.toPrecision(3)} (${rule}${wide ? ', wide' : ''}), off by`,
    `${off.toFixed(3)} %, ${figure.measure ?? ''}`,
  ];
  return parts.join(' ');
}
