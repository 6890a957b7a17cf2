/** One change, checked beside a baseline file and attributed, by the product's own command line, in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/main.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { BENCH_FOLDER } from '../cases.ts';
import type { Attribution, Comparison } from '../../src/study/comparison.ts';
import type { ChangeVerdict, CheckDocument } from '../../src/study/gate/gate-check.ts';

export interface Trial {
  readonly exitCode: number;
  /** Of each number that a budget judges. */
  readonly verdicts: readonly ChangeVerdict[];
  /** Change of the first of them, as a share of what it was. */
  readonly worseBy: number | null;
}

/** What a comparison says of the P99 of the first request class. */
export interface Attributed {
  /** The input changes that make most of it together, or alone; none where the P99 has not moved. */
  readonly inputs: readonly string[];
  /** Of the whole change. */
  readonly share: number;
  /** How many changes, or groups of them, were to choose from. */
  readonly candidates: number;
}

/** Replications of a comparison: as many as a check has. */
const REPLICATIONS = '10';

/** Makes the baseline of one scenario and checks the other one by it. */
export function tryOut(
  before: string,
  after: string,
  seed: string,
  ...more: readonly string[]
): Promise<Trial> {
  return inFolder(async (folder) => {
    const file = join(folder, 'site.yaml');
    const baseline = ['--baseline', join(folder, 'base.json'), '--out', folder];
    const check = (...options: string[]) =>
      quietly('check', file, '--seed', seed, ...baseline, '--no-charts', ...more, ...options);
    writeFileSync(file, before);
    await check('--update-baseline', '--force');
    writeFileSync(file, after);
    const { exitCode } = await check();
    const { scenarios } = JSON.parse(readFileSync(join(folder, 'check.json'), 'utf8')) as CheckDocument;
    const changes = (scenarios[0]?.budgets ?? []).flatMap(({ baseline: change }) => change ?? []);
    return {
      exitCode,
      verdicts: changes.map(({ verdict }) => verdict),
      worseBy: changes[0]?.worseBy ?? null,
    };
  });
}

/** Asks `compare --attribute` which change of the scenario has moved the P99. */
export function attributeP99(before: string, after: string, seed: string): Promise<Attributed> {
  return inFolder(async (folder) => {
    const files = [join(folder, 'before.yaml'), join(folder, 'after.yaml')] as const;
    writeFileSync(files[0], before);
    writeFileSync(files[1], after);
    const asked = ['--attribute', '--seed', seed, '--reps', REPLICATIONS, '--json'];
    const { printed } = await quietly('compare', ...files, ...asked);
    const { inputs, attribution } = JSON.parse(printed) as Comparison;
    const { part, share } = largestShare(attribution);
    const named = attribution?.parts[part]?.inputs ?? [];
    return {
      inputs: named.flatMap((index) => inputs?.[index]?.path ?? []),
      share,
      candidates: attribution?.parts.length ?? 0,
    };
  });
}

function largestShare(attribution: Attribution | null): { readonly part: number; readonly share: number } {
  const p99 = attribution?.measures.find(
    ({ target, metric, phase }) => target === 'request:buy' && metric === 'p99' && phase === null,
  );
  const shares = (p99?.parts ?? []).map(({ share }) => share ?? 0);
  const part = shares.indexOf(Math.max(...shares));
  return { part, share: shares[part] ?? 0 };
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'hongfeng-gate-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One for all: each would listen to the output of the process. */
const outside = nodeIo();

async function quietly(...argv: string[]): Promise<{ readonly exitCode: number; readonly printed: string }> {
  let printed = '';
  let problem = '';
  const keeping = (keep: (text: string) => void): Output => ({
    ...{ isTerminal: false, columns: 80, isClosed: false },
    write: (text) => {
      keep(text);
      return Promise.resolve();
    },
  });
  const exitCode = await runCli([...argv, '-q'], {
    ...outside,
    packageDir: BENCH_FOLDER.replace(/bench\/$/, ''),
    stdout: keeping((text) => (printed += text)),
    stderr: keeping((text) => (problem += text)),
  });
  // What was checked came out as it did; anything else is a fault of the bench.
  if (exitCode !== 0 && exitCode !== 98) throw new Error(`exit code ${exitCode}: ${problem}`);
  return { exitCode, printed };
}
