import { UserError } from '../base/diagnostics.ts';
import { readClaims } from '../scenario/claims.ts';
import type { Claim, Scenario } from '../scenario/types.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { readBeside } from './open-scenario.ts';

/** Claims of the file that the scenario names, or none. @throws {UserError} when it is missing or malformed. */
export function readClaimsBeside(io: Io, file: string, { claimsFile }: Scenario): readonly Claim[] {
  if (claimsFile === null) return [];
  const { path, text } = readBeside(io, file, claimsFile);
  const { claims, diagnostics } = readClaims(path, text);
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    throw new UserError(`${path} cannot be read`, ExitCode.invalid, diagnostics);
  }
  return claims;
}
