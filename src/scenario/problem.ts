/** A mistake tied to a node of the tree, on its way to becoming a diagnostic. */
import type { Diagnostic, Severity } from '../base/diagnostics.ts';
import { CODES, type Code } from './codes.ts';
import type { Place } from './source-text.ts';
import type { Origin } from './tree.ts';
import type { Path } from './types.ts';

/** One fix. A search for a similar name is worth its time only where somebody reads the result. */
export type Help = string | null | (() => string);

export interface Problem {
  readonly code: Code;
  readonly message: string;
  readonly help: Help;
  readonly origin: Origin;
}

/** A problem and the place of the value it is about, so that follow-ups can be left out. */
export interface PlacedProblem {
  readonly path: Path;
  readonly problem: Problem;
}

export function problem(code: Code, origin: Origin, message: string, help: Help = null): Problem {
  return { code, origin, message, help };
}

/** Place of an origin: for text of the catalogue, the line of the user that asked for it. */
export function placeOf(origin: Origin): Place {
  let user = origin;
  while (user.askedAt !== null) user = user.askedAt;
  return user.source.locate(user.from, user.to);
}

export function severityOf(code: Code): Severity {
  return CODES[code].severity;
}

/** Sorted by place, each said once; at most `max`, errors before warnings, and then how many more there are. */
export function toDiagnostics(problems: readonly Problem[], max = Number.POSITIVE_INFINITY): Diagnostic[] {
  const seen = new Set<string>();
  const found: Unfinished[] = [];
  for (const { code, message, help, origin } of problems) {
    const { askedAt, preset, source } = origin;
    const where = askedAt === null ? '' : ` (in the catalogue, ${preset ?? source.file})`;
    const one = { code, severity: severityOf(code), message: message + where, help, ...placeOf(origin) };
    // A preset can use one unknown key of the user's in many places.
    const key = JSON.stringify([code, code === 'HF101' ? '' : one.message, one.file, one.line, one.col]);
    if (!seen.has(key)) found.push(one);
    seen.add(key);
  }
  return shortened(found.sort(byPlace), max).map((one) => ({
    ...one,
    help: typeof one.help === 'function' ? one.help() : one.help,
  }));
}

type Unfinished = Omit<Diagnostic, 'help'> & { readonly help: Help };

function shortened(all: readonly Unfinished[], max: number): readonly Unfinished[] {
  if (all.length <= max) return all;
  const worstFirst = all.toSorted((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  const [first, ...hidden] = worstFirst.slice(max);
  if (first === undefined) return all;
  const message = `at least ${hidden.length + 1} more mistakes are not listed`;
  const rest: Unfinished = {
    ...first,
    code: 'HF010',
    severity: severityOf('HF010'),
    message,
    help: 'mend those that are',
  };
  return [...worstFirst.slice(0, max).sort(byPlace), rest];
}

function byPlace(a: Unfinished, b: Unfinished): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.col - b.col || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
