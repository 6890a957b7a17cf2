import { UserError } from '../base/diagnostics.ts';
import { parseShare, type Parsed } from '../base/units.ts';
import { parseFloor } from '../scenario/budget-expression.ts';
import type { Tolerances } from '../study/gate/compare-budgets.ts';
import type { Arguments } from './arguments.ts';
import { ExitCode } from './exit-codes.ts';
import type { CheckFormat } from './gate-commands.ts';
import type { Io } from './io.ts';
import { readRunOptions, type RunOptions } from './run-options.ts';

/** What numbers are compared with: `default` is the file of the scenario's id, if it is there. */
export type BaselineChoice =
  | { readonly kind: 'default' | 'none' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'commit'; readonly ref: string };

/** What `check` was asked for, checked. */
export interface CheckOptions {
  readonly files: readonly string[];
  /** What holds for every scenario; its `file` is still to be filled in. */
  readonly run: RunOptions & { readonly replications: number };
  readonly baseline: BaselineChoice;
  readonly updates: boolean;
  /** Why what has got worse is wanted; null: it is not. */
  readonly accept: string | null;
  readonly tolerances: Tolerances;
  /** Ids; null = all. */
  readonly only: ReadonlySet<string> | null;
  readonly strict: boolean;
  /** Whether the exit code is 0 whatever was found. */
  readonly exitZero: boolean;
  readonly format: CheckFormat;
}

/** Twice as many as a run has: of five a change of 6 % at high load is found nine times in ten only (docs/ci.md). */
const REPLICATIONS = 10;

const COMMIT = 'git:';
const ACCEPT_CHARS_MAX = 1000;

/** @throws {UserError} with exit code 2 on values that are malformed or contradict each other. */
export function readCheckOptions(args: Arguments, io: Pick<Io, 'machine' | 'env'>): CheckOptions {
  const run = readRunOptions(args, io.machine);
  const [baseline, accept, updates] = [baselineOf(args), args.text('accept'), args.flag('update-baseline')];
  checkWriting(args, io, { baseline, accept, updates });
  const files = args.list('scenarios');
  if (run.out !== null && files.length > 1) {
    throw wrong('--out is for one scenario; several are written to reports/<scenario id>');
  }
  const format = args.text('format') as CheckFormat | null;
  if (run.json && format !== null && format !== 'json') throw wrong(`--json contradicts --format ${format}`);
  return {
    files,
    run: { ...run, replications: run.replications ?? REPLICATIONS },
    baseline,
    updates,
    accept,
    tolerances: tolerancesOf(args),
    only: idsOf(args),
    strict: args.flag('strict'),
    exitZero: args.flag('exit-zero'),
    format: format ?? (run.json ? 'json' : 'text'),
  };
}

function baselineOf(args: Arguments): BaselineChoice {
  const text = args.text('baseline');
  if (text === null) return { kind: 'default' };
  if (text === 'none') return { kind: 'none' };
  return text.startsWith(COMMIT)
    ? { kind: 'commit', ref: text.slice(COMMIT.length) }
    : { kind: 'file', path: text };
}

/** A baseline is changed by somebody who looks at it, in a commit that others see; not by the machine that judges by it. */
function checkWriting(
  args: Arguments,
  { env }: Pick<Io, 'env'>,
  { baseline, accept, updates }: Pick<CheckOptions, 'baseline' | 'accept' | 'updates'>,
): void {
  if (!updates && accept === null) {
    if (args.flag('force')) throw wrong('--force says something only with --update-baseline or --accept');
    return;
  }
  const option = updates ? '--update-baseline' : '--accept';
  if (baseline.kind === 'none') throw wrong(`${option} contradicts --baseline none`);
  if ((accept ?? '').length > ACCEPT_CHARS_MAX)
    throw wrong(`--accept is longer than ${ACCEPT_CHARS_MAX} characters`);
  if ((env['CI'] ?? '') !== '' && !args.flag('force')) {
    throw wrong(
      `${option} is refused where CI is set: run it on your machine and commit the file, or add --force`,
    );
  }
}

const DEFAULT_TOLERANCES: Tolerances = {
  confidence: 0.99,
  tolerance: 0.03,
  floors: { ns: 1e6, ratio: 1e-4, perSec: 1, count: 1, factor: 0.01, money: 0 },
};

function tolerancesOf(args: Arguments): Tolerances {
  const tolerance = args.text('tolerance');
  return {
    confidence: confidenceOf(args),
    tolerance:
      tolerance === null ? DEFAULT_TOLERANCES.tolerance : valueOf('tolerance', parseShare(tolerance)),
    floors: { ...DEFAULT_TOLERANCES.floors, ...valueOf('floor', parseFloor(args.list('floor'))) },
  };
}

function confidenceOf(args: Arguments): number {
  const text = args.text('confidence');
  if (text === null) return DEFAULT_TOLERANCES.confidence;
  const value = /^0?\.\d+$/.test(text) ? Number(text) : valueOf('confidence', parseShare(text));
  if (value < 0.5 || value >= 1) throw wrong(`--confidence must be at least 50% and below 100%: "${text}"`);
  return value;
}

function idsOf(args: Arguments): ReadonlySet<string> | null {
  const text = args.text('budgets');
  if (text === null) return null;
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes('')) throw wrong(`--budgets has an empty id: "${text}"`);
  return new Set(ids);
}

function valueOf<T>(option: string, parsed: Parsed<T>): T {
  if (!parsed.ok) throw wrong(`--${option}: ${parsed.problem}; ${parsed.help}`);
  return parsed.value;
}

function wrong(message: string): UserError {
  return new UserError(message, ExitCode.usage);
}
