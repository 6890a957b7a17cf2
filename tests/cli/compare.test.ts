import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { readCompareOptions } from '../../src/cli/compare-options.ts';
import { preparePair, type KnownPair } from '../../src/cli/prepare-pair.ts';
import type { Comparison } from '../../src/study/comparison.ts';
import { fakeIo, LONG, run, RUNAWAY, TINY, type FakeIo, type FakeOptions } from './fake-io.ts';

const SLOWER = TINY.replace('exponential: 20ms', 'exponential: 22ms');

function withBoth(before: string, after: string, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('before.yaml', before);
  io.writeText('after.yaml', after);
  return io;
}

const compare = (io: FakeIo, ...options: string[]) =>
  run(io, 'compare', 'before.yaml', 'after.yaml', ...options);

async function comparisonOf(io: FakeIo, ...options: string[]): Promise<Comparison> {
  const { code, stdout, stderr } = await compare(io, '--json', ...options);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Comparison;
}

const metricsOf = ({ differences }: Comparison, verdict: string): string[] =>
  differences.filter((each) => each.verdict === verdict).map(({ metric }) => metric);

describe('compare', () => {
  test('says what was compared, then what differs, in 80 columns; writes no file; exits 0', async () => {
    const io = withBoth(TINY, SLOWER);
    const { code, stdout, stderr } = await compare(io);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/before {2}before\.yaml · tiny\n {2}after {3}after\.yaml · tiny\n/);
    expect(stdout).toContain('seeds tiny … tiny#5');
    expect(stdout).toMatch(/DIFFERENCES {2}\d+ significant/);
    expect(stdout).toMatch(/\n {5}desk +utilization +[\d.]+ % +[\d.]+ % +\+\d\.\d+ points +±[\d.]+\n/);
    expect(io.names()).toEqual(['after.yaml', 'before.yaml']);
  });

  test('a file beside itself: everything is exactly equal', async () => {
    const io = withBoth(TINY, TINY);
    expect((await compare(io)).stdout).toMatch(/\n\d\d measures compared: all exactly equal\.\n$/);
    const { differences } = await comparisonOf(withBoth(TINY, TINY));
    expect(differences.length).toBeGreaterThan(10);
    expect(new Set(differences.map(({ difference }) => difference))).toEqual(new Set([0]));
  });

  test('both sides have the seed of the first, or that of the command line', async () => {
    const other = SLOWER.replace('seed: tiny', 'seed: other');
    const { replications, before, after } = await comparisonOf(withBoth(TINY, other), '--reps', '2');
    expect(replications).toMatchObject({ asked: 2, done: 2, seeds: ['tiny', 'tiny#2'], stoppedBy: null });
    expect([before.scenario.seed, after.scenario.seed]).toEqual(['tiny', 'tiny']);
    const given = await comparisonOf(withBoth(TINY, other), '--reps', '2', '--seed', '洪峰');
    expect(given.replications.seeds).toEqual(['洪峰', '洪峰#2']);
  });

  test('both sides have one warm-up: the longer that is said, else that of a pilot of the first', async () => {
    const saying = (warmUp: string, text = TINY): string =>
      text.replace(/^clock:.*$/m, `clock: { lasts: 30s${warmUp === '' ? '' : `, warmUp: ${warmUp}`} }`);
    const found = async (one: string, other: string) => {
      const { before, after } = await comparisonOf(
        withBoth(saying(one), saying(other, SLOWER)),
        '--reps',
        '2',
      );
      return [before.scenario.warmUpNs, after.scenario.warmUpNs];
    };
    expect(await found('2s', '5s')).toEqual([5e9, 5e9]);
    expect(await found('2s', '')).toEqual([2e9, 2e9]);
    const both = await found('', '');
    const { stdout } = await run(withBoth(saying(''), ''), 'run', 'before.yaml', '--json', '--reps', '1');
    const alone = JSON.parse(stdout) as Comparison['before'];
    expect(both).toEqual([alone.scenario.warmUpNs, alone.scenario.warmUpNs]);
    const { stderr } = await compare(withBoth(saying('2s'), saying('5s', SLOWER)), '--reps', '2');
    expect(stderr).toContain('note: alone they would have warm-ups of 2s and 5s; both have 5s');
  });

  test('--set and --until are for both, and the text says so', async () => {
    const options = ['--reps', '2', '--set', 'stations.desk.servers=3', '--until', '15s'];
    const io = withBoth(TINY, SLOWER);
    const { stdout } = await compare(io, ...options);
    expect(stdout).toContain('both with stations.desk.servers=3; both up to 15s');
    const { before, after } = await comparisonOf(withBoth(TINY, SLOWER), ...options);
    for (const { scenario } of [before, after]) {
      expect(scenario).toMatchObject({ lastsNs: 15e9, overrides: [{ path: 'stations.desk.servers' }] });
    }
  });

  test('no result depends on -j or the clock', async () => {
    const first = await compare(withBoth(TINY, SLOWER, { stepMs: 1 }), '--json', '-j', '1');
    const second = await compare(withBoth(TINY, SLOWER, { stepMs: 500 }), '--json', '-j', '2');
    expect(first.stdout).toBe(second.stdout);
  });

  test('-q prints nothing, --json one document', async () => {
    const io = withBoth(TINY, SLOWER, { isTerminal: true, stepMs: 500 });
    const { stdout, stderr } = await compare(io, '-q');
    expect([stdout, stderr]).toEqual(['', '']);
    expect((await comparisonOf(withBoth(TINY, SLOWER))).$schema).toBe('urn:hongfeng:comparison:3');
  });

  test('what one side alone has is listed', async () => {
    const beside = TINY.replace(
      'traffic: { rate: 50/s }',
      'traffic:\n  - { rate: 50/s, mix: { buy: 100% } }\n  - { rate: 9/s, mix: { aside: 100% } }',
    ).replace(
      '\nrequests:',
      '\n  side: { servers: 1, service: { exponential: 1ms } }\nrequests:\n  aside: { path: [side] }',
    );
    const { stdout } = await compare(withBoth(TINY, beside));
    expect(stdout).toMatch(/all exactly equal\.\n\nOnly after: request:aside, station:side\n$/);
  });

  test('colour adds escape codes and nothing else', async () => {
    const plain = await compare(withBoth(TINY, SLOWER));
    const coloured = await compare(withBoth(TINY, SLOWER), '--color', 'always');
    expect(coloured.stdout).toContain('\u001b[1m');
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });

  test('--json has what the text leaves out: every measure with interval and p-values', async () => {
    const found = await comparisonOf(withBoth(TINY, SLOWER));
    expect(metricsOf(found, 'significant')).toContain('util');
    for (const { verdict, interval, pValue, adjustedPValue } of found.differences) {
      if (verdict === 'unknown') continue;
      expect(interval).not.toBeNull();
      expect([pValue, adjustedPValue].includes(null)).toBe(verdict === 'equal');
    }
  });
});

describe('slices', () => {
  const wide = (replicas: number, rate = '500/s') =>
    TINY.replace('desk: { ', `desk: { replicas: ${replicas}, `).replace('rate: 50/s', `rate: ${rate}`);

  test('the one asked for is simulated on both sides', async () => {
    const { before, after } = await comparisonOf(withBoth(wide(32), wide(48)), '--slice', '4', '--reps', '2');
    expect([before.mode.slice, after.mode.slice]).toEqual([4, 4]);
  });

  /** Callers, whose number says what slices there are. */
  const callers = (replicas: number, rate = '300/s'): string => `
scenario: callers
clock: { lasts: 10s, warmUp: 1s }
traffic: { rate: ${rate} }
stations:
  front: { replicas: ${replicas}, servers: 1, operations: { ask: [{ serve: { exponential: 1ms } }, { call: store }] } }
  store: { replicas: 480, servers: 1, service: { exponential: 1ms } }
requests:
  page: { path: [front.ask] }
`;

  test('where nothing but every request suits both, that is simulated, and it is said', async () => {
    const io = withBoth(callers(45), callers(50));
    const { stdout, stderr, code } = await compare(io, '--mode', 'sliced', '--json', '--reps', '2');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: alone they would be simulated as slices 1/3 and 1/2; every request of both is\n',
    });
    const { before, after } = JSON.parse(stdout) as Comparison;
    expect([before.mode.slice, after.mode.slice]).toEqual([1, 1]);
  });

  test('where auto chooses two, both get the greatest that neither exceeds and both allow', () => {
    const io = withBoth(callers(640, '17M/s'), callers(480, '17M/s'));
    const parsed = parseCommandLine(['compare', 'before.yaml', 'after.yaml', '--reps', '2'], '1');
    if (parsed.kind !== 'command') throw new Error('no command');
    const { before, after, note } = preparePair(
      { before: io, after: io },
      readCompareOptions(parsed.args, io.machine),
      '1',
    );
    expect(note).toContain('slices 1/16 and 1/12; both are as 1/10');
    expect([before, after].map(({ sliceChoice }) => sliceChoice.slice)).toEqual([10, 10]);
    expect([before, after].map(({ model }) => model.slice)).toEqual([10, 10]);
  });
});

describe('time left out', () => {
  /** Its first station takes the requests of both; the second, which only `aside` comes to, is overloaded after 300 s. */
  const site = (sideServers: number, extra = '', rate = '10/s') => `
scenario: site
clock: { lasts: 600s, warmUp: 1s, window: 10s }
traffic:
  - { rate: ${rate}, mix: { buy: 100% }${extra} }
  - { curve: [{ at: 0s, rate: 1/s }, { at: 300s, rate: 1/s }, { at: 301s, rate: 15/s }, { at: 360s, rate: 15/s }, { at: 361s, rate: 1/s }], mix: { aside: 100% } }
stations:
  desk: { servers: 4, service: { exponential: 100ms } }
  side: { servers: ${sideServers}, service: { exponential: 100ms } }
requests:
  buy: { path: [desk] }
  aside: { path: [side] }
`;

  function prepared(before: string, after: string, ...options: string[]): KnownPair {
    const io = withBoth(before, after);
    const parsed = parseCommandLine(['compare', 'before.yaml', 'after.yaml', '--reps', '2', ...options], '1');
    if (parsed.kind !== 'command') throw new Error('no command');
    return preparePair({ before: io, after: io }, readCompareOptions(parsed.args, io.machine), '1');
  }

  const isSampled = ({ before, after }: KnownPair) =>
    [before, after].map(({ model }) => model.sampling !== null);

  test('what one must simulate from end to end the other does too: what is untouched is exactly equal', async () => {
    const io = withBoth(site(4), site(1));
    const { stdout, stderr, code } = await compare(io, '--mode', 'sampled', '--reps', '2', '--json');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/\nnote: the same time is left out of both\n$/);
    const { before, after, differences } = JSON.parse(stdout) as Comparison;
    expect([before.mode.mode, after.mode.mode]).toEqual(['sampled', 'sampled']);
    const untouched = differences.filter(({ target }) => ['request:buy', 'station:desk'].includes(target));
    expect(untouched.length).toBeGreaterThan(5);
    expect(untouched.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
    expect(differences.some(({ target, verdict }) => target === 'station:side' && verdict !== 'equal')).toBe(
      true,
    );
  });

  test('where auto leaves time out of one, it does so of both, and says so', () => {
    const pair = prepared(site(4), site(4, '', '300k/s').replace('servers: 4', 'servers: 40000'));
    expect(isSampled(pair)).toEqual([true, true]);
    expect(pair.before.model.sampling).toEqual(pair.after.model.sampling);
    expect(pair.note).toBe(
      'note: time would be left out of after alone; it is left out of both, the same time',
    );
  });

  test('where one does not allow it, it is left out of neither', () => {
    const mmpp = ', arrivals: { mmpp: [{ factor: 0.5, for: 1s }, { factor: 1.5, for: 1s }] }';
    const pair = prepared(site(4, '', '300k/s').replace('servers: 4', 'servers: 40000'), site(4, mmpp));
    expect(isSampled(pair)).toEqual([false, false]);
    expect(pair.note).toBe(
      'note: time would be left out of before alone; none is, because the other does not allow it',
    );
  });

  test('asked for, it is refused where one does not allow it', () => {
    const trace = site(4, ', arrivals: { mmpp: [{ factor: 0.5, for: 1s }, { factor: 1.5, for: 1s }] }');
    expect(() => prepared(site(4), trace, '--mode', 'sampled')).toThrow(/no time can be left out/);
  });
});

/** Ctrl-C when signals are let in for the time of this number. */
const interruptAt = (at: number) => (io: FakeIo, count: number) => {
  if (count === at) io.interrupt();
};

describe('what cannot be compared', () => {
  test('--reps 1 is refused with what to use instead', async () => {
    const { code, stdout, stderr } = await compare(withBoth(TINY, SLOWER), '--reps', '1');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--reps 2');
  });

  test('a second file that is no scenario', async () => {
    const { code, stderr } = await compare(withBoth(TINY, TINY.replace('servers:', 'server:')));
    expect(code).toBe(104);
    expect(stderr).toContain('after.yaml:6:');
  });

  test('a queue that grows without end: said, with the file that shows it', async () => {
    const before = RUNAWAY.replace('rate: 1M/s', 'rate: 50/s').replace('lasts: 1h', 'lasts: 20s');
    const { code, stdout } = await compare(
      withBoth(before, RUNAWAY),
      '-q',
      '--reps',
      '2',
      '--json',
      '-j',
      '1',
    );
    expect(code).toBe(0);
    const { differences, after } = JSON.parse(stdout) as Comparison;
    expect(differences).toEqual([]);
    expect(after.runaways.map(({ group }) => group)).toEqual(['desk', 'desk']);
  });

  test('a Ctrl-C before the first pair is complete leaves nothing: exit code 105', async () => {
    const io = withBoth(LONG, LONG, { onPause: interruptAt(2) });
    const { code, stdout, stderr } = await compare(io, '-j', '1');
    expect({ code, stdout }).toEqual({ code: 105, stdout: '' });
    expect(stderr).toContain('nothing to compare');
  });

  test('a Ctrl-C later keeps the pairs that were complete', async () => {
    const short = LONG.replace('lasts: 20s', 'lasts: 12s');
    const pauses: number[] = [];
    const whole = withBoth(short, short, { onPause: (_, count) => pauses.push(count) });
    await compare(whole, '-q', '--reps', '2', '-j', '1');
    const late = Math.round(pauses.length * 0.8);
    const io = withBoth(short, short, { onPause: interruptAt(late) });
    const { code, stdout } = await compare(io, '--reps', '2', '-j', '1');
    expect(code).toBe(105);
    expect(stdout).toContain('Stopped: of 2 replications 1 is complete on both sides.');
    expect(stdout).toContain('One replication has no interval');
  });
});
