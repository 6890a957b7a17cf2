/** result.json is a pure function of scenario, seed and version: to the byte, however it is run. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fakeIo, run } from '../cli/fake-io.ts';

/** Bytes of result.json of a shipped scenario. */
async function bytesOf(scenario: string, ...options: string[]): Promise<string> {
  const io = fakeIo({ stepMs: options.length });
  const file = `${io.packageDir}/scenarios/${scenario}.yaml`;
  const { code, stderr } = await run(io, 'run', file, '--no-charts', '-o', 'out', ...options);
  expect(code, stderr).toBe(0);
  return io.readText('out/result.json');
}

const PEAK = [
  ...['--set', 'traffic.curve=[{ at: 0s, rate: 1M/s, phase: peak }]'],
  ...['--set', 'clock={ lasts: 50ms, warmUp: 50ms }'],
];

/** So short a run takes one thread whatever `-j` says: what real threads make of it is in tests/process/threads.test.ts. */
test.each([
  ['every request', 'smoke', ['--until', '3s', '--reps', '2']],
  ['one request in ten', 'double-11', [...PEAK, '--slice', '10', '--reps', '2']],
])('twice, another -j or not: %s', async (_mode, scenario, options) => {
  const first = await bytesOf(scenario, ...options);
  expect(await bytesOf(scenario, ...options, '-j', '2')).toBe(first);
  expect(await bytesOf(scenario, ...options, '--seed', 'other')).not.toBe(first);
});

/**
 * What smoke measured when this was written. Another machine, another worker count or a faster loop must not change it;
 * a change of the model's meaning may, and then this file says so.
 */
const GOLDEN = JSON.parse(readFileSync(new URL('smoke.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;

test('the same figures on every machine: the first ten seconds of smoke', async () => {
  const result = JSON.parse(await bytesOf('smoke', '--until', '10s', '--reps', '1')) as {
    readonly requests: readonly {
      readonly phase: string | null;
      readonly request: string;
      readonly offered: number;
      readonly good: number;
      readonly latency: { readonly meanNs: number; readonly maxNs: number };
    }[];
    readonly histograms: unknown;
  };
  const whole = result.requests.filter(({ phase }) => phase === null);
  const figures = {
    requests: Object.fromEntries(
      whole.map(({ request, offered, good, latency: { meanNs, maxNs } }) => [
        request,
        { offered, good, meanNs, maxNs },
      ]),
    ),
    histogramsSha256: createHash('sha256').update(JSON.stringify(result.histograms)).digest('hex'),
  };
  expect(figures).toEqual(GOLDEN);
});
