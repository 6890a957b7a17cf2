/** ALERTS of the terminal summary. */
import type { Findings } from '../../analysis/findings.ts';
import { alertRows } from '../alerts.ts';
import { escapeTerminal } from '../escape.ts';
import { wrap } from '../width.ts';
import type { TextContext } from './context.ts';

/** Those that never fire need not all be seen. */
const ROWS_MAX = 12;

export function alertLines(findings: Findings, { paint, texts, columns }: TextContext): string[] {
  const rows = alertRows(findings, texts);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, ROWS_MAX);
  return [
    paint('bold', texts.alerts.head),
    ...shown.flatMap(({ look, id, severity, fires, details, rule, target }) => {
      const text = [`${id} (${severity}): ${fires}`, details, `${rule}, ${target}`].filter(
        (part) => part !== '',
      );
      const [first = '', ...rest] = wrap(escapeTerminal(text.join('; ')), columns, '    ');
      return [`  ${paint(look.tone, look.sign)} ${first.trimStart()}`, ...rest];
    }),
    ...(rows.length > ROWS_MAX ? [`  ${texts.terminal.more(rows.length - ROWS_MAX)}`] : []),
  ];
}
