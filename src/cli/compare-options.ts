import { UserError } from '../base/diagnostics.ts';
import type { Arguments } from './arguments.ts';
import { ExitCode } from './exit-codes.ts';
import type { Machine } from './io.ts';
import { readRunOptions, REPLICATIONS, type RunOptions } from './run-options.ts';

/** How two scenarios are simulated together: what holds for both sides, and the file of each. */
export interface PairOptions extends Omit<RunOptions, 'file'> {
  readonly replications: number;
  readonly files: { readonly before: string; readonly after: string };
}

/** What `compare` was asked for, checked. */
export interface CompareOptions extends PairOptions {
  /** Further ones, each to be compared with the first. */
  readonly more: readonly string[];
  /** Whether each input change is simulated by itself. */
  readonly attribute: boolean;
  /** Whether unchanged measures are listed too, and all the others. */
  readonly all: boolean;
  /** Smallest relative change (points of what is a share) that is listed and counts; 0: any. */
  readonly minChange: number;
  /** Whether the exit code says that something differs. */
  readonly exitCode: boolean;
  /** Whether the second scenario is reported on, with the comparison. */
  readonly report: boolean;
  /** Names of the options given that say how to simulate. */
  readonly simulatedBy: readonly string[];
}

/** How scenarios are simulated; what was saved is what it is. */
const OF_SIMULATION: readonly string[] = ['seed', 'reps', 'until', 'mode', 'slice'];

/** @throws {UserError} with exit code 2 on values that are malformed or contradict each other. */
export function readCompareOptions(args: Arguments, machine: Pick<Machine, 'cpuCount'>): CompareOptions {
  const replications = args.count('reps') ?? REPLICATIONS;
  if (replications < 2) {
    throw new UserError(
      `--reps ${replications} cannot tell a difference from chance: use --reps 2 or more, ${REPLICATIONS} unless given`,
      ExitCode.usage,
    );
  }
  return {
    ...readRunOptions(args, machine),
    replications,
    more: args.list('more'),
    attribute: args.flag('attribute'),
    all: args.flag('all'),
    minChange: args.share('min-change') ?? 0,
    exitCode: args.flag('exit-code'),
    report: args.flag('report'),
    simulatedBy: OF_SIMULATION.filter((name) => args.text(name) !== null),
    files: { before: args.text('before') ?? '', after: args.text('after') ?? '' },
  };
}
