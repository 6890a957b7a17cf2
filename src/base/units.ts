/**
 * Quantities as people write them ("250us", "20k/s", "70%", "256GiB", "1.6 USD/h") and the numbers inside.
 *
 * Reading never throws: a text that is no quantity comes back as a `Problem` that says what is wrong and what to
 * write instead. Inside units: durations integral ns, rates per second, shares in [0, 1], sizes in bytes.
 */
export { formatCount, formatDuration, formatRate, formatShare, formatSize, significant } from './format.ts';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string; readonly help: string };

export interface Money {
  readonly amount: number;
  /** ISO 4217 code, e.g. `USD`. */
  readonly currency: string;
}

const NS_PER: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
};
const SECONDS_PER: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3600, d: 86_400 };
const THOUSANDS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };
const BYTES_PER: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 * 1024,
  GiB: 1024 * 1024 * 1024,
  TiB: 1024 * 1024 * 1024 * 1024,
};

const NUMBER = String.raw`(\d+(?:\.\d+)?(?:e[+-]?\d+)?)`;
const DURATION_PART = new RegExp(String.raw`${NUMBER}\s*(ns|us|µs|μs|ms|min|s|m|h|d)`, 'y');
const RATE = new RegExp(String.raw`^${NUMBER}\s*([kMG]?)\s*(?:/\s*(s|sec|min|m|h|d)|(rps|qps|tps))$`);
const SHARE = new RegExp(`^${NUMBER}\\s*%$`);
const PLAIN = new RegExp(`^${NUMBER}\\s*([kMG]?)$`);
const FACTOR = new RegExp(`^${NUMBER}\\s*[x×]$`);
const SIZE = new RegExp(`^${NUMBER}\\s*([kKMGT]?i?B)$`);
const PRICE = new RegExp(`^${NUMBER}\\s*([A-Z]{3})$`);
const SPEED = new RegExp(`^${NUMBER}\\s*(MHz|GHz)$`);

/** Largest length a run can count exactly in ns: 2^53 ns, about 104 days. */
export const DURATION_MAX_NS = Number.MAX_SAFE_INTEGER;
/** A site of the whole planet does not reach this: beyond it a unit was mistaken. */
const RATE_MAX_PER_SEC = 1e9;

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (problem: string, help: string): Parsed<never> => ({ ok: false, problem, help });

/** Length of time in ns: `250us`, `1.5s`, `12m`, `1h30m`. Rounded to whole ns. */
export function parseDuration(text: string): Parsed<number> {
  const whole = text.trim();
  if (/^-/.test(whole)) return bad(`a duration cannot be negative: ${quote(text)}`, 'write e.g. 5ms');
  if (PLAIN.test(whole)) return bad(`a duration needs a unit: ${quote(text)}`, unitChoices(whole));
  let ns = 0;
  DURATION_PART.lastIndex = 0;
  let at = 0;
  while (at < whole.length) {
    DURATION_PART.lastIndex = at;
    const part = DURATION_PART.exec(whole);
    if (part === null) {
      return bad(`not a duration: ${quote(text)}`, 'write a number with ns, us, ms, s, m, h or d, e.g. 5ms');
    }
    ns += Number(part[1]) * (NS_PER[part[2] ?? ''] ?? Number.NaN);
    at = DURATION_PART.lastIndex;
  }
  if (at === 0) return bad('a duration is missing', 'write e.g. 5ms');
  if (!(ns <= DURATION_MAX_NS)) return bad(`too long: ${quote(text)}`, 'at most 104 days (2^53 ns)');
  const rounded = Math.round(ns);
  if (rounded === 0 && ns > 0) return bad(`shorter than 1 ns: ${quote(text)}`, 'time is counted in whole ns');
  return good(rounded);
}

/** Events per second: `20k/s`, `3.6/s`, `600/min`, `1M/s`, `500 rps`. */
export function parseRate(text: string): Parsed<number> {
  const whole = text.trim();
  const match = RATE.exec(whole);
  if (match === null) {
    if (/^-/.test(whole)) return bad(`a rate cannot be negative: ${quote(text)}`, 'write e.g. 20k/s');
    if (PLAIN.test(whole))
      return bad(`a rate needs a unit: ${quote(text)}`, `write ${whole}/s for per second`);
    return bad(`not a rate: ${quote(text)}`, 'write a number per time, e.g. 3.6/s, 20k/s, 600/min');
  }
  const perSec = (Number(match[1]) * scale(match[2])) / (SECONDS_PER[match[3] ?? 's'] ?? 1);
  if (!(perSec <= RATE_MAX_PER_SEC)) return bad(`absurd rate: ${quote(text)}`, 'at most 1G/s');
  return good(perSec);
}

/** Part of a whole in [0, 1], written in per cent. */
export function parseShare(text: string): Parsed<number> {
  const parsed = parsePercent(text);
  if (parsed.ok && parsed.value > 1) return bad(`more than the whole: ${quote(text)}`, 'at most 100%');
  return parsed;
}

/** Per cent without an upper bound, as a plain factor: `150%` is 1.5. */
export function parsePercent(text: string): Parsed<number> {
  const whole = text.trim();
  const match = SHARE.exec(whole);
  if (match !== null) return good(hundredth(match[1] ?? ''));
  if (PLAIN.test(whole)) {
    const fraction = Number(whole);
    const percent = Number.isFinite(fraction) && fraction <= 1 ? trimmed(fraction * 100) : whole;
    return bad(`a share needs a unit: ${quote(text)}`, `write ${percent}% (shares are written in per cent)`);
  }
  return bad(`not a share: ${quote(text)}`, 'write per cent, e.g. 70%');
}

/** A multiple: `1.3x`. */
export function parseFactor(text: string): Parsed<number> {
  const whole = text.trim();
  const match = FACTOR.exec(whole);
  if (match !== null) return good(Number(match[1]));
  if (PLAIN.test(whole)) return bad(`a multiple needs a unit: ${quote(text)}`, `write ${whole}x`);
  return bad(`not a multiple: ${quote(text)}`, 'write a number of times, e.g. 1.3x');
}

/** Plain number without a unit; `k`, `M` and `G` are thousands. */
export function parseNumber(text: string): Parsed<number> {
  const match = PLAIN.exec(text.trim());
  if (match === null) return bad(`not a number: ${quote(text)}`, 'write a plain number, e.g. 0.8 or 50M');
  const value = Number(match[1]) * scale(match[2]);
  return Number.isFinite(value) ? good(value) : bad(`too large: ${quote(text)}`, 'write a smaller number');
}

/** Bytes: `256GiB`, `2MiB`, `64KB`. */
export function parseSize(text: string): Parsed<number> {
  const match = SIZE.exec(text.trim());
  if (match === null)
    return bad(`not a size: ${quote(text)}`, 'write a number with a unit, e.g. 2MiB or 256GiB');
  const bytes = Number(match[1]) * (BYTES_PER[match[2] ?? ''] ?? Number.NaN);
  return bytes <= Number.MAX_SAFE_INTEGER ? good(bytes) : bad(`absurd size: ${quote(text)}`, 'at most 8 PiB');
}

/** An amount of money: `100 CNY`. */
export function parseMoney(text: string): Parsed<Money> {
  const match = PRICE.exec(text.trim());
  if (match === null) return bad(`not an amount of money: ${quote(text)}`, 'write e.g. 100 CNY');
  const amount = Number(match[1]);
  if (!Number.isFinite(amount)) return bad(`absurd amount: ${quote(text)}`, 'write e.g. 100 CNY');
  return good({ amount, currency: match[2] ?? '' });
}

/** Price of one hour: `1.6 USD/h`. */
export function parseHourlyPrice(text: string): Parsed<Money> {
  const match = /^(.*)\/\s*h$/.exec(text.trim());
  if (match === null) return bad(`not a price per hour: ${quote(text)}`, 'write e.g. 1.6 USD/h');
  const money = parseMoney(match[1] ?? '');
  return money.ok ? money : bad(`not a price per hour: ${quote(text)}`, 'write e.g. 1.6 USD/h');
}

/** Clock speed in GHz: `2.6 GHz`. */
export function parseClock(text: string): Parsed<number> {
  const match = SPEED.exec(text.trim());
  if (match === null) return bad(`not a clock speed: ${quote(text)}`, 'write e.g. 2.6 GHz');
  const ghz = Number(match[1]) / (match[2] === 'MHz' ? 1000 : 1);
  return ghz > 0 && ghz <= 20 ? good(ghz) : bad(`absurd clock speed: ${quote(text)}`, 'write e.g. 2.6 GHz');
}

/** n / 100 to the last digit: 99.9 / 100 would be 0.9990000000000001. */
export function hundredth(digits: string): number {
  return digits.includes('e') ? Number(digits) / 100 : Number(`${digits}e-2`);
}

function scale(letter: string | undefined): number {
  return THOUSANDS[letter ?? ''] ?? 1;
}

function unitChoices(number: string): string {
  return `write ${number}us, ${number}ms or ${number}s`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(6)));
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
