import type { AdviceFinding, ModeFinding } from '../analysis/findings.ts';
import type { UnloadedRequest } from '../analysis/context.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import { compileModel } from '../compile/compile.ts';
import type { Loaded } from '../compile/load.ts';
import type { Model } from '../model/model.ts';
import type { Scenario } from '../scenario/types.ts';
import type { RunOptions } from './run-options.ts';

/** Everything that is known about a scenario before it is simulated. */
export interface Prepared {
  readonly model: Model;
  readonly mode: ModeFinding;
  /** Found by arithmetic; none of it keeps the scenario from running. */
  readonly advice: readonly Diagnostic[];
  readonly unloaded: readonly UnloadedRequest[];
}

/** @throws {UserError} when the scenario cannot be modelled as written, or not sliced as asked. */
export function prepare(
  { position }: Loaded,
  scenario: Scenario,
  files: ReadonlyMap<string, string>,
  { slice }: Pick<RunOptions, 'mode' | 'slice'>,
): Prepared {
  const k = slice ?? 1;
  const model = compileModel(scenario, { slice: k, files, position });
  const mode: ModeFinding = {
    mode: k === 1 ? 'exact' : 'sliced',
    slice: k,
    choice: 'asked',
    predictedEvents: 0,
    groups: [],
    errors: [],
  };
  return { model, mode, advice: [], unloaded: [] };
}

/** Diagnostics as the result keeps them. */
export function adviceFindings(diagnostics: readonly Diagnostic[]): AdviceFinding[] {
  return diagnostics.map(({ code, severity, message, help, file, line, col }) => ({
    code,
    severity,
    message,
    help,
    at: `${file}:${line}:${col}`,
  }));
}
