import { describe, expect, test } from 'vitest';
import { UserError, type Diagnostic } from '../../src/base/diagnostics.ts';
import { expectItFits, limitReplications, MEMORY_MAX_BYTES } from '../../src/cli/memory-limit.ts';
import { prepareScenario } from '../../src/cli/prepare-scenario.ts';
import { compileModel } from '../../src/compile/compile.ts';
import { expectedTraffic } from '../../src/compile/expected.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import type { Model } from '../../src/model/model.ts';
import { footprintOf, type Footprint } from '../../src/run/footprint.ts';
import type { Scenario, Station } from '../../src/scenario/types.ts';
import {
  balance,
  call,
  desk,
  NO_FILES,
  pool,
  request,
  scenario,
  seconds,
  station,
} from '../compile/build.ts';
import { fakeIo, run } from './fake-io.ts';

/** Why the scenario does not fit into memory, or null. */
function refusal(from: Scenario): Diagnostic | null {
  const options = { slice: 1, files: NO_FILES };
  const model = compileModel(from, options);
  return refusalOf(footprintOf(model, expectedTraffic(from, options)), { scenario: from, model });
}

function refusalOf(footprint: Footprint, of: { scenario: Scenario; model: Model }): Diagnostic | null {
  try {
    expectItFits(footprint, {
      replications: 1,
      replicationsMax: null,
      scenarios: 1,
      ...of,
      position: nowhere,
    });
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.diagnostics[0] ?? null;
  }
}

const fleets = (rest: Partial<Station>) =>
  scenario({
    stations: {
      front: station({ replicas: 100_000, operations: { ask: [call('back')] } }),
      back: desk({ replicas: 100_000, ...rest }),
    },
    requests: { r: request(['front.ask']) },
  });

const windows = (classes: number, ratePerSec: number) => {
  const names = Array.from({ length: classes }, (_, i) => `c${i}`);
  return {
    ...scenario({
      stations: { desk: desk() },
      requests: Object.fromEntries(names.map((name) => [name, request(['desk'])])),
      ratePerSec,
    }),
    clock: { from: null, lastsNs: 2000 * seconds, warmUpNs: 0, windowNs: seconds },
  };
};

describe('what would not fit into memory is refused before it is allocated', () => {
  test('connections counted by 100,000 callers for each of 100,000 replicas', () => {
    expect(refusal(fleets({ balance: balance('least-connections') }))).toMatchObject({
      code: 'HF523',
      file: 'stations.back.replicas',
    });
    expect(refusal(fleets({ balance: balance('round-robin') }))).toBeNull();
  });

  test('a pool for each of these pairs', () => {
    expect(refusal(fleets({ pool: pool(1) }))).toMatchObject({ code: 'HF523', file: 'stations.back.pool' });
  });

  test('histograms of 500 classes in 2,000 windows; longer windows would do', () => {
    const refused = refusal(windows(500, 10_000));
    expect(refused).toMatchObject({ code: 'HF523', file: 'clock.window' });
    expect(refused?.help).toContain('window: 5s instead of 1s');
    const longer = windows(500, 10_000);
    expect(refusal({ ...longer, clock: { ...longer.clock, windowNs: 5 * seconds } })).toBeNull();
  });

  test('the same with little traffic, where most windows of a class stay empty', () => {
    expect(refusal(windows(500, 10))).toBeNull();
  });

  test('more users than there is room for', () => {
    const users = {
      model: 'closed',
      scale: 1,
      users: 1e8,
      think: { family: 'constant', meanNs: seconds },
    } as const;
    const from = scenario({ stations: { desk: desk() }, requests: { r: request(['desk']) } });
    const traffic = [{ ...users, mix: [{ atNs: 0, shares: { r: 1 } }], regions: [] }];
    expect(refusal({ ...from, traffic })).toMatchObject({ code: 'HF523', file: 'traffic.0' });
    const both = [...from.traffic, ...traffic]; // which of them brings most is not asked
    expect(refusal({ ...from, traffic: both })).toMatchObject({ code: 'HF523', file: 'traffic' });
  });

  test.each([
    ['there is no room beside the rest', MEMORY_MAX_BYTES],
    ['the whole run in one window is too much', MEMORY_MAX_BYTES - 1e6],
  ])('no length of window is named where %s', (_, restBytes) => {
    const from = windows(1, 10);
    const model = compileModel(from, { slice: 1, files: NO_FILES });
    const none = footprintOf(model, { requests: [0], insideMax: 0 });
    const parts = { program: 0, slots: restBytes / 2, replicas: restBytes / 2, windows: 4e9, phases: 0 };
    const refused = refusalOf({ ...none, ...parts }, { scenario: from, model });
    expect(refused).toMatchObject({ code: 'HF523', file: 'clock.window' });
    expect(refused?.help).not.toMatch(/\d/);
  });
});

test.each([
  { scenarios: 1, replications: 5, said: '5 replications', hint: 'use --reps 4' },
  { scenarios: 2, replications: 3, said: '2 × 3 replications', hint: 'use --reps 2' },
])(
  'of $scenarios scenarios at once $replications replications each are too many',
  ({ said, hint, ...of }) => {
    const from = windows(1, 10);
    const model = compileModel(from, { slice: 1, files: NO_FILES });
    const none = footprintOf(model, { requests: [0], insideMax: 0 });
    // A quarter of what there is each.
    const footprint = { ...none, program: 0, slots: 0, windows: MEMORY_MAX_BYTES * 0.24 };
    const check = (replications: number) => () => {
      expectItFits(footprint, {
        scenario: from,
        model,
        position: nowhere,
        ...of,
        replicationsMax: null,
        replications,
      });
    };
    expect(check(of.replications - 1)).not.toThrow();
    expect(check(of.replications)).toThrow(hint);
    expect(check(of.replications)).toThrow(new RegExp(`^${said} would take`));
  },
);

describe('replications that a precision adds', () => {
  /** Some 150 MB a replication: ten classes in 2,000 windows. */
  const classes = Array.from({ length: 10 }, (_, i) => `c${i}`);
  const BIG = `
scenario: big
clock: { lasts: 20s, warmUp: 1s, window: 10ms }
traffic: { rate: 2000/s, mix: { ${classes.map((name) => `${name}: 10%`).join(', ')} } }
stations:
  desk: { servers: 40, service: { exponential: 10ms } }
requests: { ${classes.map((name) => `${name}: { path: [desk] }`).join(', ')} }
`;

  test('are no more than fit into memory', () => {
    const io = fakeIo();
    io.writeText('big.yaml', BIG);
    const options = { file: 'big.yaml', seed: null, overrides: [], untilNs: null, slice: null };
    const limitOf = (replicationsMax: number | null) =>
      prepareScenario(
        io,
        { ...options, mode: 'exact', replications: 5, precision: { target: 0.01, replicationsMax } },
        '0.0.0',
      ).prepared.replicationLimit;
    expect(limitOf(20)).toEqual({ replicationsMax: 20, limit: 'replications' });
    const { replicationsMax, limit } = limitOf(null);
    expect(limit).toBe('memory');
    expect(limitOf(replicationsMax).limit).toBe('replications');
    expect(() => limitOf(replicationsMax + 1)).toThrow(`use --max-reps ${replicationsMax},`);
    expect(() => limitOf(2000)).toThrow(/^2000 replications would take .*use --max-reps \d+, or/);
  });

  test('of a number that was asked for and does not fit none is begun: 2', async () => {
    const io = fakeIo();
    io.writeText('big.yaml', BIG);
    const most = ['--precision', '0.001%', '--max-reps', '2000'];
    const { code, stderr } = await run(io, 'run', 'big.yaml', '--no-charts', '--mode', 'exact', ...most);
    expect(code).toBe(2);
    expect(stderr).toContain('use --max-reps');
    expect(io.names()).toEqual(['big.yaml']);
  });

  test('end where memory does unless a number was asked for', () => {
    const from = windows(1, 10);
    const model = compileModel(from, { slice: 1, files: NO_FILES });
    const none = footprintOf(model, { requests: [0], insideMax: 0 });
    const footprint = { ...none, program: 0, slots: 0, windows: MEMORY_MAX_BYTES * 0.24 };
    expect(limitReplications(footprint, 4)).toEqual({ replicationsMax: 4, limit: 'replications' });
    expect(limitReplications(footprint, 100)).toEqual({ replicationsMax: 4, limit: 'memory' });
  });
});
