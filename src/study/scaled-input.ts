/** An input made larger or smaller, as it would be written. */
import {
  parseClock,
  parseDuration,
  parseHourlyPrice,
  parseMoney,
  parsePercent,
  parseRate,
  parseSize,
} from '../base/units.ts';
import { flowText, type Plain } from '../scenario/tree.ts';

/** Digits of a scaled quantity. */
const DIGITS = 6;

const QUANTITIES = [
  parseDuration,
  parseRate,
  parsePercent,
  parseSize,
  parseClock,
  parseMoney,
  parseHourlyPrice,
];

/**
 * `factor` times a quantity; of a distribution its times, so that its shape stays. Whole numbers stay whole, and at least 1. A
 * share that would pass 100 % stays as it is. null: nothing to scale.
 */
export function scaledInput(value: Plain, factor: number): string | null {
  const scaled = scaledPlain(value, factor);
  return scaled === null ? null : flowText(scaled);
}

function scaledPlain(value: Plain, factor: number): Plain | null {
  if (typeof value === 'number') return scaledNumber(value, factor);
  if (typeof value === 'string') return scaledText(value, factor);
  if (typeof value !== 'object' || value === null) return null;
  return scaledTimes(value, factor);
}

function scaledNumber(value: number, factor: number): number {
  if (!Number.isInteger(value)) return Number((value * factor).toPrecision(DIGITS));
  const rounded = Math.round(value * factor);
  // A fifth of four is less than one: the nearest other number is what can be tried.
  return Math.max(1, rounded === value ? value + Math.sign(factor - 1) : rounded);
}

function scaledText(text: string, factor: number): string | null {
  const match = /^(\d+(?:\.\d+)?)(\s*)(\D.*)?$/.exec(text.trim());
  if (match === null) return null;
  const [, digits = '', gap = '', unit = ''] = match;
  if (unit === '') return String(scaledNumber(Number(digits), factor));
  // A count written with k or M is one number, too.
  const isKnown = /^[kMG]$/.test(unit) || QUANTITIES.some((read) => read(text).ok);
  if (!isKnown) return null;
  const scaled = Number((Number(digits) * factor).toPrecision(DIGITS));
  if (parsePercent(text).ok && scaled > 100) return text;
  return `${scaled}${gap}${unit}`;
}

/** The durations anywhere in it; null without any. */
function scaledTimes(value: Plain, factor: number): Plain | null {
  let count = 0;
  const visit = (part: Plain): Plain => {
    if (typeof part === 'string' && parseDuration(part).ok) {
      const scaled = scaledText(part, factor);
      if (scaled === null) return part;
      count++;
      return scaled;
    }
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, visit(each)]));
  };
  const scaled = visit(value);
  return count === 0 ? null : scaled;
}
