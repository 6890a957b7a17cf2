/**
 * Numbers as a reader sees them: with unit, 3 significant digits, and never rounded to a statement that is false.
 * Written without Intl, whose output depends on the ICU data of the build.
 */
import type { Interval } from '../analysis/findings.ts';

/** Stands where there is no data; never 0. */
export const NO_DATA = '–';

/** Half-width of an interval without an upper end. */
export const OPEN = '+∞';

const DIGITS = 3;

/** 3 significant digits, trailing zeros kept so that columns line up: 1.20, 12.0, 120, 1200. */
export function significant(value: number, digits = DIGITS): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  return rounded.toFixed(Math.min(20, Math.max(0, digits - 1 - magnitude)));
}

/** 1,234,567 */
function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count of things. Exact below a million; a fraction (a scaled-up mean) keeps its digits, down to 4 decimals. */
export function formatCount(value: number | null): string {
  if (value === null) return NO_DATA;
  if (value > 0 && value < 1e-4) return '< 0.0001';
  if (value < 1000 && !Number.isInteger(value)) return significant(value);
  return value < 1e6 ? grouped(value) : scaled(value, DIGITS);
}

const SCALES: readonly (readonly [from: number, sign: string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

function scaled(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits)); // 999,999 is 1.00M, not 1000k
  const [from, sign] = SCALES.find(([each]) => Math.abs(rounded) >= each) ?? [1, ''];
  return significant(rounded / from, digits) + sign;
}

/** `1.00M/s`, in the spelling of the scenario language. */
export function formatRate(perSec: number | null, digits = DIGITS): string {
  return perSec === null ? NO_DATA : `${scaled(perSec, digits)}/s`;
}

/** A percentile, or with how many observations there is none: `– (412)`. */
export function formatPercentile(ns: number | null, samples: number, digits = DIGITS): string {
  return ns === null ? `${NO_DATA} (${formatCount(samples)})` : formatDuration(ns, digits);
}

const DURATIONS: readonly (readonly [fromNs: number, unitNs: number, unit: string])[] = [
  [600e9, 60e9, 'min'],
  [1e9, 1e9, 's'],
  [1e6, 1e6, 'ms'],
  [1e3, 1e3, 'µs'],
  [0, 1, 'ns'],
];

/** `214 ms`, `8.60 µs`, `75.0 s`, `12.5 min`. */
export function formatDuration(ns: number | null, digits = DIGITS): string {
  if (ns === null) return NO_DATA;
  if (ns === 0) return '0 ms';
  const rounded = Number(ns.toPrecision(digits));
  const [, unitNs, unit] = DURATIONS.find(([fromNs]) => Math.abs(rounded) >= fromNs) ?? [0, 1, 'ns'];
  return `${significant(rounded / unitNs, digits)} ${unit}`;
}

/**
 * A share in [0, 1] (or a ratio beyond) in per cent. A share that is not 0 is never printed as 0 %, and one that is
 * not 1 never as 100 %: close to 1 the missing part keeps up to 2 digits and is rounded up, so 0.99953 is 99.953 % and
 * 0.9995 is 99.95 %.
 */
export function formatShare(share: number | null, digits = DIGITS): string {
  if (share === null) return NO_DATA;
  if (share > 0 && share < 1e-6) return '< 0.0001 %';
  if (share > 0.99 && share < 1) {
    const missing = 1 - share;
    if (missing < 1e-6) return '> 99.9999 %';
    const decimals = Math.max(1, Math.max(digits - 1, 2) - 1 - Math.floor(Math.log10(missing * 100)));
    const floor = Math.floor(share * 100 * 10 ** decimals + 1e-6) / 10 ** decimals;
    return `${floor.toFixed(decimals).replace(/(\.\d+?)0+$/, '$1')} %`;
  }
  return `${significant(share * 100, digits)} %`;
}

/** `±2.1 %`: half the width of an interval as a share of its value; `+∞` without an upper end. */
export function formatSpread(value: number | null, interval: Interval | null): string {
  if (value === null || interval === null) return NO_DATA;
  const [lower, upper] = interval;
  if (upper === null) return OPEN;
  const halfWidth = (upper - lower) / 2;
  return `±${halfWidth === 0 ? '0 %' : value === 0 ? '∞' : formatShare(halfWidth / value, 2)}`;
}

/** Ends of an interval that are alike to so many digits are not worth more of them. */
const DIGITS_MAX = 6;

/** Between the ends of an interval: no word, so that every language reads it. */
export const DASH = ' – ';

/**
 * `181 ms – 187 ms`; `≥ 181 ms` without an upper end. With as many digits as it takes to tell the ends apart, so that
 * a narrow interval is not printed as none; `±0` where all replications agree.
 */
export function formatInterval(
  interval: Interval | null,
  format: (value: number, digits?: number) => string,
): string {
  if (interval === null) return NO_DATA;
  const [lower, upper] = interval;
  if (upper === null) return `≥ ${format(lower)}`;
  if (lower === upper) return '±0';
  let digits = DIGITS;
  while (digits < DIGITS_MAX && format(lower, digits) === format(upper, digits)) digits++;
  return format(lower, digits) + DASH + format(upper, digits);
}

/** `1.12×` */
export function formatFactor(factor: number): string {
  return `${significant(factor)}×`;
}

/** Size of a margin, a share of the limit. Below 1 it is never printed as 100 %, but needs no further nines. */
export function formatMarginSize(margin: number): string {
  const size = Math.abs(margin);
  if (size >= 10) return formatFactor(Number(size.toPrecision(DIGITS)));
  return size > 0.99 && size < 1 ? `${(Math.floor(size * 1000) / 10).toFixed(1)} %` : formatShare(size);
}

/** Distance to a limit as a share of it: `+30.0 %` is to spare, `−112 %` is too much. */
export function formatMargin(margin: number | null): string {
  if (margin === null) return NO_DATA;
  return `${margin < 0 ? '−' : '+'}${formatMarginSize(margin)}`;
}

/** From here on a growth is told as a factor. */
const FACTOR_FROM = 10;

/** A growth as a share of what it was: `+6.20 %`, `−12.0 %`; `×157` where it became that many times as much. */
export function formatGrowth(relative: number): string {
  const times = 1 + relative;
  return times >= FACTOR_FROM ? `×${significant(times)}` : formatMargin(relative);
}

/** A share by which a share grew: in points: `+3.20`, `−0.012`; of less than a point two digits tell enough. */
export function formatPoints(difference: number): string {
  const points = Math.abs(difference * 100);
  const text = points > 0 && points < 1e-4 ? '< 0.0001' : significant(points, points < 1 ? 2 : DIGITS);
  return `${difference < 0 ? '−' : '+'}${text}`;
}

function formatAmount(amount: number, currency: string, digits: number): string {
  const isWhole = Math.abs(amount) >= 100 && digits === DIGITS;
  return `${isWhole ? grouped(amount) : significant(amount, digits)} ${currency}`;
}

/** `1,090 CNY`; money is never abbreviated. */
export function formatMoney(amount: number | null, currency: string): string {
  return amount === null ? NO_DATA : formatAmount(amount, currency, DIGITS);
}

export type Unit = 'ns' | 'ratio' | 'perSec' | 'count' | 'factor' | 'money';

/** A unit as such, or with the currency of an amount of money. */
export interface UnitOf {
  readonly unit: Unit;
  readonly currency?: string;
}

export function formatByUnit(value: number | null, of: Unit | UnitOf, digits = DIGITS): string {
  const { unit, currency = '' } = typeof of === 'string' ? { unit: of } : of;
  switch (unit) {
    case 'ns':
      return formatDuration(value, digits);
    case 'ratio':
      return formatShare(value, digits);
    case 'perSec':
      return formatRate(value, digits);
    case 'count':
      if (value === null) return NO_DATA;
      return Number.isInteger(value) ? formatCountExactly(value) : significant(value, digits);
    case 'factor':
      return value === null ? NO_DATA : `${significant(value, digits)}×`;
    case 'money':
      return value === null ? NO_DATA : formatAmount(value, currency, digits);
  }
}

function formatCountExactly(value: number): string {
  return Math.abs(value) < 1e9 ? grouped(value) : scaled(value, 12);
}

/**
 * A value beside its limit, with as many digits as it takes to tell them apart: 199.96 ms against 200 ms is never
 * printed as 200 ms.
 */
export function formatAgainst(
  value: number | null,
  limit: number,
  unit: Unit | UnitOf,
  digitsMin = DIGITS,
): string {
  for (let digits = digitsMin; digits < 15; digits++) {
    const text = formatByUnit(value, unit, digits);
    if (value === limit || text !== formatByUnit(limit, unit, digits)) return text;
  }
  return formatByUnit(value, unit, 15);
}
