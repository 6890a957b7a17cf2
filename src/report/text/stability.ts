/** STABILITY of the terminal summary. */
import type { Findings } from '../../analysis/findings.ts';
import { escapeTerminal } from '../escape.ts';
import { recoverySentences, retryLoadSentence, runSentence } from '../stability.ts';
import { wrap } from '../width.ts';
import type { TextContext } from './context.ts';

const ROWS_MAX = 8;

/** Left out when every queue kept up, nothing was disturbed and no retries can do harm. */
export function stabilityLines(findings: Findings, { paint, texts, columns }: TextContext): string[] {
  const { run, recoveries, retryLoads } = findings.stability;
  if (run.verdict === 'stable' && recoveries.length === 0 && retryLoads.length === 0) return [];
  const loads = retryLoads.map((each) => retryLoadSentence(each, texts));
  const entries = [...recoverySentences(findings, texts), ...loads];
  const shown = entries.slice(0, ROWS_MAX);
  const tone = run.verdict === 'overloaded' || run.verdict === 'metastable' ? 'bad' : 'good';
  return [
    `${paint('bold', texts.stability.short)}  ${paint(tone, runSentence(findings, texts))}`,
    ...shown.flatMap((each) => wrap(escapeTerminal(each), columns, '  ', '    ')),
    ...(entries.length > ROWS_MAX ? [`  ${texts.terminal.more(entries.length - ROWS_MAX)}`] : []),
  ];
}
