/** Numbers for people: three significant digits and the unit that keeps the figure between 1 and 1000. */

const DURATIONS: readonly (readonly [ns: number, unit: string])[] = [
  [3600e9, 'h'],
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'us'],
  [1, 'ns'],
];
const THOUSANDS: readonly (readonly [factor: number, letter: string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
];
const SIZES: readonly (readonly [bytes: number, unit: string])[] = [
  [1024 * 1024 * 1024 * 1024, 'TiB'],
  [1024 * 1024 * 1024, 'GiB'],
  [1024 * 1024, 'MiB'],
  [1024, 'KiB'],
  [1, 'B'],
];

/** `value` with three significant digits and no exponent: 0.00123, 45.6, 1230000. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  return Number(value.toPrecision(digits)).toString().includes('e')
    ? plainDigits(value, digits)
    : Number(value.toPrecision(digits)).toString();
}

/** A length in ns: `250us`, `1.5s`, `12min`. */
export function formatDuration(ns: number): string {
  if (ns === 0) return '0s';
  if (ns < 0) return `-${formatDuration(-ns)}`;
  return scaled(ns, DURATIONS);
}

/** To the nanosecond, in the largest unit that takes a whole number: `90s`, `1500ms`. */
export function exactDuration(ns: number): string {
  const [unitNs, unit] = DURATIONS.find(([each]) => ns % each === 0) ?? [1, 'ns'];
  return `${ns / unitNs}${unit}`;
}

/** Events per second: `20k/s`. */
export function formatRate(perSec: number): string {
  if (perSec > 0 && perSec < 0.01) return `${significant(perSec * 3600)}/h`;
  return `${formatCount(perSec)}/s`;
}

/** A count with k, M or G: `50M`. */
export function formatCount(count: number): string {
  return count < 1 ? significant(count) : scaled(count, THOUSANDS);
}

/** A share in [0, 1] in per cent: `99.9%`. */
export function formatShare(share: number): string {
  // Four digits, because availability lives in the last of them.
  return `${significant(share * 100, 4)}%`;
}

export function formatSize(bytes: number): string {
  return scaled(bytes, SIZES);
}

/** In the largest unit that leaves at least 1 after rounding, so that 999.9us prints as 1ms. */
function scaled(value: number, units: readonly (readonly [number, string])[]): string {
  for (const [factor, unit] of units) {
    if (Number((value / factor).toPrecision(3)) >= 1) return `${significant(value / factor)}${unit}`;
  }
  const [factor, unit] = units[units.length - 1] ?? [1, ''];
  return `${significant(value / factor)}${unit}`;
}

function plainDigits(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1 ? BigInt(rounded).toString() : rounded.toFixed(12).replace(/0+$/, '');
}
