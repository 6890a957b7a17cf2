/** What the command lines of studies add to that of `run`, and what they take over from it. */

export const CAPACITY_OWN = [
  { name: 'from', kind: 'text', value: 'MULTIPLE', help: 'Lowest load to look at; 0.1x unless given' },
  { name: 'to', kind: 'text', value: 'MULTIPLE', help: 'Highest load to look at; 5x unless given' },
  {
    name: 'precision',
    kind: 'text',
    value: 'SHARE',
    help: 'How near the load that holds and the load that breaks must be to each other; 1% unless given',
  },
  {
    name: 'budgets',
    kind: 'text',
    value: 'ID,ID',
    help: 'Budgets that must hold; all required ones that some load can meet unless given',
  },
  {
    name: 'without',
    kind: 'list',
    value: 'LAYER:COUNT',
    help: 'The same for the site with so many replicas or shards less, e.g. redis:1; several with a comma are taken away together; may be repeated',
  },
] as const;

/** Options of `run` that `capacity` has too; null: with the same words. */
export const CAPACITY_HELP: Readonly<Record<string, string | null>> = {
  out: 'Folder for capacity.json; reports/<scenario id> unless given',
  seed: null,
  set: null,
  json: 'Print capacity.json on stdout instead of the summary',
  jobs: null,
  reps: 'Replications of each load, with the same random numbers at all of them; 5 unless given',
  'time-limit': 'Stop after this much real time, e.g. 10m, with what is known by then; exit code 105',
  until: null,
  mode: null,
  slice: null,
  quiet: 'No summary, no advice, no progress',
  'no-progress': null,
  lang: 'Language of the summary; help and messages are English',
  color: null,
  'no-color': null,
};

export const COMPARE_OWN = [
  {
    name: 'attribute',
    kind: 'flag',
    help: 'Simulate each change of the scenario by itself and say how much of what differs is its work',
  },
  { name: 'all', kind: 'flag', help: 'List every measure, unchanged ones too' },
  {
    name: 'min-change',
    kind: 'text',
    value: 'SHARE',
    help: 'List no smaller changes, e.g. 1%; of what is a share itself, as many points',
  },
  {
    name: 'exit-code',
    kind: 'flag',
    help: 'Exit with 95 when something differs significantly, by --min-change or more where that is given',
  },
  {
    name: 'report',
    kind: 'flag',
    help: 'Write the report of the second one with what changed since the first, and comparison.json',
  },
] as const;

/** Options of `run` that `compare` has too; null: with the same words. */
export const COMPARE_HELP: Readonly<Record<string, string | null>> = {
  out: 'Folder for comparison.json, and for the report; without it only --report writes, to reports/<scenario id>/comparison',
  seed: 'Any text, for both; the seed of the first scenario unless given',
  set: 'Change a value of both scenarios, e.g. --set clock.lasts=5m; may be repeated',
  json: 'Print all differences as one JSON document on stdout',
  jobs: null,
  reps: 'Replications of each, with the same random numbers on both sides; 5 unless given, at least 2',
  until: 'Simulate only the beginning of both scenarios, e.g. 3m',
  mode: 'Every request, one in k, or some seconds of each minute; auto decides from predicted events. The same for both',
  slice: null,
  quiet: 'No summary, no advice, no progress',
  'no-progress': null,
  lang: null,
  color: null,
  'no-color': null,
};

export const SENSITIVITY_OWN = [
  {
    name: 'step',
    kind: 'text',
    value: 'SHARE',
    help: 'By how much each input is made less and more; 20% unless given',
  },
  {
    name: 'inputs',
    kind: 'text',
    value: 'N',
    help: 'Most inputs to simulate, those first that reach furthest by arithmetic; 12 unless given',
  },
] as const;

export const SENSITIVITY_HELP: Readonly<Record<string, string | null>> = {
  ...CAPACITY_HELP,
  out: 'Folder for sensitivity.json; reports/<scenario id> unless given',
  json: 'Print sensitivity.json on stdout instead of the summary',
  reps: 'Replications of each, with the same random numbers; 5 unless given, at least 2',
};
