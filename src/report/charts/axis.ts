/** Ticks and their texts: the same in the page and in pictures. */
import type { LinePlan, ValueUnit } from './plan.ts';

/** Colours that stay apart for colour-blind readers (Okabe and Ito 2008), without the yellow. */
const PALETTE: readonly string[] = [
  ...['#0072b2', '#d55e00', '#009e73', '#e69f00', '#cc79a7', '#56b4e9', '#1f2937', '#7f7f7f'],
];
export const COLOURS = PALETTE.length;

export function palette(index: number): string {
  return PALETTE[index % COLOURS] ?? '#7f7f7f';
}

/**
 * Values as text, in pictures and in the page, which gets this object as text: a method uses nothing but its arguments and
 * `this`.
 */
const SPOKEN = {
  digits(value: number): string {
    if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
    return String(Number(value.toPrecision(3)));
  },

  /** Seconds from the start of the run as `00:02:21` or `t+02:21`. */
  clock(startSeconds: number | null, seconds: number): string {
    const at = Math.round(((startSeconds ?? 0) + seconds) * 1000) / 1000;
    const two = [Math.floor(at / 3600) % 24, Math.floor(at / 60) % 60, Math.floor(at) % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    const fraction = at % 1 === 0 ? '' : (at % 1).toFixed(3).slice(1).replace(/0+$/, '');
    if (startSeconds !== null) return two.join(':') + fraction;
    return `t+${(at < 3600 ? two.slice(1) : two).join(':')}${fraction}`;
  },

  /** A value with its unit, 3 significant digits at most. */
  quantity(unit: ValueUnit, value: number): string {
    if (unit === 'share') return `${this.digits(value * 100)} %`;
    const size = Math.abs(value);
    if (unit === 'ms') {
      if (size >= 1000) return `${this.digits(value / 1000)} s`;
      return value !== 0 && size < 1 ? `${this.digits(value * 1000)} µs` : `${this.digits(value)} ms`;
    }
    if (unit === 'money') return this.digits(value);
    const tail = unit === 'perSec' ? '/s' : '';
    if (size >= 1e6) return `${this.digits(value / 1e6)}M${tail}`;
    return size >= 1e3 ? `${this.digits(value / 1e3)}k${tail}` : `${this.digits(value)}${tail}`;
  },

  /** A value of the x axis. */
  x(kind: XKind, startSeconds: number | null, at: number): string {
    if (kind === 'time') return this.clock(startSeconds, at);
    if (kind === 'load') return `${this.digits(at)}×`;
    return at === 0 ? '0 %' : `${(100 * (1 - 10 ** -at)).toFixed(Math.max(0, Math.ceil(at) - 2))} %`;
  },
};

export type XKind = NonNullable<LinePlan['xKind']>;

/**
 * Script text of an expression that is `SPOKEN`. `__name` is what esbuild, and so every loader built on it, wraps functions in
 * to keep their names.
 */
export const SPOKEN_SOURCE = `((__name) => ({${Object.values(SPOKEN).map(String).join(',\n')}}))((each) => each)`;

export function quantity(unit: ValueUnit, value: number): string {
  return SPOKEN.quantity(unit, value);
}

const TIME_STEPS: readonly number[] = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200],
];

/** Distance of ticks on a time axis: the first round one that gives at most 9. */
export function timeStep(lengthSeconds: number): number {
  return TIME_STEPS.find((step) => lengthSeconds / step <= 9) ?? Math.ceil(lengthSeconds / 9 / 86400) * 86400;
}

/** 1, 2 or 5 times a power of ten: the first that gives at most so many ticks. */
function roundStep(length: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(length / most));
  return [1, 2, 5, 10].map((each) => each * power).find((step) => length / step <= most) ?? 10 * power;
}

/** Of a value axis. */
const TICKS_MAX = 5;

export interface Tick {
  readonly at: number;
  readonly text: string;
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, nth) =>
    Number(((first + nth) * step).toPrecision(12)),
  );
}

export function xTicks({ xKind = 'time', xMin = 0, xMax, startSeconds }: LinePlan): Tick[] {
  const step = xKind === 'time' ? timeStep(xMax - xMin) : xKind === 'nines' ? 1 : roundStep(xMax - xMin, 8);
  return multiples(xMin, xMax, step).map((at) => ({ at, text: SPOKEN.x(xKind, startSeconds, at) }));
}

/** Of a log axis 1, 2 and 5 of each decade, the powers of ten where these are too many, round steps where too few. */
function logTicks(min: number, max: number): number[] {
  const decades = Array.from(
    { length: Math.floor(Math.log10(max)) - Math.floor(Math.log10(min)) + 1 },
    (_, nth) => 10 ** (Math.floor(Math.log10(min)) + nth),
  );
  const all = decades.flatMap((power) => (decades.length > 3 ? [power] : [power, 2 * power, 5 * power]));
  const inside = all.filter((each) => each >= min * 0.999 && each <= max * 1.001);
  return inside.length >= 3 ? inside : multiples(min, max, roundStep(max - min, TICKS_MAX));
}

/** Values of the axis from bottom to top. */
export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly isLog: boolean;
  readonly ticks: readonly Tick[];
}

export function valueAxis({ series, scale, valueMax, unit }: LinePlan): ValueAxis {
  const values = series.flatMap(({ points }) => points.flatMap(([, y]) => (y === null ? [] : [y])));
  const most = Math.max(valueMax ?? 0, ...values);
  if (scale === 'log') {
    const positive = values.filter((value) => value > 0);
    const least = positive.length === 0 ? 1 : Math.min(...positive);
    const min = least * 0.9;
    const max = Math.max(most * 1.12, min * 2);
    const ticks = logTicks(min, max).map((at) => ({ at, text: quantity(unit, at) }));
    return { min, max, isLog: true, ticks };
  }
  const step = roundStep(most === 0 ? 1 : most, TICKS_MAX);
  const max =
    valueMax !== null && most <= valueMax ? valueMax : step * Math.ceil((most * 1.02) / step - 1e-9);
  const top = max === 0 ? 1 : max;
  return {
    min: 0,
    max: top,
    isLog: false,
    ticks: multiples(0, top, step).map((at) => ({ at, text: quantity(unit, at) })),
  };
}

/** Share of the axis below a value, cut at its ends. */
export function shareOfAxis({ min, max, isLog }: ValueAxis, value: number): number {
  const share = isLog
    ? value <= 0
      ? 0
      : Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
  return Math.min(1, Math.max(0, share));
}
