import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import type { SensitivityDocument } from '../../src/study/sensitivity-document.ts';
import { fakeIo, run, TINY, type FakeIo, type FakeOptions } from './fake-io.ts';

const assumed = (value: string): string => `{ value: ${value}, confidence: assumed, source: a guess }`;

/** A desk whose service is a guess, beside a lamp that nobody waits for. */
const GUESSED = `scenario: guessed
clock: { lasts: 60s, warmUp: 2s }
traffic: { rate: ${assumed('320/s')} }
stations:
  door: { servers: 8, operations: { pass: [{ serve: ${assumed('{ mean: 100us, cv: 1 }')} }] } }
  desk: { servers: ${assumed('2')}, service: ${assumed('{ exponential: 5ms }')}, price: ${assumed('1 USD/h')} }
  lamp: { servers: 1, service: ${assumed('{ exponential: 1ms }')} }
requests:
  buy: { path: [door.pass, desk] }
budgets:
  - { id: tail, target: "request:buy", expect: p99 < 100ms }
`;

function withSite(text: string, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('site.yaml', text);
  return io;
}

const sensitivity = (io: FakeIo, ...options: string[]) => run(io, 'sensitivity', 'site.yaml', ...options);

async function foundOf(io: FakeIo, ...options: string[]): Promise<SensitivityDocument> {
  const { stdout, stderr } = await sensitivity(io, '--json', ...options);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as SensitivityDocument;
}

describe('sensitivity', () => {
  test('what sets the time and the room of the desk comes first, what nobody meets moves nothing', async () => {
    const { inputs, leftOut, base, step } = await foundOf(withSite(GUESSED));
    expect(step).toBe(0.2);
    const byPath = new Map(inputs.map((each) => [each.path, each]));
    expect([...byPath.keys()].slice(0, 2).toSorted()).toContain('stations.desk.service');
    const service = byPath.get('stations.desk.service');
    expect(service).toMatchObject({
      label: 'desk service',
      value: '{ exponential: 5ms }',
      origin: 'scenario',
    });
    expect([service?.lower?.value, service?.higher?.value]).toEqual([
      '{ exponential: 4ms }',
      '{ exponential: 6ms }',
    ]);
    const p99 = (side: 'lower' | 'higher') => service?.[side]?.requests[0];
    expect(p99('lower')?.verdict).toBe('significant');
    expect(p99('lower')?.relativeDifference).toBeLessThan(-0.2);
    expect(p99('higher')?.relativeDifference).toBeGreaterThan(0.2);
    expect(p99('higher')?.p99Ns).toBeCloseTo(
      (base.requests[0]?.p99Ns ?? 0) + (p99('higher')?.differenceNs ?? 0),
      -1,
    );
    expect(service?.higher?.headroom.group).toBe('desk');
    expect(service?.higher?.headroom.relativeDifference).toBeLessThan(-0.1);
    expect(service?.reach).toBeCloseTo(0.2, 1);
    const lamp = byPath.get('stations.lamp.service');
    expect(lamp?.effect).toBe(0);
    expect(lamp?.higher?.requests[0]?.verdict).toBe('equal');
    expect(inputs.map(({ effect }) => effect)).toEqual(
      inputs.map(({ effect }) => effect).toSorted((a, b) => b - a),
    );
    expect(leftOut).toEqual([
      { path: 'stations.desk.price', label: 'desk price', value: '1 USD/h', reach: 0, because: 'no-effect' },
    ]);
  });

  test('a side is what the scenario says with --set', async () => {
    const { inputs } = await foundOf(withSite(GUESSED), '--inputs', '2', '--reps', '2');
    const { path, higher } = inputs[0] ?? { path: '', higher: null };
    const set = `${path}=${higher?.value ?? ''}`;
    const { stdout } = await run(
      withSite(GUESSED),
      'run',
      'site.yaml',
      '--json',
      '--reps',
      '2',
      '--set',
      set,
    );
    const { requests, headroom } = JSON.parse(stdout) as {
      requests: { latency: { p99Ns: number } }[];
      headroom: { factor: number }[];
    };
    expect(higher?.requests[0]?.p99Ns).toBe(requests[0]?.latency.p99Ns);
    expect(higher?.headroom.factor).toBe(headroom[0]?.factor);
  });

  test('those that reach furthest by arithmetic are simulated, the others named', async () => {
    const { inputs, leftOut } = await foundOf(withSite(GUESSED), '--inputs', '1', '--reps', '2');
    expect(inputs).toHaveLength(1);
    const others = leftOut.filter(({ because }) => because === 'few-effects');
    expect(others.length).toBeGreaterThan(2);
    for (const { reach } of others) expect(reach).toBeLessThanOrEqual(inputs[0]?.reach ?? 0);
  });

  test('the text is a table in 80 columns; the document lies in the folder; nothing depends on -j', async () => {
    const io = withSite(GUESSED);
    const { code, stdout } = await sensitivity(io, '--reps', '3', '-j', '2');
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/WHICH GUESS MATTERS {2}the largest effect first\n/);
    expect(stdout).toMatch(/desk service +exponential 5ms +−[\d.]+ % +\+[\d.]+ % +\+[\d.]+ % +−[\d.]+ %/);
    expect(stdout).toMatch(/NOT SIMULATED\n {2}no effect, by arithmetic: desk price/);
    const saved = JSON.parse(io.readText('reports/guessed/sensitivity.json')) as SensitivityDocument;
    expect(await foundOf(withSite(GUESSED), '--reps', '3', '-j', '1')).toEqual(saved);
  });

  test('without a guess there is nothing to vary', async () => {
    const { stdout, code } = await sensitivity(withSite(TINY), '--reps', '2');
    expect(code).toBe(0);
    expect(stdout).toContain('nothing is only assumed');
  });

  test('Ctrl-C keeps what is complete: exit code 105', async () => {
    const io = withSite(GUESSED, {
      onPause: (self, count) => {
        if (count === 4) self.interrupt();
      },
    });
    const { code, stdout } = await sensitivity(io, '-j', '1', '--reps', '2');
    expect(code).toBe(105);
    expect(stdout).toContain('stopped before: ');
  });

  test.each([
    [['--reps', '1'], 'cannot tell an effect from chance'],
    [['--step', '100%'], '--step must be less than 100%'],
    [['--inputs', '0'], '--inputs must be a whole number'],
  ])('%j is refused', async (options, message) => {
    const { code, stderr } = await sensitivity(withSite(GUESSED), ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
