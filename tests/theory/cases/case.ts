/** The validation set: cases with known answers, their scenario in the scenario language, and what is compared. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

/** Files of this folder, in the order of the set. */
export const CASE_FILES = [
  'single-server',
  'many-servers',
  'disciplines',
  'forks',
  'network',
  'layered',
  'load-balancing',
  'time-varying',
  'statistics',
] as const;
export type CaseFile = (typeof CASE_FILES)[number];

const numbers = z.union([z.number(), z.array(z.number())]);

/**
 * One known answer. `se`: standard error of the measure over a million customers. `sd`: standard deviation of one run.
 * `ci95`: half-width of the answer itself, a simulation. `band`: the answers under all rules of ties. `measure`: what
 * is measured (see ../sim/measure.ts), one text for each value or one with `@each` for the instants `at` in s.
 */
const expected = z.strictObject({
  value: numbers,
  unit: z.enum(['s', 'ms']).optional(),
  se: z.number().optional(),
  sd: z.number().optional(),
  ci95: z.number().optional(),
  band: z.tuple([z.number(), z.number()]).optional(),
  measure: z.union([z.string(), z.array(z.string())]).optional(),
  at: z.array(z.number()).optional(),
});

/** How the case is simulated. `fast`: length of a replication in the fast subset; without it the run is not in it. */
const run = z.strictObject({
  clock: z.strictObject({ lasts: z.string(), warmUp: z.string() }).optional(),
  replications: z.number(),
  fast: z.string().optional(),
  trace: z.strictObject({ count: z.number(), everySec: z.number() }).optional(),
  scenario: z.string().optional(),
  shape: z.enum(['fork-join', 'layered-tasks', 'sampled']).optional(),
  parameters: z.unknown().optional(),
  stations: z.string().optional(),
});

const oneCase = z.strictObject({
  id: z.string(),
  title: z.string(),
  area: z.string(),
  kind: z.enum(['stochastic', 'exact', 'simulated-reference']),
  source: z.string(),
  how: z.string(),
  notes: z.string().optional(),
  published: z.unknown().optional(),
  runs: z.record(z.string(), run).optional(),
  allowance: z.strictObject({ relative: z.number(), why: z.string() }).optional(),
  expected: z.record(z.string(), expected),
});

export type Case = z.output<typeof oneCase>;
export type RunSpec = z.output<typeof run>;

/** One number to be met. */
export interface Figure {
  readonly case: Case;
  /** Name, with its index where the answer is a list. */
  readonly name: string;
  readonly metric: string;
  readonly expected: number;
  /** Parts of a second that one unit of `expected` is. */
  readonly unitsPerSec: number;
  readonly se: number | null;
  readonly sd: number | null;
  readonly ci95: number | null;
  readonly band: readonly [number, number] | null;
  /** null: not measured in a simulation. */
  readonly measure: string | null;
}

const cache = new Map<CaseFile, readonly Case[]>();

export function casesOf(file: CaseFile): readonly Case[] {
  let cases = cache.get(file);
  if (cases === undefined) {
    const text = readFileSync(new URL(`${file}.yaml`, import.meta.url), 'utf8');
    cases = z.array(oneCase).parse(parse(text));
    cache.set(file, cases);
  }
  return cases;
}

export function allCases(): readonly Case[] {
  return CASE_FILES.flatMap(casesOf);
}

/** @throws {RangeError} for an id that is not in the set. */
export function caseOf(id: string): Case {
  const found = allCases().find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`no case ${id}`);
  return found;
}

export function figuresOf(from: Case): Figure[] {
  return Object.entries(from.expected).flatMap(([metric, answer]) => {
    const values = typeof answer.value === 'number' ? [answer.value] : answer.value;
    const measures = measuresOf(answer, values.length, `${from.id} ${metric}`);
    return values.map((value, index) => ({
      case: from,
      name: typeof answer.value === 'number' ? metric : `${metric}[${index}]`,
      metric,
      expected: value,
      unitsPerSec: answer.unit === 'ms' ? 1000 : 1,
      se: answer.se ?? null,
      sd: answer.sd ?? null,
      ci95: answer.ci95 ?? null,
      band: answer.band ?? null,
      measure: measures?.[index] ?? null,
    }));
  });
}

function measuresOf(
  { measure, at }: z.output<typeof expected>,
  count: number,
  where: string,
): string[] | null {
  if (measure === undefined) return null;
  const list = Array.isArray(measure)
    ? measure
    : at === undefined
      ? [measure]
      : at.map((sec) => measure.replace('@each', `@${sec}`));
  if (list.length !== count) throw new RangeError(`${where}: ${list.length} measures for ${count} values`);
  return list;
}
