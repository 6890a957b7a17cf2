/** The shipped Double 11 scenarios, whole or in part, through the command that a user runs. */
import type { Findings, LimiterFinding, RequestFinding } from '../../src/analysis/findings.ts';
import { fakeIo, run } from '../cli/fake-io.ts';

export type Variant = 'double-11' | 'double-11-step' | 'double-11-sized' | 'double-11-async';

/** Result of one run of a variant; `set` are overrides, `options` what else stands on the command line. */
export async function resultOf(
  variant: Variant,
  set: readonly string[] = [],
  ...options: string[]
): Promise<Findings> {
  const io = fakeIo();
  const overrides = set.flatMap((each) => ['--set', each]);
  const file = `${io.packageDir}/scenarios/${variant}.yaml`;
  const { code, stdout, stderr } = await run(
    io,
    'run',
    file,
    '--no-charts',
    '--json',
    '--reps',
    '1',
    ...overrides,
    ...options,
  );
  if (code !== 0) throw new Error(`exit code ${code}\n${stderr}`);
  return JSON.parse(stdout) as Findings;
}

/** A limiter or class of requests over the whole run. */
export function wholeRun<Row extends LimiterFinding | RequestFinding>(
  rows: readonly Row[],
  name: string,
): Row {
  const row = rows.find(
    (each) => each.phase === null && ('limiter' in each ? each.limiter : each.request) === name,
  );
  if (row === undefined) throw new Error(`no ${name} among ${JSON.stringify(rows.map((each) => each))}`);
  return row;
}
