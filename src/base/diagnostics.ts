/** What is wrong with a file of the user, where, and what to write instead; several at once, like a compiler. */
import { displayWidth } from './width.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Diagnostic {
  /** Stable name such as `HF201`; tests and suppressions match it, never the prose. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** One fix, or null. */
  readonly help: string | null;
  readonly file: string;
  /** 1-based; `col` counts UTF-16 code units. */
  readonly line: number;
  readonly col: number;
  /** Characters to underline, at least 1. */
  readonly length: number;
  /** The line itself, or null when there is none to show. */
  readonly sourceLine: string | null;
  /** Of advice: the names and numbers of its message by what they are, for other languages. */
  readonly words?: Readonly<Record<string, string>>;
}

/** A mistake of the user's, not ours: printed without a stack, ends the process with `exitCode`. */
export class UserError extends Error {
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, exitCode: number, diagnostics: readonly Diagnostic[] = []) {
    super(message);
    this.name = 'UserError';
    this.exitCode = exitCode;
    this.diagnostics = diagnostics;
  }
}

const SHOWN_COLUMNS_MAX = 120;

/**
 * Text for a terminal or a log: each diagnostic with its line and a caret, then one line of totals.
 * Prints at most `limit`; the totals count all.
 */
export function renderDiagnostics(list: readonly Diagnostic[], limit = 50): string {
  if (list.length === 0) return '';
  const blocks = list.slice(0, limit).map(renderDiagnostic);
  const hidden = list.length - blocks.length;
  if (hidden > 0) blocks.push(`… and ${hidden} more`);
  return `${blocks.join('\n\n')}\n\n${summary(list)}\n`;
}

/** One diagnostic in the form of rustc: heading, place, line, caret, help. */
export function renderDiagnostic(one: Diagnostic): string {
  const place = `${printable(one.file)}:${one.line}:${one.col}`;
  const head = `${one.severity}[${one.code}]: ${printable(one.message)}`;
  const number = String(one.line);
  const gutter = ' '.repeat(number.length);
  const lines = [head, `${gutter}--> ${place}`];
  if (one.sourceLine !== null) {
    const { text, caret } = excerpt(one.sourceLine, one.col, one.length);
    lines.push(`${gutter} |`, `${number} | ${text}`, `${gutter} | ${caret}`);
  }
  if (one.help !== null) lines.push(`${gutter} = help: ${printable(one.help)}`);
  return lines.join('\n');
}

/** Untrusted text must not move the cursor, ring, or colour the terminal of whoever reads the report. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (c) => {
      const code = c.charCodeAt(0);
      return code < 256
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** The part of the line around the mistake, each character as shown, with carets below it. */
function excerpt(line: string, col: number, length: number): { text: string; caret: string } {
  const at = Math.min(Math.max(0, col - 1), line.length);
  const from = line.length <= SHOWN_COLUMNS_MAX ? 0 : Math.max(0, at - 40);
  const to = Math.min(line.length, from + SHOWN_COLUMNS_MAX);
  const end = Math.min(to, at + Math.max(1, length));
  const tabs = (text: string): string => printable(text.replaceAll('\t', '  '));
  const before = `${from > 0 ? '…' : ''}${tabs(line.slice(from, at))}`;
  const marked = tabs(line.slice(at, end));
  const after = `${tabs(line.slice(end, to))}${to < line.length ? '…' : ''}`;
  return {
    text: before + marked + after,
    caret: ' '.repeat(displayWidth(before)) + '^'.repeat(Math.max(1, displayWidth(marked))),
  };
}

function summary(list: readonly Diagnostic[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = list.filter((each) => each.severity === severity).length;
    if (count === 0) return [];
    return [`${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`];
  });
  const files = [...new Set(list.map((each) => printable(each.file)))];
  return `${parts.join(', ')} in ${files.join(', ')}`;
}
