/** The gate's command line as data; what it shares with `run` is handed in. */
import type { CommandSpec, OptionSpec } from './command-types.ts';

/** What `check` can print on stdout in place of its text. */
export const CHECK_FORMATS = ['text', 'json', 'junit', 'github', 'markdown', 'openmetrics'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

const CHECK_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'baseline',
    kind: 'text',
    value: 'FILE|git:REF|none',
    help: 'What the numbers are compared with: a file written by --update-baseline, the scenario at a commit (simulated again, with the same random numbers), or nothing; reports/baseline/<scenario id>.json unless given, if it is there',
  },
  {
    name: 'update-baseline',
    kind: 'flag',
    help: "Write this run's numbers to the baseline file; refused where CI is set",
  },
  {
    name: 'accept',
    kind: 'text',
    value: 'REASON',
    help: 'Record in the baseline file that what has got worse now is wanted, and why; refused where CI is set',
  },
  { name: 'force', kind: 'flag', help: 'Write the baseline file although CI is set' },
  {
    name: 'tolerance',
    kind: 'text',
    value: 'SHARE',
    help: 'How much worse than the baseline a number may be; 3% unless given',
  },
  {
    name: 'floor',
    kind: 'list',
    value: 'QUANTITY',
    help: 'Smallest change that counts, one for each kind of number, by its unit: 1ms, 0.01%, 1/s and 1 (a count) unless given',
  },
  {
    name: 'confidence',
    kind: 'text',
    value: 'SHARE',
    help: 'How sure it must be that a number has changed, all budgets considered together; 99% unless given',
  },
  {
    name: 'budgets',
    kind: 'text',
    value: 'ID,ID',
    help: 'Judge only these budgets; all unless given',
  },
  { name: 'strict', kind: 'flag', help: 'Exit with 97 where something cannot be told from chance' },
  { name: 'exit-zero', kind: 'flag', help: 'Exit with 0 although a budget is broken or has got worse' },
  {
    name: 'format',
    kind: 'text',
    choices: CHECK_FORMATS,
    help: 'What to print on stdout; text unless given. All of them are written as files, whatever is printed',
  },
];

/** Those of `run` that `check` has not: its number of replications is fixed before, so that both sides have the same. */
const NOT_OF_CHECK: readonly string[] = ['precision', 'max-reps'];

const OWN_HELP: Readonly<Record<string, string>> = {
  json: 'The same as --format json',
  reps: 'Replications: 10 unless given. A baseline must have as many',
};

export function checkCommand(runOptions: readonly OptionSpec[]): CommandSpec {
  const shared = runOptions.filter(({ name }) => !NOT_OF_CHECK.includes(name));
  return {
    name: 'check',
    positionals: [{ usage: '<scenarios..>', name: 'scenarios', help: 'Scenario files (YAML)' }],
    help: 'Simulate scenarios, judge their budgets and what has got worse, for CI: the exit code is the verdict',
    options: [
      ...CHECK_OPTIONS,
      ...shared.map((option) => ({ ...option, help: OWN_HELP[option.name] ?? option.help })),
    ],
    examples: [
      ['hongfeng check site.yaml', 'Budgets, and the baseline file if there is one'],
      ['hongfeng check site.yaml --baseline git:origin/main', 'Against the scenario of the main branch'],
      [
        'hongfeng check site.yaml --update-baseline',
        'Take what is now for what is compared with from now on',
      ],
    ],
  };
}
export function explainCommand(runOptions: readonly OptionSpec[]): CommandSpec {
  const shared = runOptions.filter(({ name }) => ['json', 'lang', 'color', 'no-color'].includes(name));
  return {
    name: 'explain',
    positionals: [
      {
        usage: '<thing>',
        name: 'thing',
        help: 'A code (HF101), a key of scenarios (stations.pool), a metric (p99), or the id of a budget of a result',
      },
    ],
    help: 'Say what a code, a key or a metric means, or why a budget of the last result came out as it did',
    options: [
      {
        name: 'result',
        kind: 'text',
        value: 'FILE',
        help: 'The result whose budgets are meant; the newest reports/*/result.json unless given',
      },
      ...shared.map((option) =>
        option.name === 'json' ? { ...option, help: 'Print one JSON document on stdout' } : option,
      ),
    ],
    examples: [
      ['hongfeng explain HF301', 'What an error means, and what to do'],
      ['hongfeng explain order-latency', 'Why this budget broke: the chain of causes with times'],
    ],
  };
}
