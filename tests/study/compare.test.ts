import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AnalysisInput } from '../../src/analysis/context.ts';
import { holmAdjusted } from '../../src/stats/holm.ts';
import { compare } from '../../src/study/compare.ts';
import {
  groupMeasured,
  histogramOf,
  input,
  measurements,
  requestClass,
  MS,
  SECOND_NS,
} from '../analysis/builders.ts';
import { BESIDE, SITE } from '../promises/every-draw.ts';
import type { World } from '../promises/world.ts';
import { comparePair, rowOf } from './pairs.ts';
import { compareSlower } from './slower.ts';

const SMOKE = readFileSync('scenarios/smoke.yaml', 'utf8');
const MMC = readFileSync('scenarios/theory/mmc.yaml', 'utf8');
const SHORT = ['clock.lasts=14s', 'clock.warmUp=1s'];

/** Long enough for the worst ten seconds of a class. */
const LASTING = ['clock={ lasts: 11s, warmUp: 1s }'];

describe('what is the same differs by exactly 0', () => {
  test.each<[string, World, number]>([
    ['the shop in system words', { text: SMOKE, set: SHORT }, 150],
    ['M/M/4', { text: MMC, set: SHORT }, 14],
    ['a site with every kind of draw', { text: SITE, set: LASTING }, 30],
  ])('%s beside itself', async (_, world, countMin) => {
    const { differences, before, after } = await comparePair(world, world, 3);
    expect(differences.length).toBeGreaterThan(countMin);
    expect(new Set(differences.map(({ verdict }) => verdict))).toEqual(new Set(['equal']));
    expect(new Set(differences.map(({ difference }) => difference))).toEqual(new Set([0]));
    const intervals = differences.flatMap(({ interval }) => (interval === null ? [] : [interval]));
    expect(intervals.length).toBeGreaterThan(countMin / 2);
    expect(intervals.flat().filter((end) => end !== 0)).toEqual([]);
    expect([before.only, after.only]).toEqual([[], []]);
    expect(before.percentiles.map(({ points }) => points.length)).not.toContain(0);
    expect(before.percentiles).toEqual(after.percentiles);
  });

  test('a component with traffic of its own, added beside it', async () => {
    const [site, beside] = [SITE, BESIDE].map((text) => ({ text, set: LASTING }));
    const { differences, before, after } = await comparePair(site!, beside!, 3);
    expect(differences.length).toBeGreaterThan(30);
    expect(differences.filter(({ difference }) => difference !== 0)).toEqual([]);
    expect(differences.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
    expect(before.only).toEqual([]);
    expect(after.only).toEqual(['request:aside', 'station:side']);
  });

  test('the same beside the shop, whose traffic then is a list', async () => {
    const traffic = /\ntraffic:\n((?: {2}.*\n)+)/;
    const text = SMOKE.replace(traffic, (_, block: string) => {
      const lines = block.trimEnd().split('\n');
      const own = lines.map((line, index) => (index === 0 ? `  - ${line.slice(2)}` : `  ${line}`));
      return `\ntraffic:\n${own.join('\n')}\n  - { rate: 300/s, mix: { aside: 100% } }\n`;
    })
      .replace('\nlayers:', '\nstations:\n  side: { servers: 1, service: { exponential: 1ms } }\nlayers:')
      .replace('\nrequests:', '\nrequests:\n  aside: { path: [side] }');
    const found = await comparePair({ text: SMOKE, set: SHORT }, { text, set: SHORT }, 2);
    expect(found.differences.length).toBeGreaterThan(150);
    expect(found.differences.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
    expect(found.after.only).toEqual(['request:aside', 'station:side']);
  });
});

describe('what is not', () => {
  test('one station slower: its class differs, a class that never meets it does not', async () => {
    const found = await comparePair(
      { text: BESIDE, set: LASTING },
      { text: BESIDE, set: [...LASTING, 'stations.side.service={ exponential: 1.1ms }'] },
      5,
    );
    expect(rowOf(found, 'request:aside', 'mean').verdict).toBe('significant');
    expect(rowOf(found, 'station:side', 'util').verdict).toBe('significant');
    // The headroom of the whole site is that of whichever is nearest its limit.
    const others = found.differences.filter(({ target }) => target !== '*' && !/side$/.test(target));
    expect(others.length).toBeGreaterThan(10);
    expect(others.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
  });

  test('p-values are corrected for all that is compared', async () => {
    const { differences } = await comparePair(
      { text: MMC, set: SHORT },
      { text: MMC, set: [...SHORT, 'stations.desk.service={ exponential: 10.05ms }'] },
      3,
    );
    const known = differences.filter(({ pValue }) => pValue !== null);
    expect(known.length).toBeGreaterThan(10);
    expect(known.map(({ adjustedPValue }) => adjustedPValue)).toEqual(
      holmAdjusted(known.map(({ pValue }) => pValue!)),
    );
    for (const { adjustedPValue, verdict } of known) {
      if (verdict !== 'equal') expect(verdict === 'significant').toBe(adjustedPValue! < 0.05);
    }
  });

  test('another length, another worst: only stretches of one length are compared', async () => {
    const long = ['clock.lasts=60s', 'clock.warmUp=1s', 'clock.window=20s'];
    const { differences } = await comparePair({ text: MMC, set: SHORT }, { text: MMC, set: long }, 2);
    expect(differences.length).toBeGreaterThan(5);
    expect(differences.filter(({ spanNs }) => spanNs !== null)).toEqual([]);
  });
});

describe('M/G/16 at 85 %, lognormal, five replications', () => {
  test.each([1, 2, 3, 4, 5])('a service 2 % slower is found with seed %i', async (seed) => {
    const found = await compareSlower({ seed, requests: 20_000, cv: 1, factor: 1.02 });
    expect(rowOf(found, 'request:customer', 'mean').verdict).toBe('significant');
    const util = rowOf(found, 'station:desk', 'util');
    expect(util.verdict).toBe('significant');
    expect(util.relativeDifference).toBeCloseTo(0.02, 2);
  });
});

/** Replications with this availability in every window, and sojourns of so many ms. */
function made(availabilities: readonly number[], ms: number, seeds = ['a', 'b', 'c']): AnalysisInput {
  const phases = [histogramOf({ [ms * MS]: 5000 }), histogramOf({ [ms * MS]: 5000 })];
  const replications = availabilities.map((share) =>
    measurements({
      classes: [requestClass({ offered: 1000, good: 1000 * share, phases })],
      groups: [groupMeasured({ busyNs: share * SECOND_NS })],
    }),
  );
  return input({ replications, plan: { asked: 3, seeds, stoppedBy: null, precision: null } });
}

describe('by hand', () => {
  test('the interval of the pooled difference, and the share of it', () => {
    const found = compare(made([0.9, 1, 0.95], 10), made([0.89, 0.98, 0.925], 10));
    const row = rowOf(found, 'request:buy', 'availability');
    // d = −0.01, −0.02, −0.025: mean −0.0183333, s = 0.00763763; t(2) = 4.302653
    const halfWidth = (4.30265273 * 0.0076376262) / Math.sqrt(3);
    expect(row.before).toBeCloseTo(0.95, 12);
    expect(row.difference).toBeCloseTo(-0.055 / 3, 12);
    expect(row.relativeDifference).toBeCloseTo(-0.055 / 3 / 0.95, 12);
    expect(row.interval?.[0]).toBeCloseTo(-0.055 / 3 - halfWidth, 8);
    expect(row.interval?.[1]).toBeCloseTo(-0.055 / 3 + halfWidth, 8);
    // t = 4.157609: P(|T₂| > t) = 1 − t/√(t² + 2)
    expect(row.pValue).toBeCloseTo(1 - 4.157609203 / Math.sqrt(4.157609203 ** 2 + 2), 8);
    expect(row.verdict).toBe('within-noise');
    const phases = found.differences.filter(({ metric }) => metric === 'availability');
    expect(phases.map(({ phase }) => phase)).toEqual([null, 'calm', 'peak']);
  });

  test('a class that is never answered has no time to compare, and that is no equality', () => {
    const silent = made([0, 0, 0], 10);
    const mute = silent.replications.map((each) => ({ ...each, classes: [requestClass({ offered: 1000 })] }));
    const found = compare(made([1, 1, 1], 10), { ...silent, replications: mute });
    expect(rowOf(found, 'request:buy', 'p99')).toMatchObject({
      ...{ before: expect.closeTo(10 * MS, -4) as number, after: null, difference: null, interval: null },
      ...{ pValue: null, adjustedPValue: null, verdict: 'unknown' },
    });
    expect(rowOf(found, 'request:buy', 'availability').verdict).toBe('significant');
    expect(
      JSON.stringify(compare({ ...silent, replications: mute }, { ...silent, replications: mute })),
    ).not.toContain('"p99"');
  });

  test('what is equal in every pair is not tested, and does not count among the tests', () => {
    const found = compare(made([0.9, 1, 0.95], 10), made([0.89, 0.98, 0.925], 10));
    const equal = found.differences.filter(({ verdict }) => verdict === 'equal');
    expect(equal.length).toBeGreaterThan(5);
    expect(new Set(equal.flatMap(({ pValue, adjustedPValue }) => [pValue, adjustedPValue]))).toEqual(
      new Set([null]),
    );
    expect(rowOf(found, 'request:buy', 'p99')).toMatchObject({ verdict: 'equal', interval: [0, 0] });
    const tested = found.differences.filter(({ pValue }) => pValue !== null);
    const smallest = tested.reduce((least, each) => (each.pValue! < least.pValue! ? each : least));
    expect(smallest.adjustedPValue).toBeCloseTo(tested.length * smallest.pValue!, 12);
    expect(tested.length + equal.length).toBe(found.differences.length);
  });

  test('one pair has differences and no intervals', () => {
    const found = compare(made([0.9], 10, ['a']), made([0.8], 10, ['a']));
    expect(rowOf(found, 'request:buy', 'availability')).toMatchObject({ interval: null, verdict: 'unknown' });
    expect(rowOf(found, 'request:buy', 'p99').verdict).toBe('equal');
  });

  test('a queue that grows without end leaves nothing to compare', () => {
    const flood = made([1, 1, 1], 10);
    const runaway = { group: 0, sinceNs: SECOND_NS, waitingJobs: 7 };
    const stop = { reason: 'runaway', atNs: 5 * SECOND_NS, runaway } as const;
    const replications = flood.replications.map((each, index) => (index === 1 ? { ...each, stop } : each));
    const { differences, after } = compare(made([1, 1, 1], 10), { ...flood, replications });
    expect(differences).toEqual([]);
    expect(after.runaways).toEqual([{ seed: 'b', group: 'shop', atNs: 5 * SECOND_NS }]);
  });

  test.each([
    ['fewer replications', made([1, 1], 10, ['a', 'b'])],
    ['other seeds', made([1, 1, 1], 10, ['a', 'b', 'd'])],
    ['seeds without replications', made([1, 1], 10)],
  ])('%s do not pair', (_, other) => {
    expect(() => compare(made([1, 1, 1], 10), other)).toThrow(RangeError);
  });
});
