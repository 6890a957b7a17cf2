/** ERROR BUDGETS of the terminal summary. */
import type { Findings } from '../../analysis/findings.ts';
import { burnRows } from '../burn.ts';
import { escapeTerminal } from '../escape.ts';
import { wrap } from '../width.ts';
import type { TextContext } from './context.ts';

/** Those that burn least need not all be seen. */
const ROWS_MAX = 6;

export function burnLines(findings: Findings, { paint, texts, columns }: TextContext): string[] {
  const rows = burnRows(findings, texts);
  if (rows.length === 0) return [];
  const { burn } = texts.budgets;
  return [
    paint('bold', burn.head),
    ...rows.slice(0, ROWS_MAX).flatMap(({ look, id, condition, of, burnt, half, all }) => {
      const text = `${id} ${condition}: ${burn.burnt(burnt, half, all)}; ${of}`;
      const [first = '', ...rest] = wrap(escapeTerminal(text), columns, '    ');
      return [`  ${paint(look.tone, look.sign)} ${first.trimStart()}`, ...rest];
    }),
    ...(rows.length > ROWS_MAX ? [`  ${texts.terminal.more(rows.length - ROWS_MAX)}`] : []),
  ];
}
