/** Sentences about stability and recovery. Names and numbers arrive already formatted. */
import type { RecoveryFinding, RetryLoadFinding, RunState } from '../../analysis/findings.ts';

export interface RecoveryPhrase {
  readonly name: string;
  readonly stations: string;
  readonly left: string;
  readonly from: string;
  readonly length: string;
  /** Disturbances that the outcome is also of; null = none. */
  readonly others: string | null;
  /** null = at once. */
  readonly after: string | null;
  /** How exactly: its interval, and the length of the windows. */
  readonly known: string;
  readonly drain: string | null;
  readonly offeredBefore: string;
  readonly offeredAfter: string;
  readonly goodBefore: string;
  readonly goodAfter: string;
}

export interface RetryLoadPhrase {
  readonly group: string;
  readonly hidden: string;
  readonly capacity: string;
  readonly attempts: string;
  readonly offered: string;
}

const LOAD: Readonly<Record<RetryLoadFinding['status'], string>> = {
  safe: 'safe from retries',
  vulnerable: 'vulnerable, retries can keep an overload going',
  overloaded: 'overloaded without any retry',
};

const BECAUSE: Readonly<Record<NonNullable<RecoveryFinding['because']>, string>> = {
  'nothing-before': 'there is no calm time before it to compare with',
  'bad-before': 'it was not well before either',
  'too-short': 'too little of the run is left behind it',
  'cut-short': 'the run was stopped',
};

function outcome(
  { status, because, judgedBy }: Pick<RecoveryFinding, 'status' | 'because' | 'judgedBy'>,
  phrase: RecoveryPhrase,
): string {
  const [hold, again] =
    judgedBy === 'budgets' ? ['budgets hold', 'budgets hold again'] : ['all is well', 'all is as before'];
  const good = `${phrase.goodAfter} good at the end, ${phrase.goodBefore} before`;
  const load = `${phrase.offeredAfter} offered, ${phrase.offeredBefore} before`;
  switch (status) {
    case 'recovered':
      return phrase.after === null
        ? `${hold} as soon as ${phrase.others === null ? 'it is' : 'they are'} over.`
        : `${again} ${phrase.after} (${phrase.known}) after ${phrase.others === null ? 'its end' : 'the last of them'}.`;
    case 'recovering':
      return phrase.drain === null
        ? `not recovered by the end, but getting better (${good}).`
        : `not recovered by the end; the queues need another ${phrase.drain} at their pace.`;
    case 'metastable':
      return `never recovered (${good}) though the load is back (${load}): metastable, it keeps itself down.`;
    case 'overloaded':
      return `never recovered (${good}); the load (${load}) or a queue from before explains it.`;
    case 'unknown':
      return `cannot say whether it recovered: ${because === null ? '' : BECAUSE[because]}.`;
  }
}

export const STABILITY = {
  title: 'Stability and recovery',
  short: 'STABILITY',
  question: 'Does it keep up, and does it come back after trouble?',
  run: ({ verdict }: RunState, since: string, drained: string | null) => {
    switch (verdict) {
      case 'stable':
        return 'Every queue kept up.';
      case 'backlogged':
        return drained === null
          ? `Queues grew from ${since} on and were still draining at the end.`
          : `Queues grew from ${since} on and were drained by ${drained}.`;
      case 'overloaded':
        return `Overloaded from ${since} on, to the end.`;
      case 'metastable':
        return `Down for good since the disturbance at ${since}, though it is over.`;
    }
  },
  recovery: (finding: Pick<RecoveryFinding, 'status' | 'because' | 'judgedBy'>, phrase: RecoveryPhrase) =>
    `${phrase.name} (${phrase.left} of ${phrase.stations} left at ${phrase.from} for ${phrase.length}): ${phrase.others === null ? '' : `together with ${phrase.others}, `}${outcome(finding, phrase)}`,
  windows: (length: string) => `windows of ${length}`,
  retryLoad: ({ status }: Pick<RetryLoadFinding, 'status'>, phrase: RetryLoadPhrase) =>
    `${phrase.group}: hidden capacity ${phrase.hidden} (${phrase.capacity} ÷ ${phrase.attempts} attempts), peak ${phrase.offered}: ${LOAD[status]}.`,
  inSome: (count: number, of: number) => `(So in ${count} of ${of} replications, the worst of them.)`,
  loadsTitle: 'Hidden capacity under retries',
  loadHeads: {
    group: 'group',
    layer: 'layer',
    attempts: 'attempts',
    capacity: 'capacity',
    hidden: 'hidden capacity',
    offered: 'first attempts at the peak',
    status: 'so it is',
  },
  load: LOAD,
  boundRetries: (group: string, hidden: string) =>
    `Give the calls that reach ${group} a retry budget, or keep its load below ${hidden}.`,
};
