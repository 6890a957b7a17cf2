/** Signals at any time: files are complete or absent, what had ended is kept, and a rerun gives the same bytes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { PROGRAM } from './compiled.ts';

const scenario = (lasts: string): string => `
scenario: desk
clock: { lasts: ${lasts}, warmUp: 1s, window: 1s }
traffic: { rate: 1k/s }
stations:
  desk: { servers: 8, discipline: fcfs, service: { exponential: 4ms } }
requests:
  customer: { path: [desk] }
`;

function folderWith(lasts: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hongfeng-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'site.yaml'), scenario(lasts));
  return folder;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the program in the folder and sends it a signal after a while. */
function run(folder: string, options: readonly string[], kill?: { signal: NodeJS.Signals; afterMs: number }) {
  const child = spawn(process.execPath, [PROGRAM, 'run', 'site.yaml', '-q', ...options], {
    cwd: folder,
    stdio: 'ignore',
  });
  const timer = kill && setTimeout(() => child.kill(kill.signal), kill.afterMs);
  return new Promise<Ended>((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal });
    });
  });
}

const resultOf = (folder: string): Findings =>
  JSON.parse(readFileSync(join(folder, 'reports/desk/result.json'), 'utf8')) as Findings;

const filesOf = (folder: string): string[] => {
  try {
    return readdirSync(join(folder, 'reports/desk'), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
};

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it in order: finished replications are kept and written',
  async (signal) => {
    const folder = folderWith('300s');
    const options = ['--no-charts', '-j', '2', '--reps', '100'];
    const ended = await run(folder, options, { signal, afterMs: 6000 });
    expect(ended).toEqual({ code: 105, signal: null });
    const { replications, stop } = resultOf(folder);
    expect(replications).toMatchObject({ asked: 100, stoppedBy: 'interrupted' });
    expect(replications.done).toBeGreaterThanOrEqual(1);
    expect(replications.done).toBeLessThan(100);
    expect(replications.seeds).toHaveLength(replications.done);
    expect(stop.truncated).toBe(replications.done === 1 && stop.reason === 'interrupted');
    expect(filesOf(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  },
  60_000,
);

test('killed at any time: every file is whole or not there, and a rerun gives the same bytes', async () => {
  const folder = folderWith('20s');
  const options = ['-j', '2', '--reps', '3'];
  const startMs = Date.now();
  await run(folder, options);
  const wholeMs = Date.now() - startMs;
  const whole = new Map(
    filesOf(folder)
      .filter((name) => /\.(json|csv|html|png)$/.test(name) && name !== 'run.json')
      .map((name) => [name, readFileSync(join(folder, 'reports/desk', name))]),
  );
  expect(whole.size).toBeGreaterThan(5);
  for (const share of [0.3, 0.6, 0.8, 0.9, 0.95]) {
    rmSync(join(folder, 'reports'), { recursive: true, force: true });
    await run(folder, options, { signal: 'SIGKILL', afterMs: share * wholeMs });
    for (const name of filesOf(folder)) {
      const expected = whole.get(name);
      if (expected !== undefined) {
        expect(readFileSync(join(folder, 'reports/desk', name)).equals(expected), name).toBe(true);
      } else if (name === 'run.json') {
        JSON.parse(readFileSync(join(folder, 'reports/desk', name), 'utf8'));
      } else expect(name).toMatch(/^charts$|\.tmp$/);
    }
  }
  await run(folder, options);
  for (const [name, bytes] of whole) {
    expect(readFileSync(join(folder, 'reports/desk', name)).equals(bytes), name).toBe(true);
  }
}, 120_000);
