/** The command line as data: yargs parses and explains it, `completion` prints it for the shell. */
import type { CommandSpec, OptionSpec } from './command-types.ts';
import { checkCommand, explainCommand } from './gate-commands.ts';
import {
  CAPACITY_HELP,
  CAPACITY_OWN,
  COMPARE_HELP,
  COMPARE_OWN,
  SENSITIVITY_HELP,
  SENSITIVITY_OWN,
} from './study-specs.ts';

export type * from './command-types.ts';

const SET: OptionSpec = {
  name: 'set',
  kind: 'list',
  value: 'PATH=VALUE',
  help: 'Change a value of the scenario, e.g. --set layers.order.replicas=240; may be repeated',
};
const COLOR: OptionSpec = {
  name: 'color',
  kind: 'text',
  choices: ['auto', 'always', 'never'],
  help: 'Colours: auto follows NO_COLOR, FORCE_COLOR and the terminal',
};
const LANG: OptionSpec = {
  name: 'lang',
  kind: 'text',
  choices: ['en', 'zh'],
  help: 'Language of the report, its pictures and the summary; help and messages are English',
};
const NO_COLOR: OptionSpec = { name: 'no-color', kind: 'flag', help: 'The same as --color never' };
const JSON_FLAG: OptionSpec = { name: 'json', kind: 'flag', help: 'Print one JSON document on stdout' };
const SCENARIO = { usage: '<scenario>', name: 'scenario', help: 'Scenario file (YAML)' };

const RUN_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'out',
    alias: 'o',
    kind: 'text',
    value: 'DIR',
    help: 'Folder for the files; reports/<scenario id> unless given',
  },
  { name: 'seed', kind: 'text', value: 'TEXT', help: "Any text; the scenario's own seed unless given" },
  SET,
  { ...JSON_FLAG, help: 'Print result.json on stdout instead of the summary' },
  {
    name: 'jobs',
    alias: 'j',
    kind: 'text',
    value: 'N',
    help: 'Threads at most, one a replication; as many as there are cores unless given. No result depends on it',
  },
  {
    name: 'reps',
    kind: 'text',
    value: 'N',
    help: 'Replications: independent runs with seeds of their own, which intervals are made from',
  },
  {
    name: 'precision',
    kind: 'text',
    value: 'SHARE',
    help: 'Add replications until every P99 and every time a budget judges is known to this share of itself, e.g. 2%',
  },
  {
    name: 'max-reps',
    kind: 'text',
    value: 'N',
    help: 'Replications that --precision may take; 100, or as many as fit into memory, unless given',
  },
  {
    name: 'time-limit',
    kind: 'text',
    value: 'DURATION',
    help: 'Stop after this much real time, e.g. 60s; exit code 105',
  },
  {
    name: 'until',
    kind: 'text',
    value: 'DURATION',
    help: 'Simulate only the beginning of the scenario, e.g. 3m; at most all of it',
  },
  {
    name: 'mode',
    kind: 'text',
    choices: ['exact', 'sliced', 'sampled', 'auto'],
    help: 'Every request, one in k, or some seconds of each minute; auto decides from the predicted number of events',
  },
  {
    name: 'slice',
    kind: 'text',
    value: 'K',
    help: 'Simulate one request in K; implies --mode sliced unless it is sampled',
  },
  { name: 'quiet', alias: 'q', kind: 'flag', help: 'No summary, no advice, no progress' },
  {
    name: 'verbose',
    alias: 'v',
    kind: 'flag',
    help: 'Also say on stderr what is simulated and how long each stage took',
  },
  { name: 'no-progress', kind: 'flag', help: 'No progress line' },
  {
    name: 'review',
    kind: 'flag',
    help: 'Also search for the capacity, take one replica of each layer away, and vary what is assumed: all that a review shows',
  },
  { name: 'no-charts', kind: 'flag', help: 'Write no report.html and no charts' },
  LANG,
  COLOR,
  NO_COLOR,
];

/** Those of `run` that make sense for two scenarios at once. */
const COMPARE_OPTIONS: readonly OptionSpec[] = [...COMPARE_OWN, ...chosenFrom(RUN_OPTIONS, COMPARE_HELP)];

/** Those of `run` that a search for capacity has too, behind its own. */
const CAPACITY_OPTIONS: readonly OptionSpec[] = [...CAPACITY_OWN, ...chosenFrom(RUN_OPTIONS, CAPACITY_HELP)];

/** The same of a study of its inputs. */
const SENSITIVITY_OPTIONS: readonly OptionSpec[] = [
  ...SENSITIVITY_OWN,
  ...chosenFrom(RUN_OPTIONS, SENSITIVITY_HELP),
];

/** Those of `run` about what is written and printed. */
const REPORT_OPTIONS: readonly OptionSpec[] = RUN_OPTIONS.filter(({ name }) =>
  ['out', 'json', 'quiet', 'no-charts', 'lang', 'color', 'no-color'].includes(name),
).map((option) =>
  option.name === 'out'
    ? { ...option, help: 'Folder for the files; that of the result unless given' }
    : option,
);

/** Options and commands of later capabilities: known by name, so that nobody takes them for a typing mistake. */
export const LATER_OPTIONS: readonly string[] = [...['config', 'print-config', 'debug', 'hold', 'scale']];
export const LATER_COMMANDS: readonly string[] = [...['sweep', 'plan', 'calibrate', 'import', 'export']];

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    positionals: [SCENARIO],
    help: 'Simulate a scenario, judge its budgets, write the report',
    options: RUN_OPTIONS,
    examples: [
      ['hongfeng run scenarios/double-11.yaml', 'Simulate and print the verdict'],
      ['hongfeng run site.yaml --set layers.gateway.replicas=80', 'What if there were 80 gateways'],
      ['hongfeng run site.yaml --review', 'Everything that a capacity review shows, in one go'],
      ['hongfeng run site.yaml --json | jq .verdict', 'The result for another program'],
    ],
  },
  checkCommand(RUN_OPTIONS),
  {
    name: 'compare',
    alias: 'diff',
    positionals: [
      { usage: '<before>', name: 'before', help: 'Scenario file (YAML), or result.json of a run' },
      { usage: '<after>', name: 'after', help: 'The same, changed' },
      { usage: '[more..]', name: 'more', help: 'Others, each to be compared with the first' },
    ],
    help: 'Scenarios, simulated with the same random numbers, or saved results: what they say differently, and what comes of it',
    options: COMPARE_OPTIONS,
    examples: [
      ['hongfeng compare site.yaml site-new.yaml', 'Which numbers change, and which only seem to'],
      ['hongfeng compare site.yaml site-new.yaml --attribute', 'And which change of the scenario does what'],
      ['hongfeng compare a.yaml b.yaml --reps 20 --json', 'Every difference with interval and p-value'],
      ['hongfeng compare old/result.json site.yaml --report', 'A review with what changed since a saved run'],
    ],
  },
  {
    name: 'capacity',
    positionals: [SCENARIO],
    help: 'Find the largest multiple of the traffic that holds the budgets, and what breaks beyond it',
    options: CAPACITY_OPTIONS,
    examples: [
      ['hongfeng capacity site.yaml', 'How much more the site could take'],
      ['hongfeng capacity site.yaml --without redis:1', 'And how much with one shard of redis less'],
      ['hongfeng capacity site.yaml --from 0.5x --to 2x --precision 5%', 'Faster and less exactly'],
    ],
  },
  {
    name: 'sensitivity',
    positionals: [SCENARIO],
    help: 'Tell which assumed inputs matter: each a fifth less and more, and what P99 and headroom do',
    options: SENSITIVITY_OPTIONS,
    examples: [
      ['hongfeng sensitivity site.yaml', 'Which guess to measure first'],
      ['hongfeng sensitivity site.yaml --inputs 30 --step 50%', 'More of them, and further'],
    ],
  },
  {
    name: 'report',
    positionals: [
      { usage: '<result>', name: 'result', help: 'result.json of a run' },
      {
        usage: '[studies..]',
        name: 'studies',
        help: 'capacity.json, sensitivity.json, comparison.json beside it',
      },
    ],
    help: 'Draw the report of a saved result again, without simulating: the same bytes as the run wrote; with studies, all in one',
    options: REPORT_OPTIONS,
    examples: [
      ['hongfeng report reports/double-11/result.json', 'Page, charts, tables and the summary again'],
      ['hongfeng report result.json capacity.json comparison.json', 'One review of all'],
      ['hongfeng report saved.json --out review', 'Somewhere else'],
    ],
  },
  explainCommand(RUN_OPTIONS),
  {
    name: 'validate',
    positionals: [{ usage: '<files..>', name: 'files', help: 'Scenario files (YAML)' }],
    help: 'Check scenarios and report what arithmetic alone can tell, without simulating',
    options: [SET, JSON_FLAG],
    examples: [['hongfeng validate scenarios/*.yaml', 'All mistakes of all files at once']],
  },
  {
    name: 'expand',
    positionals: [SCENARIO],
    help: 'Print the scenario in station words, with the origin of every value',
    options: [
      { name: 'program', kind: 'flag', help: 'Print the instructions that requests are compiled to instead' },
      SET,
    ],
    examples: [
      [
        'hongfeng expand scenarios/double-11.yaml',
        'What the presets stand for, and where each figure is from',
      ],
    ],
  },
  {
    name: 'schema',
    positionals: [],
    help: 'Print the JSON Schema (draft-07) of scenario files, for editors',
    options: [],
    examples: [['hongfeng schema > scenario.schema.json', 'For completion and checks while typing']],
  },
  {
    name: 'init',
    positionals: [{ usage: '[dir]', name: 'dir', help: 'Folder to write to; the current one unless given' }],
    help: 'Write a small scenario to start from, and its schema',
    options: [{ name: 'force', kind: 'flag', help: 'Overwrite files that exist' }],
    examples: [['hongfeng init my-site', 'Then: hongfeng run my-site/hongfeng.yaml']],
  },
  {
    name: 'help',
    positionals: [{ usage: '[topic]', name: 'topic', help: 'A command, or exit-codes' }],
    help: 'Explain a command or a topic',
    options: [],
    examples: [['hongfeng help exit-codes', 'What the exit codes mean']],
  },
  {
    name: 'completion',
    positionals: [{ usage: '[shell]', name: 'shell', help: 'bash or zsh; bash unless given' }],
    help: 'Print a completion script for the shell',
    options: [],
    examples: [['source <(hongfeng completion bash)', 'In ~/.bashrc']],
  },
];

/** Options that have a help text of their own here, or null for the same. */
function chosenFrom(
  options: readonly OptionSpec[],
  helpOf: Readonly<Record<string, string | null>>,
): OptionSpec[] {
  return options.flatMap((option) => {
    const help = helpOf[option.name];
    return help === undefined ? [] : [{ ...option, help: help ?? option.help }];
  });
}

export function commandNamed(name: string): CommandSpec | undefined {
  return COMMANDS.find((command) => command.name === name || command.alias === name);
}
