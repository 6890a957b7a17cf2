/** Signs of verdicts, alike on the terminal and in the page. */
import type { BudgetFinding, VerdictFinding } from '../analysis/findings.ts';

export type Tone = 'good' | 'warn' | 'bad';

export interface Look {
  readonly sign: string;
  readonly tone: Tone;
}

export const STATUS_LOOK: Readonly<Record<VerdictFinding['status'], Look>> = {
  holds: { sign: '✓', tone: 'good' },
  'thin-margin': { sign: '!', tone: 'warn' },
  'does-not-hold': { sign: '✗', tone: 'bad' },
  'cannot-say': { sign: '?', tone: 'warn' },
  'no-budgets': { sign: '–', tone: 'warn' },
};

export const VERDICT_LOOK: Readonly<Record<BudgetFinding['verdict'], Look>> = {
  fail: { sign: '✗', tone: 'bad' },
  'no-data': { sign: '?', tone: 'bad' },
  inconclusive: { sign: '~', tone: 'warn' },
  warn: { sign: '!', tone: 'warn' },
  pass: { sign: '✓', tone: 'good' },
};
