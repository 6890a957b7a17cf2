/** What the event burns of error budgets, as a reader sees it, alike on the terminal and in the page. */
import type { BudgetFinding, BurnFinding, Findings } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';
import { formatCount, formatFactor, formatShare } from './format.ts';
import type { Look } from './looks.ts';
import { phraseOf } from './sentences.ts';
import type { Texts } from './texts/en.ts';

export interface BurnRow {
  readonly look: Look;
  readonly id: string;
  readonly condition: string;
  /** Target and time. */
  readonly of: string;
  readonly burnt: string;
  readonly lost: string;
  readonly allowed: string;
  /** When half of it, and all of it, was gone; null = never. */
  readonly half: string | null;
  readonly all: string | null;
}

const GONE: Look = { sign: '●', tone: 'bad' };
const GOING: Look = { sign: '◐', tone: 'warn' };
const LEFT: Look = { sign: '○', tone: 'good' };

/** Those that burn most first. */
export function burnRows(findings: Pick<Findings, 'budgets' | 'scenario'>, texts: Texts): BurnRow[] {
  return findings.budgets
    .flatMap((budget) => (budget.burn === undefined ? [] : [{ budget, burn: budget.burn }]))
    .toSorted((a, b) => b.burn.share - a.burn.share)
    .map(({ budget, burn }) => burnRow(budget, burn, findings, texts));
}

function burnRow(
  budget: BudgetFinding,
  { share, lost, allowed, halfNs, allNs }: BurnFinding,
  { scenario }: Pick<Findings, 'scenario'>,
  texts: Texts,
): BurnRow {
  const clock = clockOf(scenario);
  const { target, window } = phraseOf(budget, { scenario });
  const time = texts.budgets.label(window);
  return {
    look: share >= 1 ? GONE : share >= 0.5 ? GOING : LEFT,
    id: budget.id,
    condition: budget.text,
    of: time === null ? target : `${target}, ${time}`,
    burnt: share >= 1 ? formatFactor(share) : formatShare(share),
    lost: formatCount(lost),
    allowed: formatCount(allowed),
    half: halfNs === null ? null : clock(halfNs),
    all: allNs === null ? null : clock(allNs),
  };
}

/** The same of one budget in a sentence; none where it has no error budget. */
export function burnSentences(
  budget: BudgetFinding,
  { scenario }: Pick<Findings, 'scenario'>,
  texts: Texts,
): string[] {
  const rows = burnRows({ budgets: [budget], scenario }, texts);
  return rows.map(({ burnt, half, all }) => texts.budgets.burn.sentence(burnt, half, all));
}
