import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { keyShares, tailSum } from '../../src/compile/parts/popularity.ts';
import { cumulativeThresholds } from '../../src/compile/parts/thresholds.ts';
import { fractionOf } from '../../src/compile/parts/fraction.ts';
import { tokenRate } from '../../src/compile/parts/token-rate.ts';
import { UNLIMITED, type Model } from '../../src/model/model.ts';
import { Op } from '../../src/model/opcodes.ts';
import { TABLE_LENGTH } from '../../src/random/quantile-table.ts';
import * as build from './build.ts';
import { constant, desk, exponential, ms, request, scenario, serve, station } from './build.ts';

function compile(parts: build.Parts): Model {
  return compileModel(scenario(parts), { slice: 1, files: build.NO_FILES });
}

/** Operands of the only instruction with this code. */
function only(model: Model, code: number) {
  const { op, a, d, x } = model.program;
  const at = op.indexOf(code);
  expect(op.lastIndexOf(code)).toBe(at);
  return { group: model.groups[a[at]!]!, table: d[at]!, meanNs: x[at]! };
}

describe('quantile tables', () => {
  test('one per shape, whatever the mean', () => {
    const steps = [1, 20, 300].map((mean) => serve(exponential(mean * ms)));
    const lognormals = [5, 7].map((mean) => serve({ family: 'lognormal', meanNs: mean * ms, cv: 0.8 }));
    const app = station({ servers: 1, operations: { ask: [...steps, ...lognormals] } });
    const model = compile({ stations: { app }, requests: { r: request(['app.ask']) } });
    expect(model.tables.length).toBe(2 * TABLE_LENGTH);
    const { op, d, x } = model.program;
    const serves = [...op.keys()].filter((at) => op[at] === Op.SERVE);
    expect(serves.map((at) => [d[at], x[at]])).toEqual([
      [0, ms],
      [0, 20 * ms],
      [0, 300 * ms],
      [1, 5 * ms],
      [1, 7 * ms],
    ]);
  });

  test('values of a CSV file: their own table, their own mean', () => {
    const service = { family: 'csv', file: 'times.csv', column: 'took', unitNs: 1000 } as const;
    const files = new Map([['times.csv', '# measured\nid,took\n1,10\n2,30\n']]);
    const model = compileModel(
      scenario({ stations: { desk: desk({ service }) }, requests: { r: request(['desk']) } }),
      {
        slice: 1,
        files,
      },
    );
    expect(only(model, Op.SERVE).meanNs).toBe(20_000);
  });
});

describe('servers', () => {
  const on = (host: typeof build.NEUTRAL_HOST) =>
    compile({
      stations: { app: station({ on: 'compute', operations: { ask: [serve(constant(1234567))] } }) },
      hosts: { compute: host },
      requests: { r: request(['app.ask']) },
    });

  test('a neutral host takes exactly the reference demand, shared by its cores', () => {
    const { group, meanNs } = only(on(build.NEUTRAL_HOST), Op.SHARE);
    expect(meanNs).toBe(1234567);
    expect(group).toMatchObject({ discipline: 'ps', serverCount: 8, rates: [1, 2, 3, 4, 5, 6, 7, 8] });
  });

  test('a replica has one NUMA node to itself: its logical CPUs, its share of the price', () => {
    const price = { amount: 1.6, currency: 'USD' };
    const model = on({ ...build.NEUTRAL_HOST, sockets: 2, cores: 32, smt: 2, pricePerHour: price });
    const { group, meanNs } = only(model, Op.SHARE);
    expect(group.serverCount).toBe(64);
    expect(group.rates!.at(-1)).toBe(40);
    expect(meanNs).toBeGreaterThan(1234567);
    expect(model.stations[0]).toMatchObject({
      hostsPerReplica: 0.5,
      pricePerReplicaHour: { amount: 0.8, currency: 'USD' },
    });
  });

  test('unlimited servers are a group without bounds, so that they are counted', () => {
    const model = compile({
      stations: { cdn: desk({ servers: Infinity }) },
      requests: { r: request(['cdn']) },
    });
    expect(only(model, Op.SERVE).group).toMatchObject({ serverCount: UNLIMITED, waitingRoomMax: UNLIMITED });
  });

  test('priorities are numbered without gaps, and only priority stations have a list for each', () => {
    const stations = { desk: desk({ discipline: 'priority' }), other: desk() };
    const requests = {
      slow: request(['desk'], { priority: 7 }),
      fast: request(['desk', 'other'], { priority: 2 }),
    };
    const model = compile({ stations, requests });
    expect(model.classes.map(({ priority }) => priority)).toEqual([1, 0]);
    expect(model.groups.map(({ levels }) => levels)).toEqual([2, 1]);
  });
});

describe('limiters', () => {
  test.each([
    [10_000, { tokens: 1, perNs: 100_000 }],
    [3, { tokens: 3, perNs: 1e9 }],
    [100 / 60, { tokens: 1, perNs: 600_000_000 }],
    [0.5, { tokens: 1, perNs: 2e9 }],
    [1 / 86_400, { tokens: 1, perNs: 86_400e9 }],
    [1e-9, { tokens: 1, perNs: 1e18 }],
  ])('%d tokens a second are whole tokens in whole ns', (rate, expected) => {
    expect(tokenRate(rate)).toEqual(expected);
  });
});

test.each([
  [0.1, 1, 10],
  [0.0004, 1, 2500],
  [1 / 3, 1, 3],
  [33.3 / 100, 333, 1000],
  [0.123456789, 123_456_789, 1_000_000_000],
  [0, 0, 1],
  [1, 1, 1],
])('%d is a fraction of whole numbers, to the rounding of its text', (value, numerator, denominator) => {
  const fraction = fractionOf(value, 1e9);
  expect(Math.abs(fraction.numerator / fraction.denominator - value)).toBeLessThanOrEqual(
    2 * Number.EPSILON * value,
  );
  expect(fraction.denominator).toBeLessThanOrEqual(denominator);
  if (denominator < 1e6) expect(fraction).toEqual({ numerator, denominator });
});

describe('shares', () => {
  test('thresholds reach 2^32 exactly at the last share above 0', () => {
    expect(cumulativeThresholds([0.1, 0.2, 0.7])).toEqual([429496730, 1288490189, 4294967296]);
    expect(cumulativeThresholds([0.5, 0.5, 0])).toEqual([2147483648, 4294967296, 4294967296]);
    expect(cumulativeThresholds([1 / 3, 1 / 3, 1 / 3]).at(-1)).toBe(4294967296);
  });

  test('keys: shares sum to 1; the most popular key makes its replica hot', () => {
    const shares = keyShares({ count: 1000, zipf: 1.2 }, 10);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    let harmonic = 0;
    for (let rank = 1; rank <= 1000; rank++) harmonic += rank ** -1.2;
    expect(Math.max(...shares)).toBeGreaterThan(1 / harmonic);
  });

  test('the tail of Zipf is summed as well as one by one', () => {
    for (const s of [0.7, 0.99, 1, 1.2]) {
      let sum = 0;
      for (let rank = 1001; rank <= 20_000; rank++) sum += rank ** -s;
      expect(tailSum(1001, 20_000, s) / sum).toBeCloseTo(1, 10);
    }
  });
});
