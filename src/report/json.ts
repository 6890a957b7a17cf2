/** result.json: Findings as text and back, and other documents as text. What is the same always gives the same bytes. */
import type { Findings, RESULT_SCHEMA_VERSION } from '../analysis/findings.ts';

/** Typed as the version of the findings, so that the two cannot drift apart. */
const READABLE_VERSION: typeof RESULT_SCHEMA_VERSION = 4;

/** Longest value that stays on one line. */
const INLINE_CHARS_MAX = 110;

/** A document of ours. Keys keep the order in which they are declared; lists of numbers stay on one line; ends with a newline. */
export function renderJson(document: object): string {
  return `${write(document, '', 'document')}\n`;
}

function write(value: unknown, indent: string, path: string): string {
  if (value === null || typeof value !== 'object') return scalar(value, path);
  const isArray = Array.isArray(value);
  const inner = `${indent} `;
  const items = isArray
    ? value.map((item, index) => write(item, inner, `${path}[${index}]`))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}: ${write(item, inner, `${path}.${key}`)}`,
      );
  const [open, close] = isArray ? '[]' : '{}';
  if (isArray && value.every((item) => item === null || typeof item !== 'object')) {
    return `[${items.join(',')}]`;
  }
  const isFlat = items.every((item) => !item.includes('\n'));
  const length = items.reduce((sum, item) => sum + item.length + 2, 2 + indent.length);
  if (isFlat && length <= INLINE_CHARS_MAX) return `${open}${items.join(', ')}${close}`;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** JSON.stringify would turn NaN into null ("no data") and drop undefined: both would be wrong and look right. */
function scalar(value: unknown, path: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${path} is ${value}`);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`${path} is ${typeof value}, which JSON cannot hold`);
  return text.replaceAll('##[', '#\\u0023['); // a command to GitHub Actions, wherever it stands
}

export type ParsedFindings =
  { readonly ok: true; readonly findings: Findings } | { readonly ok: false; readonly problem: ParseProblem };

/** What is wrong with a result file; the caller, who knows its name, words the message. */
export type ParseProblem =
  | { readonly kind: 'not-json'; readonly detail: string }
  | { readonly kind: 'not-a-result' }
  | { readonly kind: 'other-version'; readonly found: number; readonly readable: number }
  | { readonly kind: 'incomplete'; readonly key: string };

type Shape = 'array' | 'object' | 'object or null' | 'string';

const SHAPES: Readonly<Record<Exclude<keyof Findings, 'schemaVersion'>, Shape>> = {
  $schema: 'string',
  tool: 'object',
  scenario: 'object',
  mode: 'object',
  replications: 'object',
  stop: 'object',
  verdict: 'object',
  phases: 'array',
  budgets: 'array',
  alerts: 'array',
  breaks: 'array',
  chain: 'array',
  topology: 'object',
  headroom: 'array',
  stability: 'object',
  requests: 'array',
  worst: 'array',
  stations: 'array',
  layers: 'array',
  limiters: 'array',
  calls: 'array',
  anatomy: 'array',
  examples: 'array',
  percentiles: 'array',
  unloaded: 'array',
  cost: 'array',
  claims: 'array',
  advice: 'array',
  sizing: 'object or null',
  timeline: 'object',
  checks: 'array',
  shadow: 'object',
  startUp: 'object',
  ledger: 'array',
  histograms: 'object',
  measures: 'array',
  scenarioText: 'string',
};

/** Reads a result file written by `renderJson`, after checking that it is one and of a version this code knows. */
export function parseFindings(text: string): ParsedFindings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failure({ kind: 'not-json', detail: error instanceof Error ? error.message : String(error) });
  }
  if (shapeOf(value) !== 'object') return failure({ kind: 'not-a-result' });
  const record = value as Readonly<Record<string, unknown>>;
  const version = record['schemaVersion'];
  const tool = record['tool'] as { readonly name?: unknown } | null | undefined;
  if (typeof version !== 'number' || tool?.name !== 'hongfeng') return failure({ kind: 'not-a-result' });
  if (version !== READABLE_VERSION) {
    return failure({ kind: 'other-version', found: version, readable: READABLE_VERSION });
  }
  const missing = Object.entries(SHAPES).find(([key, shape]) => !hasShape(record[key], shape));
  if (missing !== undefined) return failure({ kind: 'incomplete', key: missing[0] });
  return { ok: true, findings: value as Findings };
}

function failure(problem: ParseProblem): ParsedFindings {
  return { ok: false, problem };
}

function hasShape(value: unknown, shape: Shape): boolean {
  const found = shapeOf(value);
  return shape === 'object or null' ? found === 'object' || found === 'null' : found === shape;
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
