/** capacity.json, sensitivity.json and comparison.json: text back to documents, for the review to be drawn from. */
import type { CAPACITY_SCHEMA_VERSION } from '../study/capacity-document.ts';
import type { COMPARISON_SCHEMA_VERSION } from '../study/comparison.ts';
import type { SENSITIVITY_SCHEMA_VERSION } from '../study/sensitivity-document.ts';
import type { ParseProblem } from './json.ts';
import type { ReviewDocuments } from './review.ts';

export type StudyKind = 'capacity' | 'sensitivity' | 'comparison';
export type Study = { readonly [Kind in StudyKind]: NonNullable<ReviewDocuments[Kind]> };

/** Typed as the versions of the documents, so that the two cannot drift apart. */
const READABLE: {
  readonly capacity: typeof CAPACITY_SCHEMA_VERSION;
  readonly sensitivity: typeof SENSITIVITY_SCHEMA_VERSION;
  readonly comparison: typeof COMPARISON_SCHEMA_VERSION;
} = { capacity: 1, sensitivity: 1, comparison: 3 };

/** What each must have for its outline to be there. */
const KEYS: Readonly<Record<StudyKind, readonly string[]>> = {
  capacity: ['scenario', 'replications', 'bound', 'points', 'without'],
  sensitivity: ['scenario', 'replications', 'base', 'inputs', 'leftOut'],
  comparison: ['before', 'after', 'replications', 'differences'],
};

export type ParsedStudy =
  | { readonly ok: true; readonly documents: Partial<Study>; readonly kind: StudyKind }
  | { readonly ok: false; readonly problem: ParseProblem };

/** Reads a document that `capacity`, `compare --json` or a sensitivity study wrote; its `$schema` says which it is. */
export function parseStudy(text: string): ParsedStudy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: { kind: 'not-json', detail } };
  }
  const record = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  const kind = kindOf(record['$schema']);
  const version = record['schemaVersion'];
  if (kind === null || typeof version !== 'number') return { ok: false, problem: { kind: 'not-a-result' } };
  const readable = READABLE[kind];
  if (version !== readable)
    return { ok: false, problem: { kind: 'other-version', found: version, readable } };
  const missing = KEYS[kind].find((key) => typeof record[key] !== 'object' || record[key] === null);
  if (missing !== undefined) return { ok: false, problem: { kind: 'incomplete', key: missing } };
  return { ok: true, kind, documents: { [kind]: value } };
}

function kindOf(schema: unknown): StudyKind | null {
  const kind = typeof schema === 'string' ? /^urn:hongfeng:(\w+):\d+$/.exec(schema)?.[1] : undefined;
  return kind === 'capacity' || kind === 'sensitivity' || kind === 'comparison' ? kind : null;
}
