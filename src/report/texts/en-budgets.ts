/** Words about budgets: the time they are judged over, and what an inconclusive verdict means. */
import type { BudgetFinding } from '../../analysis/findings.ts';
import type { WindowPhrase } from '../windows.ts';

const ofPhase = (within: string | null): string => (within === null ? '' : ` of ${within}`);

/** As a table has it; null = the whole run, which goes without saying. */
function label(window: WindowPhrase): string | null {
  switch (window.kind) {
    case 'all':
      return null;
    case 'phase':
      return window.phase;
    case 'after':
      return `after ${window.phase}`;
    case 'range':
      return `${window.from} to ${window.to}`;
    case 'worst':
      return `worst ${window.length}${ofPhase(window.within)}`;
    case 'slices':
      return `${window.good} of ${window.length} slices${ofPhase(window.within)}`;
  }
}

/** As a part of a sentence. */
function during(window: WindowPhrase): string {
  switch (window.kind) {
    case 'all':
      return 'over the whole run';
    case 'phase':
      return `during ${window.phase}`;
    case 'after':
      return `after ${window.phase}`;
    case 'range':
      return `from ${window.from} to ${window.to}`;
    case 'worst':
      return `in the worst ${window.length}${ofPhase(window.within)}`;
    case 'slices':
      return `in slices of ${window.length}${ofPhase(window.within)}`;
  }
}

export const BUDGETS = {
  label,
  during,
  /** Beside an inconclusive verdict. */
  countsAs: { pass: 'counts as pass', fail: 'counts as FAIL', warn: 'counts as warning' } satisfies Record<
    Exclude<BudgetFinding['countsAs'], 'no-data'>,
    string
  >,
  /** `interval` reaches across the limit. */
  doubt: (interval: string) => `the interval ${interval} reaches across the limit`,
  withinModeError: (error: string) =>
    `nearer to its limit than slicing or sampling can tell (±${error}): --mode exact can`,
  burn: {
    head: 'ERROR BUDGETS',
    title: 'Error budgets',
    caption: 'What the event burns of the requests that may be lost, by the time they were due',
    heads: {
      burnt: 'burnt',
      budget: 'budget',
      condition: 'condition',
      lost: 'lost',
      allowed: 'may be lost',
      half: 'half of it by',
      all: 'all of it by',
      of: 'of',
    },
    burnt: (burnt: string, half: string | null, all: string | null) =>
      `${burnt} burnt${half === null ? '' : `, half of it by ${half}`}${all === null ? '' : `, all by ${all}`}`,
    sentence: (burnt: string, half: string | null, all: string | null) =>
      `Of its error budget ${burnt} is burnt` +
      `${half === null ? '' : `, half of it by ${half}`}${all === null ? '' : `, all of it by ${all}`}.`,
  },
  owner: (owner: string) => `Owner: ${owner}.`,
  runbook: (runbook: string) => `Runbook: ${runbook}`,
};
