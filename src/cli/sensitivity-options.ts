import { UserError } from '../base/diagnostics.ts';
import type { Arguments } from './arguments.ts';
import { ExitCode } from './exit-codes.ts';
import type { Machine } from './io.ts';
import { readSharedOptions, REPLICATIONS, type SharedOptions } from './run-options.ts';

/** What `sensitivity` was asked for, checked. */
export interface SensitivityOptions extends SharedOptions {
  readonly replications: number;
  /** Share by which each input is made less and more. */
  readonly step: number;
  /** Most inputs that are simulated. */
  readonly inputs: number;
}

export const STEP = 0.2;
/** Twenty-five runs in all, the base among them. */
export const INPUTS = 12;

/** @throws {UserError} with exit code 2 on values that are malformed or contradict each other. */
export function readSensitivityOptions(
  args: Arguments,
  machine: Pick<Machine, 'cpuCount'>,
): SensitivityOptions {
  const step = args.share('step') ?? STEP;
  if (step >= 1)
    throw new UserError('--step must be less than 100%: an input of nothing is none', ExitCode.usage);
  const replications = args.count('reps') ?? REPLICATIONS;
  if (replications < 2) {
    throw new UserError(
      `--reps ${replications} cannot tell an effect from chance: use --reps 2 or more, ${REPLICATIONS} unless given`,
      ExitCode.usage,
    );
  }
  return { ...readSharedOptions(args, machine), replications, step, inputs: args.count('inputs') ?? INPUTS };
}
