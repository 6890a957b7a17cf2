/** What `check` says, on the terminal and to machines that show it to people. */
import type { BaselineNote, BaselineUsed, Outcome } from '../../study/gate/gate-check.ts';
import { plural } from './en-words.ts';

/** Of `all` numbers that budgets judge: beyond their limit; within it and worse than the baseline allows; warnings. */
interface BudgetCounts {
  readonly broken: number;
  readonly worse: number;
  readonly warnings: number;
  readonly all: number;
}

export const GATE = {
  outcome: {
    pass: 'PASSES',
    inconclusive: 'PASSES, NOT SURELY',
    regressed: 'HAS GOT WORSE',
    fail: 'FAILS',
    interrupted: 'STOPPED',
  } satisfies Record<Outcome, string>,
  reason: {
    pass: 'Every required budget is met, and none is worse than its baseline allows.',
    inconclusive: 'Of some budgets it cannot be told from chance whether they hold or have got worse.',
    regressed: 'All required budgets are met, but some are worse than the baseline allows.',
    fail: 'A required budget is broken or has no data.',
    interrupted: 'It was stopped before its end: nothing is judged.',
  } satisfies Record<Outcome, string>,
  /** Without a baseline there is nothing that could have got worse. */
  passesAlone: 'Every required budget is met.',
  inconclusiveAlone: 'Of some budgets it cannot be told from chance whether they hold.',
  neverEnds: 'A queue grows without end, or the site stays down after a disturbance: nothing holds.',
  budgets: 'BUDGETS',
  counts: ({ broken, worse, warnings, all }: BudgetCounts) =>
    [
      broken > 0 ? `${broken} failed` : '',
      worse > 0 ? `${worse} worse` : '',
      warnings > 0 ? plural(warnings, 'warning') : '',
      `${all - broken - worse - warnings} passed`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  replications: (count: number) => plural(count, 'replication'),
  seed: (seed: string) => `seed ${seed}`,
  against: (kind: BaselineUsed['kind'], name: string, commit: string | null) =>
    kind === 'file' ? `against ${name}` : `against git:${name} (${(commit ?? '').slice(0, 12)})`,
  noBaseline: 'no baseline',
  heads: {
    budget: 'budget',
    condition: 'condition',
    measured: 'measured',
    margin: 'margin',
    base: 'baseline',
    change: 'change',
    of: 'of',
  },
  /** In place of the sign of a verdict. */
  worse: 'WORSE',
  /** Beside the size of a change, or in its place. */
  change: { accepted: 'accepted', new: 'new', unknown: '?' },
  points: (size: string) => `${size} pt`,
  /** Why a change is a regression. */
  regressed: (before: string, after: string, change: string, limits: string) =>
    `Worse than the baseline: ${before} before, ${after} now (${change}); allowed: ${limits}.`,
  limits: (tolerance: string, floor: string) => `up to ${tolerance}, or ${floor}`,
  unknown: 'Whether it is worse than the baseline cannot be told from chance.',
  acceptedBy: (by: string | null, date: string, reason: string) =>
    `accepted ${date}${by === null ? '' : ` by ${by}`}: ${reason}`,
  note: {
    'other-version': 'The baseline was made by another version of hongfeng: a change may be of the tool.',
    'other-seeds':
      'The baseline has other random numbers, or another number of replications: nothing can be told from chance.',
    'other-span': 'The baseline is of another part of the time (--until): nothing can be told from chance.',
    'other-slice':
      'The baseline was simulated with another share of the traffic: nothing can be told from chance.',
    'ran-away': 'A queue of the baseline grew without end: there is nothing to compare with.',
    'unreadable-scenario':
      'The scenario of the commit cannot be simulated by this version: the baseline file stands in.',
  } satisfies Record<BaselineNote, string>,
  removed: (names: string) => `In the baseline, and no longer judged: ${names}`,
  cost: (now: string) => `${now} an hour`,
  costBefore: (before: string, change: string) => ` (${before} before, ${change})`,
  costHead: 'COST',
  nextHead: 'NEXT',
  why: (id: string) => `Why: hongfeng explain ${id}`,
  filesHead: 'FILES',
  moreRows: (count: number) => `… and ${count} more in check.json`,
  moreProblems: (count: number) => `and ${plural(count, 'more problem')}: see the step summary or check.json`,
  allBudgets: (count: number) => `All ${plural(count, 'number')} that budgets judge`,
  refused: (file: string) => `${file} could not be simulated`,
  left: (count: number) => `${plural(count, 'row')} left out; check.json has all`,
};
