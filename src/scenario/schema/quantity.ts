/**
 * Quantities as zod schemas. A schema is one source for two readers: `parse` turns the text into the inside unit,
 * the metadata becomes the JSON Schema that editors use (`$example` is renamed to `examples` there).
 */
import * as z from 'zod';
import * as units from '../../base/units.ts';
import type { Code } from '../codes.ts';

/** Names of `definitions` in the JSON Schema; each has a twin for the long form. */
export type QuantityType =
  | 'duration'
  | 'rate'
  | 'share'
  | 'ratio'
  | 'count'
  | 'room'
  | 'number'
  | 'size'
  | 'money'
  | 'price'
  | 'clock';

/** Bounds in the inside unit; the text is what a user reads when they are broken. */
export interface Bounds {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
}

interface Context {
  readonly issues: z.core.$ZodRawIssue[];
}

/** Adds a problem of ours to a zod run; `path` is relative to the value being read. */
export function refuse(
  context: Context,
  input: unknown,
  {
    code,
    message,
    help,
    path,
  }: { code: Code; message: string; help?: string | undefined; path?: (string | number)[] },
): void {
  const params = { code, help: help ?? null };
  context.issues.push({ code: 'custom', input, message, params, ...(path === undefined ? {} : { path }) });
}

/** An object that knows its keys: the message of an unknown-key issue lists what would be right there. */
export function strict<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}

/** Text documentation of a key, for any schema. */
export function doc<S extends z.ZodType>(schema: S, description: string, example: unknown): S {
  return schema.meta({ description, $example: example });
}

export type Quantity<T> = z.ZodPipe<z.ZodUnknown, z.ZodTransform<T>>;

function quantity<T>(
  type: QuantityType,
  read: (raw: unknown) => units.Parsed<T>,
  description: string,
  example: unknown,
  sizeOf: (value: T) => number,
  bounds: Bounds,
  show: (size: number, raw: unknown) => string = showAlike,
): Quantity<T> {
  return z
    .unknown()
    .transform((raw, context): T => {
      const parsed = read(raw);
      if (!parsed.ok) {
        if (raw === undefined) context.issues.push({ code: 'invalid_type', expected: 'string', input: raw });
        else refuse(context, raw, { code: 'HF201', message: parsed.problem, help: parsed.help });
        return z.NEVER;
      }
      const broken = brokenBound(sizeOf(parsed.value), bounds, (size) => show(size, raw));
      if (broken === null) return parsed.value;
      refuse(context, raw, {
        code: 'HF202',
        message: `${String(raw)} is out of bounds: ${broken}`,
        help: `e.g. ${String(example)}`,
      });
      return z.NEVER;
    })
    // Not meta(), which copies the schema: there are hundreds, and all are made before a run.
    .register(z.globalRegistry, {
      description,
      $example: example,
      anyOf: [{ $ref: `#/definitions/${type}` }, { $ref: `#/definitions/${type}WithSource` }],
    });
}

function brokenBound(
  size: number,
  { min, above, max }: Bounds,
  show: (size: number) => string,
): string | null {
  if (min !== undefined && size < min) return `at least ${show(min)}`;
  if (above !== undefined && size <= above) return `more than ${show(above)}`;
  if (max !== undefined && size > max) return `at most ${show(max)}`;
  return null;
}

/** A bound in the way the value was written: in per cent, with k, M or G, or in plain digits. */
function showAlike(size: number, raw: unknown): string {
  if (typeof raw !== 'string') return String(size);
  if (raw.trim().endsWith('%')) return units.formatShare(size);
  return /[kMG]$/.test(raw.trim()) ? units.formatCount(size) : String(size);
}

/** A quantity that must be text because it has a unit; the parser explains a bare number. */
function fromText<T>(parse: (text: string) => units.Parsed<T>): (raw: unknown) => units.Parsed<T> {
  return (raw) => {
    if (typeof raw === 'string') return parse(raw);
    if (typeof raw === 'number') return parse(String(raw));
    return { ok: false, problem: `expected a quantity, found ${kindOf(raw)}`, help: helpFor(raw) };
  };
}

function kindOf(raw: unknown): string {
  if (raw === null || raw === undefined) return 'nothing';
  if (Array.isArray(raw)) return 'a list';
  return typeof raw === 'boolean' ? String(raw) : 'a map';
}

function helpFor(raw: unknown): string {
  const isLong = typeof raw === 'object' && raw !== null && 'value' in raw;
  return isLong ? 'the long form is { value, source, confidence }' : 'write one value with its unit';
}

function readNumber(raw: unknown): units.Parsed<number> {
  if (typeof raw !== 'number') return fromText(units.parseNumber)(raw);
  if (Number.isFinite(raw) && raw >= 0) return { ok: true, value: raw };
  return {
    ok: false,
    problem: `not a usable number: ${raw}`,
    help: 'write a finite number that is not negative',
  };
}

/** A plain factor, also in per cent: CV 0.8 is 80 %. */
function readRatio(raw: unknown): units.Parsed<number> {
  return typeof raw === 'string' && raw.trim().endsWith('%') ? units.parsePercent(raw) : readNumber(raw);
}

function readCount(raw: unknown): units.Parsed<number> {
  const parsed = readNumber(raw);
  if (!parsed.ok || Number.isSafeInteger(parsed.value)) return parsed;
  return {
    ok: false,
    problem: `not a whole number: ${String(raw)}`,
    help: 'write a whole number, e.g. 4 or 50M',
  };
}

/** A count, or `unlimited`. */
function readRoom(raw: unknown): units.Parsed<number> {
  if (raw === 'unlimited') return { ok: true, value: Number.POSITIVE_INFINITY };
  const parsed = readCount(raw);
  if (parsed.ok || (typeof raw === 'object' && raw !== null)) return parsed;
  return { ...parsed, help: 'write a whole number, or unlimited' };
}

const same = (value: number): number => value;

export function duration(description: string, example: string, bounds: Bounds = {}): Quantity<number> {
  return quantity('duration', fromText(units.parseDuration), description, example, same, bounds, units.formatDuration);
}

export function rate(description: string, example: string, bounds: Bounds = {}): Quantity<number> {
  return quantity('rate', fromText(units.parseRate), description, example, same, bounds, units.formatRate);
}

export function share(description: string, example: string, bounds: Bounds = {}): Quantity<number> {
  return quantity('share', fromText(units.parseShare), description, example, same, bounds, units.formatShare);
}

export function ratio(description: string, example: number | string, bounds: Bounds = {}): Quantity<number> {
  return quantity('ratio', readRatio, description, example, same, bounds);
}

export function count(
  description: string,
  example: number | string,
  bounds: Bounds = { min: 1 },
): Quantity<number> {
  return quantity('count', readCount, description, example, same, { max: 1e9, ...bounds });
}

/** A count that may also be `unlimited`. */
export function room(description: string, example: number, bounds: Bounds): Quantity<number> {
  return quantity('room', readRoom, description, example, same, bounds);
}

export function number(description: string, example: number, bounds: Bounds = {}): Quantity<number> {
  return quantity('number', readNumber, description, example, same, bounds);
}

export function size(description: string, example: string, bounds: Bounds = {}): Quantity<number> {
  return quantity('size', fromText(units.parseSize), description, example, same, bounds);
}

export function clock(description: string, example: string): Quantity<number> {
  return quantity('clock', fromText(units.parseClock), description, example, same, {});
}

export function money(description: string, example: string): Quantity<units.Money> {
  return quantity('money', fromText(units.parseMoney), description, example, (value) => value.amount, {});
}

export function price(description: string, example: string): Quantity<units.Money> {
  return quantity(
    'price',
    fromText(units.parseHourlyPrice),
    description,
    example,
    (value) => value.amount,
    {},
  );
}

export function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  description: string,
): z.ZodEnum<z.util.ToEnum<Values[number]>> {
  return z.enum(values).register(z.globalRegistry, { description, $example: values[0] });
}
