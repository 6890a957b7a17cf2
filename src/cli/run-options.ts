import { UserError } from '../base/diagnostics.ts';
import type { Override } from '../scenario/overrides.ts';
import type { Arguments } from './arguments.ts';
import type { ColourChoice } from './colour.ts';
import { ExitCode } from './exit-codes.ts';
import type { Machine } from './io.ts';
import type { Lang } from '../report/texts/texts.ts';

/** Replications unless told otherwise: the fewest whose intervals are not much wider than those of many. */
export const REPLICATIONS = 5;
/**
 * Replications that `--precision` begins with unless told, and the fewest that it may be told to. Intervals that stopped
 * being narrowed when they happened to be narrow cover in 93.4 % of all cases or more after ten, in 92.5 % after five and
 * in 89 % after two (docs/trust.md).
 */
const PRECISION_REPLICATIONS = 10;
const PRECISION_REPLICATIONS_MIN = 5;
/** Replications that a precision asked for may take unless told otherwise, where so many fit into memory. */
export const REPLICATIONS_MAX = 100;

/** What `run` was asked for, checked. */
export interface RunOptions {
  readonly file: string;
  /** null: reports/<scenario id>. */
  readonly out: string | null;
  readonly seed: string | null;
  readonly overrides: readonly Override[];
  readonly json: boolean;
  readonly jobs: number;
  /** null: `REPLICATIONS`, or 1 where these would take too long. */
  readonly replications: number | null;
  /**
   * Largest half-width of an interval as a share of its value, and the replications that may be spent on it; null:
   * `REPLICATIONS_MAX`, or as many as fit into memory.
   */
  readonly precision: { readonly target: number; readonly replicationsMax: number | null } | null;
  readonly timeLimitMs: number | null;
  readonly untilNs: number | null;
  readonly mode: 'exact' | 'sliced' | 'sampled' | 'auto';
  /** null: chosen by arithmetic. */
  readonly slice: number | null;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly charts: boolean;
  readonly colour: ColourChoice;
  /** Language of report and summary; messages and help are English. */
  readonly lang: Lang;
}

/** @throws {UserError} with exit code 2 on values that are malformed or contradict each other. */
export function readRunOptions(args: Arguments, machine: Pick<Machine, 'cpuCount'>): RunOptions {
  return { ...readSharedOptions(args, machine), ...replicationsOf(args) };
}

/** What other studies of a scenario are asked for alike. */
export type SharedOptions = Omit<RunOptions, 'replications' | 'precision'>;

/** @throws {UserError} as `readRunOptions`. */
export function readSharedOptions(args: Arguments, { cpuCount }: Pick<Machine, 'cpuCount'>): SharedOptions {
  const slice = args.count('slice');
  const mode = (args.text('mode') ?? (slice === null ? 'auto' : 'sliced')) as RunOptions['mode'];
  if (slice !== null && mode !== 'sliced' && mode !== 'sampled') {
    throw contradiction(`--slice ${slice}`, `--mode ${mode}`);
  }
  if (args.flag('quiet') && args.flag('verbose')) throw contradiction('--quiet', '--verbose');
  const timeLimitNs = args.durationNs('time-limit');
  return {
    file: args.text('scenario') ?? '',
    out: args.text('out'),
    seed: args.text('seed'),
    overrides: args.overrides(),
    json: args.flag('json'),
    jobs: args.count('jobs') ?? cpuCount,
    timeLimitMs: timeLimitNs === null ? null : timeLimitNs / 1e6,
    untilNs: args.durationNs('until'),
    mode,
    slice,
    quiet: args.flag('quiet'),
    verbose: args.flag('verbose'),
    progress: !args.flag('no-progress') && !args.flag('quiet'),
    charts: !args.flag('no-charts'),
    colour: colourOf(args),
    lang: langOf(args),
  };
}

function replicationsOf(args: Arguments): Pick<RunOptions, 'replications' | 'precision'> {
  const target = args.share('precision');
  const most = args.count('max-reps');
  if (target === null && most !== null) throw needs('--max-reps', '--precision');
  const asked = args.count('reps');
  if (target === null) return { replications: asked, precision: null };
  for (const [option, count] of [['--reps', asked] as const, ['--max-reps', most] as const]) {
    if (count !== null && count < PRECISION_REPLICATIONS_MIN) throw tooFew(option, count);
  }
  const replications = asked ?? Math.min(PRECISION_REPLICATIONS, most ?? PRECISION_REPLICATIONS);
  if (most !== null && most < replications)
    throw contradiction(`--max-reps ${most}`, `--reps ${replications}`);
  return { replications, precision: { target, replicationsMax: most } };
}

function tooFew(option: string, count: number): UserError {
  return new UserError(
    `${option} ${count} is too few for --precision to tell a tight interval from a lucky one: use ${option} ${PRECISION_REPLICATIONS_MIN} or more`,
    ExitCode.usage,
  );
}

function needs(one: string, other: string): UserError {
  return new UserError(`${one} says something only together with ${other}`, ExitCode.usage);
}

export function colourOf(args: Arguments): ColourChoice {
  const choice = args.text('color') as ColourChoice | null;
  if (!args.flag('no-color')) return choice ?? 'auto';
  if (choice !== null && choice !== 'never') throw contradiction(`--color ${choice}`, '--no-color');
  return 'never';
}

function contradiction(one: string, other: string): UserError {
  return new UserError(`${one} contradicts ${other}`, ExitCode.usage);
}

export function langOf(args: Arguments): Lang {
  return (args.text('lang') ?? 'en') as Lang;
}
