/** One check beside a baseline file, by the product's own command line, in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/main.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { BENCH_FOLDER } from '../cases.ts';
import type { ChangeVerdict, CheckDocument } from '../../src/study/gate/gate-check.ts';

export interface Trial {
  readonly exitCode: number;
  /** Of each number that a budget judges. */
  readonly verdicts: readonly ChangeVerdict[];
  /** Change of the first of them, as a share of what it was. */
  readonly worseBy: number | null;
}

/** Makes the baseline of one scenario and checks the other one by it. */
export async function tryOut(
  before: string,
  after: string,
  seed: string,
  ...more: readonly string[]
): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'hongfeng-gate-'));
  try {
    const file = join(folder, 'site.yaml');
    const check = (...options: string[]): Promise<number> =>
      quietly(
        'check',
        file,
        '--seed',
        seed,
        '--baseline',
        join(folder, 'base.json'),
        '--out',
        folder,
        ...more,
        ...options,
      );
    writeFileSync(file, before);
    await check('--update-baseline', '--force');
    writeFileSync(file, after);
    const exitCode = await check();
    const { scenarios } = JSON.parse(readFileSync(join(folder, 'check.json'), 'utf8')) as CheckDocument;
    const changes = (scenarios[0]?.budgets ?? []).flatMap(({ baseline }) => baseline ?? []);
    return {
      exitCode,
      verdicts: changes.map(({ verdict }) => verdict),
      worseBy: changes[0]?.worseBy ?? null,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One for all: each would listen to the output of the process. */
const outside = nodeIo();

async function quietly(...argv: string[]): Promise<number> {
  const silent: Output = { isTerminal: false, columns: 80, isClosed: false, write: () => Promise.resolve() };
  let problem = '';
  const stderr = { ...silent, write: (text: string) => Promise.resolve(void (problem += text)) };
  const code = await runCli([...argv, '--no-charts', '-q'], {
    ...outside,
    packageDir: BENCH_FOLDER.replace(/bench\/$/, ''),
    stdout: silent,
    stderr,
  });
  // What was checked came out as it did; anything else is a fault of the bench.
  if (code !== 0 && code !== 98) throw new Error(`exit code ${code}: ${problem}`);
  return code;
}
