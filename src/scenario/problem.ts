/** A mistake tied to a node of the tree, on its way to becoming a diagnostic. */
import type { Diagnostic, Severity } from '../base/diagnostics.ts';
import { CODES, type Code } from './codes.ts';
import type { Place } from './source-text.ts';
import type { Origin } from './tree.ts';

export interface Problem {
  readonly code: Code;
  readonly message: string;
  readonly help: string | null;
  readonly origin: Origin;
}

export function problem(code: Code, origin: Origin, message: string, help: string | null = null): Problem {
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

/** Sorted by place, each said once. */
export function toDiagnostics(problems: readonly Problem[]): Diagnostic[] {
  const seen = new Set<string>();
  const found: Diagnostic[] = [];
  for (const { code, message, help, origin } of problems) {
    const { askedAt, preset, source } = origin;
    const where = askedAt === null ? '' : ` (in the catalogue, ${preset ?? source.file})`;
    const one = { code, severity: severityOf(code), message: message + where, help, ...placeOf(origin) };
    const key = JSON.stringify([code, one.message, one.file, one.line, one.col]);
    if (!seen.has(key)) found.push(one);
    seen.add(key);
  }
  return found.sort(byPlace);
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.col - b.col || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
