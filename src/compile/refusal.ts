import { UserError, type Diagnostic } from '../base/diagnostics.ts';
import type { Path } from '../scenario/types.ts';

/** Where a value of the scenario stands in the user's file. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly length: number;
  readonly sourceLine: string | null;
}

export type PositionOf = (path: Path) => Position;

/** For scenarios built in memory: no file, so the path itself is the place. */
export function nowhere(path: Path): Position {
  return { file: path.join('.'), line: 1, col: 1, length: 1, sourceLine: null };
}

/** Exit code of a scenario that cannot be run as written. */
const INVALID_SCENARIO = 104;

/** What the compiler will not turn into a model: stable code, message, one fix, and the value it is about. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly path: Path;
}

/** @throws {UserError} always. */
export function refuse(refusal: Refusal, position: PositionOf): never {
  const { code, message, help, path } = refusal;
  const diagnostic: Diagnostic = { code, severity: 'error', message, help, ...position(path) };
  throw new UserError(message, INVALID_SCENARIO, [diagnostic]);
}
