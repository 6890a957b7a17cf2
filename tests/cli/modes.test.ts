import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { fakeIo, run, TINY } from './fake-io.ts';

/** Replicas that call nothing, with traffic that can be thinned. */
const WIDE = TINY.replace('desk: { ', 'desk: { replicas: 32, ').replace('rate: 50/s', 'rate: 500/s');

async function resultOf(...options: string[]): Promise<Findings> {
  const io = fakeIo();
  io.writeText('site.yaml', WIDE);
  const { code, stdout, stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '--json', ...options);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Findings;
}

describe('mode', () => {
  test('auto simulates every request of a small scenario', async () => {
    expect((await resultOf()).mode).toMatchObject({
      mode: 'exact',
      slice: 1,
      choice: 'auto',
      auto: { targetEvents: 40_000_000, obstacle: null },
    });
  });

  test('exact is asked for', async () => {
    expect((await resultOf('--mode', 'exact')).mode).toMatchObject({
      mode: 'exact',
      slice: 1,
      choice: 'asked',
    });
  });

  test('--slice thins the traffic; rates are still those of the whole site, samples those simulated', async () => {
    const whole = await resultOf();
    const { mode, requests, stations, checks } = await resultOf('--slice', '5', '--reps', '1');
    expect(mode).toMatchObject({
      mode: 'sliced',
      slice: 5,
      choice: 'asked',
      auto: null,
      // 32 do not divide by five: of seven that are kept, background visits bring each to its load.
      groups: [{ station: 'desk', replicas: 32, simulated: 7, backgroundRatio: 35 / 32 - 1 }],
    });
    // 10,000 requests, of which 2,000 are simulated: 4 standard deviations of a Poisson count.
    expect(requests[0]?.offered).toBeGreaterThan(10_000 - 4 * 5 * Math.sqrt(2000));
    expect(requests[0]?.offered).toBeLessThan(10_000 + 4 * 5 * Math.sqrt(2000));
    expect(requests[0]?.latency.samples).toBeLessThan(2200);
    expect(Math.abs((stations[0]?.utilization ?? 0) - (whole.stations[0]?.utilization ?? 1))).toBeLessThan(
      0.1,
    );
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('a slice that the scenario does not allow is refused at the option, with those it does: 2', async () => {
    const io = fakeIo();
    io.writeText('site.yaml', WIDE.replace('rate: 500/s', 'rate: 500/s, arrivals: deterministic'));
    const { code, stderr } = await run(io, 'run', 'site.yaml', '--slice', '5');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[HF522\][^]*--> command line:1:1\n[^]*\| --slice 5\n/);
    const sliced = await run(io, 'run', 'site.yaml', '--mode', 'sliced');
    expect(sliced.code).toBe(2);
    expect(sliced.stderr).toContain('| --mode sliced\n');
  });
});

describe('sampled', () => {
  const LONG = WIDE.replace(/clock: .*/, 'clock: { lasts: 4m, warmUp: 1s, window: 10s }');

  async function sampled(...options: string[]): Promise<{ findings: Findings; text: string }> {
    const io = fakeIo();
    io.writeText('site.yaml', LONG);
    const { code, stdout, stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '--json', ...options);
    expect(code, stderr).toBe(0);
    return { findings: JSON.parse(stdout) as Findings, text: stdout };
  }

  test('some seconds of each minute are simulated, as predicted', async () => {
    const { findings, text } = await sampled('--mode', 'sampled');
    const { mode } = findings;
    expect(mode).toMatchObject({ mode: 'sampled', slice: 1, choice: 'asked', auto: null });
    expect(mode.sampling).toMatchObject({
      measuredNs: 10e9,
      periodNs: 60e9,
      weight: 6,
      measuredRatio: 1 / 6,
    });
    // 500/s for a second and four stretches of 12 s, two events each.
    expect(mode.predictedEvents).toBe(49 * 500 * 2);
    expect(findings.timeline.weight).toEqual(findings.timeline.fromNs.map(() => 6));
    expect((await sampled('--mode', 'sampled')).text).toBe(text);
  });

  test('and one request in K of them', async () => {
    const { mode, checks } = (await sampled('--mode', 'sampled', '--slice', '5')).findings;
    expect(mode).toMatchObject({ mode: 'sampled', slice: 5, sampling: { weight: 6 } });
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('the summary says so', async () => {
    const io = fakeIo();
    io.writeText('site.yaml', LONG);
    const { stdout } = await run(io, 'run', 'site.yaml', '--no-charts', '--mode', 'sampled', '--slice', '5');
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(
      'Sampled in time and sliced 1/5 (as asked). Of every 60.0 s of steady time 10.0 s were measured',
    );
    expect(text).toContain('count 6 times');
  });

  test('is an ordinary run where no time can be left out, and says so', async () => {
    const io = fakeIo();
    io.writeText('site.yaml', LONG.replace('lasts: 4m', 'lasts: 50s'));
    const { stdout } = await run(io, 'run', 'site.yaml', '--no-charts', '--mode', 'sampled');
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(
      'Exact: every request was simulated (sampling in time was asked for, but no minute allows it).',
    );
    expect(text).not.toContain('Error of');
  });

  test('is refused at the option where the traffic cannot be looked ahead: 2', async () => {
    const io = fakeIo();
    const switching = 'rate: 500/s, arrivals: { mmpp: [{ factor: 1, for: 1s }, { factor: 2, for: 1s }] }';
    io.writeText('site.yaml', LONG.replace('rate: 500/s', switching));
    const { code, stderr } = await run(io, 'run', 'site.yaml', '--mode', 'sampled');
    expect(stderr).toMatch(/^error\[HF526\][^]*--> command line:1:1\n[^]*\| --mode sampled\n/);
    expect(code).toBe(2);
  });
});

describe('advice', () => {
  const overloaded = TINY.replace('rate: 50/s', 'rate: 150/s');

  test('is on stderr before the run, and in the result with its place', async () => {
    const io = fakeIo();
    io.writeText('site.yaml', overloaded);
    const { code, stdout, stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '--json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning\[HF\d+\]: desk/);
    const { advice } = JSON.parse(stdout) as Findings;
    expect(advice).toMatchObject([
      { severity: 'warning', at: expect.stringMatching(/^site\.yaml:6:\d+$/) as string },
    ]);
  });

  test('is not printed by --quiet', async () => {
    const io = fakeIo();
    io.writeText('site.yaml', overloaded);
    expect((await run(io, 'run', 'site.yaml', '--no-charts', '-q')).stderr).toBe('');
  });

  test('is part of what validate says, and no error', async () => {
    const io = fakeIo();
    io.writeText('site.yaml', overloaded);
    const { code, stdout } = await run(io, 'validate', 'site.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning\[HF\d+\]: desk/);
  });
});
