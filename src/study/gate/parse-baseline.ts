import { BASELINE_SCHEMA_VERSION, type Baseline, type BaselineBudget } from './baseline.ts';
import type { Acceptance } from './gate-check.ts';

export type ParsedBaseline =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly problem: BaselineProblem };

/** What is wrong with a baseline file; the caller, who knows its name, words the message. */
export type BaselineProblem =
  | { readonly kind: 'not-json'; readonly detail: string }
  | { readonly kind: 'not-a-baseline' }
  | { readonly kind: 'other-version'; readonly found: number; readonly readable: number }
  | { readonly kind: 'malformed'; readonly path: string };

/** Reads a baseline file; people merge such files by hand, so every value is looked at. */
export function parseBaseline(text: string): ParsedBaseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse({ kind: 'not-json', detail: error instanceof Error ? error.message : String(error) });
  }
  const { schemaVersion, $schema } = asRecord(value);
  if (typeof schemaVersion !== 'number' || !String($schema).startsWith('urn:hongfeng:baseline:')) {
    return refuse({ kind: 'not-a-baseline' });
  }
  if (schemaVersion !== BASELINE_SCHEMA_VERSION) {
    return refuse({ kind: 'other-version', found: schemaVersion, readable: BASELINE_SCHEMA_VERSION });
  }
  const path = malformedPath(value, SHAPE, '');
  return path === null ? { ok: true, baseline: value as Baseline } : refuse({ kind: 'malformed', path });
}

function refuse(problem: BaselineProblem): ParsedBaseline {
  return { ok: false, problem };
}

/** What a value must be: of a record every field named here, of a list every entry. */
type Shape =
  | ((value: unknown) => boolean)
  | { readonly record: Readonly<Record<string, Shape>> }
  | { readonly list: Shape };

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const orNull =
  (is: (value: unknown) => boolean): Shape =>
  (value) =>
    value === null || is(value);
const anything: Shape = () => true;
const isUnit = (value: unknown): boolean =>
  ['ns', 'ratio', 'perSec', 'count', 'factor', 'money'].includes(String(value));

const NAME = { id: isText, target: isText, metric: isText, window: anything } satisfies Record<string, Shape>;

const BUDGET: Record<keyof BaselineBudget, Shape> = {
  ...NAME,
  unit: isUnit,
  value: orNull(isNumber),
  interval: anything,
  ofEach: { list: orNull(isNumber) },
};

const ACCEPTANCE: Record<keyof Acceptance, Shape> = {
  ...NAME,
  value: isNumber,
  reason: isText,
  by: orNull(isText),
  date: isText,
};

const SHAPE: Shape = {
  record: {
    tool: { record: { version: isText } },
    scenario: { record: { id: isText, sha256: isText } },
    conditions: {
      record: {
        seeds: { list: isText },
        untilNs: orNull(isNumber),
        slice: isNumber,
        isSampled: (value) => typeof value === 'boolean',
      },
    },
    budgets: { list: { record: BUDGET } },
    cost: (value) => isRecord(value) && Object.values(value).every(isNumber),
    accepted: { list: { record: ACCEPTANCE } },
  },
};

/** Path of the first value that is not what it must be, or null. */
function malformedPath(value: unknown, shape: Shape, path: string): string | null {
  if (typeof shape === 'function') return shape(value) ? null : path;
  if ('list' in shape) {
    if (!Array.isArray(value)) return path;
    return firstOf(value.map((each, index) => malformedPath(each, shape.list, `${path}[${index}]`)));
  }
  if (!isRecord(value)) return path;
  return firstOf(
    Object.entries(shape.record).map(([key, each]) =>
      malformedPath(value[key], each, path === '' ? key : `${path}.${key}`),
    ),
  );
}

function firstOf(paths: readonly (string | null)[]): string | null {
  return paths.find((path) => path !== null) ?? null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
