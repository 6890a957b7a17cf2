import { UserError } from '../base/diagnostics.ts';
import type { SearchRange } from '../study/capacity/next-load.ts';
import type { Arguments } from './arguments.ts';
import { ExitCode } from './exit-codes.ts';
import type { Machine } from './io.ts';
import { readSharedOptions, REPLICATIONS, type SharedOptions } from './run-options.ts';

/** Replicas to take away from a station, as written. */
export interface AskedAway {
  readonly name: string;
  readonly count: number;
}

/** What `capacity` was asked for, checked. */
export interface CapacityOptions extends SharedOptions {
  /** Of each load; where it was not `areAsked` for, one that costs much has fewer. */
  readonly replications: number;
  readonly areAsked: boolean;
  readonly range: SearchRange;
  /** Ids of the budgets that must hold; null: all required ones within reach. */
  readonly budgets: readonly string[] | null;
  /** How long each load holds the planned peak; null: it replays the curve. */
  readonly holdNs: number | null;
  /** Request classes whose traffic alone is multiplied; null: all. */
  readonly scaled: ReadonlySet<string> | null;
  /** Each is one what-if of its own. */
  readonly without: readonly (readonly AskedAway[])[];
}

export const RANGE: SearchRange = { from: 0.1, to: 5, precision: 0.01 };

/** Multipliers that anybody could mean; the language has bounds for rates of its own. */
const MULTIPLIER_MIN = 1e-4;
const MULTIPLIER_MAX = 10_000;
const PRECISION_MIN = 1e-4;

/** @throws {UserError} with exit code 2 on values that are malformed or contradict each other. */
export function readCapacityOptions(args: Arguments, machine: Pick<Machine, 'cpuCount'>): CapacityOptions {
  const range = {
    from: multiplierOf(args, 'from') ?? RANGE.from,
    to: multiplierOf(args, 'to') ?? RANGE.to,
    precision: args.share('precision') ?? RANGE.precision,
  };
  if (range.from >= range.to) {
    throw usage(`--from ${range.from}x must be less than --to ${range.to}x`);
  }
  if (range.precision < PRECISION_MIN || range.precision > 1) {
    throw usage('--precision must lie between 0.01% and 100%');
  }
  const budgets = args.text('budgets');
  const shared = readSharedOptions(args, machine);
  const holdNs = args.durationNs('hold');
  if (holdNs !== null && shared.untilNs !== null) {
    throw usage('--hold replays no curve, so there is nothing to cut with --until; leave one of them out');
  }
  return {
    ...shared,
    holdNs,
    scaled: scaledOf(args.list('scale')),
    replications: args.count('reps') ?? REPLICATIONS,
    areAsked: args.count('reps') !== null,
    range,
    budgets: budgets === null ? null : namesOf(budgets),
    without: args.list('without').map(awayOf),
  };
}

/** `1.5x` or `1.5`. */
function multiplierOf(args: Arguments, name: 'from' | 'to'): number | null {
  const text = args.text(name);
  if (text === null) return null;
  const value = Number(/^(\d+(?:\.\d+)?)x?$/.exec(text)?.[1] ?? Number.NaN);
  if (!(value >= MULTIPLIER_MIN && value <= MULTIPLIER_MAX)) {
    throw usage(
      `--${name} must be a multiple of the traffic, e.g. 1.5x, from ${MULTIPLIER_MIN}x to ${MULTIPLIER_MAX}x: "${text}"`,
    );
  }
  return value;
}

function namesOf(text: string): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '');
}

/** `traffic`, or `request:NAME` once or more. */
function scaledOf(texts: readonly string[]): ReadonlySet<string> | null {
  const names = texts
    .filter((text) => text !== 'traffic')
    .map((text) => /^request:(.+)$/.exec(text)?.[1] ?? '');
  if (names.includes('')) {
    const wrong = texts.find((text) => text !== 'traffic' && !text.startsWith('request:')) ?? '';
    throw usage(`--scale must be traffic or request:NAME, e.g. --scale request:create: "${wrong}"`);
  }
  if (names.length > 0 && names.length < texts.length) {
    throw usage(
      '--scale traffic multiplies all of it, --scale request:NAME that class alone; leave one of them out',
    );
  }
  return names.length === 0 ? null : new Set(names.map((name) => name.normalize('NFC')));
}

/** `redis:2,order:1`; without a number one. */
function awayOf(text: string): AskedAway[] {
  const parts = text.split(',').map((part) => {
    const [, name = '', count = '1'] = /^\s*([^:,]+?)(?::(\d{1,9}))?\s*$/.exec(part) ?? [];
    if (name === '' || Number(count) < 1) {
      throw usage(
        `--without needs LAYER:COUNT, e.g. --without redis:1 or --without redis:1,order:2: "${text}"`,
      );
    }
    return { name: name.normalize('NFC'), count: Number(count) };
  });
  const twice = parts.find(({ name }, index) => parts.findIndex((each) => each.name === name) < index);
  if (twice !== undefined) throw usage(`--without ${text} names ${twice.name} twice`);
  return parts;
}

function usage(message: string): UserError {
  return new UserError(message, ExitCode.usage);
}
