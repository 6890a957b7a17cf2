/** The whole day: its arithmetic, and that it is simulated in a few minutes. */
import { describe, expect, test, vi } from 'vitest';
import { prepare } from '../../src/cli/prepare.ts';
import { areaUnder } from '../../src/model/traffic/rate-curve.ts';
import { load, scenarioOf } from './shipped.ts';

// 20,000 requests of each class are drawn, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const HOUR_NS = 3600e9;
const day = scenarioOf('double-11-day.yaml');
const sized = scenarioOf('double-11-sized.yaml');
const prepared = prepare(load('double-11-day.yaml'), day, new Map(), {
  mode: 'auto',
  slice: null,
  replications: 1,
});
const [source] = prepared.model.sources;

describe('the day', () => {
  test('has 1.32e10 requests, 40 % of them in its first two hours', () => {
    const pieces = source?.model === 'open' ? source.pieces : [];
    const requests = (fromH: number, toH: number) =>
      prepared.model.slice * areaUnder(pieces, fromH * HOUR_NS, toH * HOUR_NS);
    expect(requests(0, 24) / 1.32e10).toBeCloseTo(1, 6);
    expect(requests(0, 2) / requests(0, 24)).toBeCloseTo(0.4, 6);
    expect(requests(0, 2) / 7200).toBeCloseTo(733_333, -2);
    expect(requests(2, 24)).toBeCloseTo(7.92e9, -2);
  });

  test('is that of double-11-sized but for its traffic and its clock', () => {
    expect(day.stations).toEqual(sized.stations);
    expect(day.requests).toEqual(sized.requests);
    expect(day.budgets).toEqual(sized.budgets);
    expect(day.traffic.map((each) => ({ ...each, curve: [] }))).toEqual(
      sized.traffic.map((each) => ({ ...each, curve: [] })),
    );
  });
});

describe('auto', () => {
  test('slices it and samples it in time, because a slice alone would take ten thousand million events', () => {
    expect(prepared.mode).toMatchObject({ mode: 'sampled', slice: 10, choice: 'auto' });
    expect(prepared.mode.auto?.exactEvents).toBeGreaterThan(1e11);
    expect(prepared.mode.predictedEvents).toBeLessThan(1e9);
  });

  test('with a stretch in every period of a minute, contiguous where a phase leaves less than one', () => {
    const { sampling } = prepared.model;
    expect(sampling).toMatchObject({ periodNs: 60e9, measuredNs: 2e9, weight: 30 });
    const alone = sampling!.stretches.filter(({ weight }) => weight === 1);
    expect(alone.map(({ standsFromNs, standsToNs }) => [standsFromNs, standsToNs])).toEqual([
      [53 * 60e9, 3233.333e9],
      [7193.333e9, 7200e9],
    ]);
  });

  test('does neither to the twelve minutes around midnight that a slice is enough for', () => {
    const options = { mode: 'auto', slice: null, replications: 1 } as const;
    expect(prepare(load('double-11-sized.yaml'), sized, new Map(), options).mode.mode).toBe('sliced');
  });
});
