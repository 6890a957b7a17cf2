import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { expectedTraffic } from '../../src/compile/expected.ts';
import { footprintOf, totalBytes, type Footprint } from '../../src/run/footprint.ts';
import { slotShape } from '../../src/run/machine.ts';
import { SAMPLES_MAX } from '../../src/run/samples.ts';
import { State } from '../../src/run/state.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import { desk, exponential, ms, NO_FILES, request, scenario, seconds } from '../compile/build.ts';

const options = { slice: 1, files: NO_FILES };

function footprint(from: Scenario): Footprint {
  return footprintOf(compileModel(from, options), expectedTraffic(from, options));
}

/** Classes that share 100 requests a second alike, 100 s of them in windows of 1 s. */
function site(classes: number, ratePerSec: number): Scenario {
  const names = Array.from({ length: classes }, (_, i) => `c${i}`);
  return scenario({
    stations: { desk: desk({ servers: 100, replicas: 10, service: exponential(100 * ms) }) },
    requests: Object.fromEntries(names.map((name) => [name, request(['desk'])])),
    ratePerSec,
  });
}

describe('expected traffic', () => {
  test('requests by class, warm-up included; inside by the law of Little', () => {
    const { requests, insideMax } = expectedTraffic(site(2, 1000), options);
    expect(requests).toEqual([55_000, 55_000]); // 110 s
    expect(insideMax).toBeCloseTo(100, 6);
  });

  test('a slice has its part', () => {
    const { requests, insideMax } = expectedTraffic(site(2, 1000), { ...options, slice: 10 });
    expect(requests).toEqual([5500, 5500]);
    expect(insideMax).toBeCloseTo(10, 6);
  });
});

describe('predicted memory', () => {
  test('a histogram of a window counts only where a request may fall into it', () => {
    const few = footprint(site(200, 1)).windows; // 110 requests
    const many = footprint(site(200, 20_000)).windows; // 110 in each of 100 × 200
    expect((many - few) / 1e6).toBeCloseTo((200 * 100 - 110) * 5.836e-3, 0);
  });

  test('pairs of caller and replica are counted where the policy remembers them', () => {
    const balanced = (policy: 'least-connections' | 'random'): Scenario => {
      const from = site(1, 1);
      const { desk: target } = from.stations;
      return { ...from, stations: { desk: { ...target!, balance: { ...target!.balance, policy } } } };
    };
    expect(footprint(balanced('random')).balancers).toBe(0);
    expect(footprint(balanced('least-connections')).balancers).toBe(4 * (1 + 10));
  });

  test('rows of sampled requests: those of the known traffic, and as many as are kept where users bring more', () => {
    const rowBytes = (1 + 4) * 8 + 200; // one layer
    const { samples } = footprint(site(1, 5000)); // 550,000 requests with the warm-up, 500,000 of them measured
    expect(samples / rowBytes).toBeCloseTo(11_000, 6);
    const think = { family: 'constant', meanNs: 900 * ms } as const;
    const mix = [{ atNs: 0, shares: { c0: 1 } }];
    const closed = (users: number): Scenario => ({
      ...site(1, 1),
      traffic: [{ model: 'closed', scale: 1, users, think, mix, regions: [] }],
    });
    expect(footprint(closed(10)).samples / rowBytes).toBeCloseTo(1100, 6); // 10 a second
    expect(footprint(closed(5000)).samples / rowBytes).toBe(SAMPLES_MAX);
  });

  test('the state that a run allocates is what was predicted for it, within a factor of two', () => {
    const from = {
      ...site(20, 100_000),
      clock: { from: null, lastsNs: 100 * seconds, warmUpNs: 0, windowNs: seconds },
    };
    const model = compileModel(from, options);
    const { slots, phases } = footprint(from);
    const state = new State(model, slotShape(model), 10_000); // as many as are inside
    const eventBytes = 36 * state.slots.capacity; // what is written to of the event list and the ring
    expect(bytesOf(state.slots) + eventBytes).toBeCloseTo(slots, 0);
    const banks = [state.groupHistograms, state.classHistograms, state.operationHistograms];
    const allocated = banks.reduce((sum, bank) => sum + bytesOf(bank), 0);
    expect(allocated / phases).toBeGreaterThan(0.5);
    expect(allocated / phases).toBeLessThan(2);
  });

  test('the total is the sum', () => {
    const parts = footprint(site(1, 1));
    expect(totalBytes(parts)).toBe(Object.values(parts).reduce((sum, each) => sum + each, 0));
  });
});

function bytesOf(holder: object): number {
  return Object.values(holder).reduce<number>(
    (sum, field: unknown) => sum + (ArrayBuffer.isView(field) ? field.byteLength : 0),
    0,
  );
}
