/** The house in numbers and names; docs/architecture.md says why. Checked by house.test.ts. */

/** What one folder may take from another: values and types, or types only. */
export type Access = 'all' | 'types';

const ALL = (...folders: readonly string[]): Record<string, Access> =>
  Object.fromEntries(folders.map((folder) => [folder, 'all' as const]));

const BELOW_STUDY = [
  ...['base', 'random', 'stats', 'theory', 'measure', 'engine', 'scenario', 'model'],
  ...['compile', 'run', 'analysis'],
];

/** Folder of src/ -> folders it may import. What is not listed is forbidden. */
export const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  base: {},
  random: ALL('base'),
  stats: ALL('base'),
  theory: ALL('base'),
  measure: ALL('base'),
  engine: ALL('base'),
  scenario: ALL('base'),
  model: ALL('base', 'random', 'engine', 'measure'),
  compile: ALL('base', 'random', 'theory', 'scenario', 'model'),
  run: ALL('base', 'random', 'engine', 'measure', 'model'),
  analysis: { ...ALL('base', 'stats', 'theory', 'measure', 'scenario', 'model'), run: 'types' },
  study: ALL(...BELOW_STUDY),
  report: { ...ALL('base'), analysis: 'types', study: 'types' },
  cli: ALL(...BELOW_STUDY, 'study', 'report'),
};

/** npm package -> folders that may import it. A package that is not listed may be imported nowhere. */
export const PACKAGE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  yaml: ['scenario', 'compile'],
  zod: ['scenario', 'compile'],
  seedrandom: ['random'],
  'simple-statistics': ['stats', 'analysis', 'study'],
  'chart.js': ['report'],
  'chartjs-node-canvas': ['report'],
  '@napi-rs/canvas': ['report'], // registers fonts from bytes; chartjs-node-canvas only from a path
  'csv-stringify': ['report'],
  tinypool: ['study'],
  acorn: ['run'],
  yargs: ['cli'],
};

/** Clock, ambient randomness, I/O, and the ways round this list. */
export const AMBIENT_NAMES: ReadonlySet<string> = new Set([
  ...['Date', 'performance', 'process', 'console', 'crypto', 'setTimeout', 'setInterval', 'globalThis'],
]);

/** These differ in the last bit between builds of V8; base/ has its own. Math.sqrt is exact and allowed. */
export const TRANSCENDENTALS: ReadonlySet<string> = new Set([
  ...['log', 'log10', 'log2', 'log1p', 'exp', 'expm1', 'pow', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
]);

/** Loaded from outside of src/: by bin/, and by threads. */
export const ENTRY_POINTS: readonly string[] = ['cli/main.ts', 'study/worker-threads.ts'];
export const FILE_LINES_MAX = 300;
export const FUNCTION_LINES_MAX = 60;
/** One loop, documented opcode by opcode; splitting it costs speed. */
export const MAY_BE_LONG: ReadonlySet<string> = new Set(['run/kernel/interpreter.ts']);

/** cli/ owns the outside world; the adapters that carry runs to threads need a little of it. */
export function mayTouchTheWorld(path: string): boolean {
  return path.startsWith('cli/') || /^study\/.*-threads\.ts$/.test(path);
}

/** Factories whose text is compiled again for one run alone: see run/kernel/kernel.ts. */
export function isFactoryFile(path: string): boolean {
  return (
    ['engine/event-queue.ts', 'engine/near-events.ts'].includes(path) ||
    (path.startsWith('run/kernel/') && !path.endsWith('/kernel.ts'))
  );
}

export function mayUseTranscendentals(path: string): boolean {
  return path.startsWith('report/');
}
