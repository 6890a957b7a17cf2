import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedArrivals } from '../../../src/theory/arrival-curve.ts';
import { fluidArcs, fluidBacklogAt, fluidPeak, type FluidPiece } from '../../../src/theory/fluid-backlog.ts';
import { fluidDepartureSec, fluidMaxDelay } from '../../../src/theory/fluid-delay.ts';
import { expectClose } from './close.ts';

/** [seconds, rate from, rate to, capacity] */
type Row = readonly [number, number, number, number];

const pieces = (...rows: readonly Row[]): FluidPiece[] =>
  rows.map(([durationSec, arrivalFromPerSec, arrivalToPerSec, capacityPerSec]) => ({
    durationSec,
    arrivalFromPerSec,
    arrivalToPerSec,
    capacityPerSec,
  }));

describe('fluid overload', () => {
  test('T07-fluid-ramp: a ramp to 150 % of capacity and back', () => {
    const ramp = pieces(
      [100, 500, 1500, 1000],
      [60, 1500, 1500, 1000],
      [100, 1500, 500, 1000],
      [140, 500, 500, 1000],
    );
    const arcs = fluidArcs(ramp);
    expect(fluidPeak(arcs)).toEqual({
      overloadStartSec: 50,
      clearedSec: 345,
      peakBacklog: 55_000,
      peakBacklogSec: 210,
    });
    expect([100, 160, 260].map((t) => fluidBacklogAt(arcs, t))).toEqual([12_500, 42_500, 42_500]);
    expect(fluidMaxDelay(arcs)).toEqual({ maxDelaySec: 55, arrivedSec: 210 });
    const arrivals = ramp.map((p) =>
      expectedArrivals({
        kind: 'linear',
        durationSec: p.durationSec,
        fromPerSec: p.arrivalFromPerSec,
        toPerSec: p.arrivalToPerSec,
      }),
    );
    expect(arrivals.reduce((sum, n) => sum + n, 0)).toBe(360_000);
  });

  test('T13-scaleup-lag: with capacity added the longest delay comes before the peak', () => {
    const arcs = fluidArcs(pieces([90, 1500, 1500, 1000], [110, 1500, 1500, 2000]));
    expect(fluidPeak(arcs)).toMatchObject({ peakBacklog: 45_000, peakBacklogSec: 90, clearedSec: 180 });
    const { maxDelaySec, arrivedSec } = fluidMaxDelay(arcs);
    expectClose(maxDelaySec, 30);
    expectClose(arrivedSec, 60);
    expectClose(fluidDepartureSec(arcs, 90) - 90, 22.5);
  });

  test('never overloaded, nothing to clear', () => {
    const arcs = fluidArcs(pieces([10, 0, 1000, 1000], [10, 1000, 0, 1000]));
    expect(fluidPeak(arcs)).toEqual({
      overloadStartSec: null,
      clearedSec: null,
      peakBacklog: 0,
      peakBacklogSec: 0,
    });
    expect(fluidMaxDelay(arcs).maxDelaySec).toBe(0);
  });

  test('cleared exactly at the end counts as cleared', () => {
    expect(fluidPeak(fluidArcs(pieces([10, 200, 200, 100], [10, 0, 0, 100]))).clearedSec).toBe(20);
  });

  test('empties, idles and overloads again within one piece', () => {
    // Backlog 50 at t = 1; the rate is 0 at t = 1 and rises past the capacity at t = 11.
    const arcs = fluidArcs(pieces([1, 150, 150, 100], [20, 0, 200, 100]));
    expect(arcs.map(({ idle }) => idle)).toEqual([false, false, true, false]);
    expectClose(arcs[1]!.toSec, 1 + 10 - Math.sqrt(90), 'emptied');
    expectClose(arcs[3]!.fromSec, 11, 'overloaded again');
    expectClose(fluidBacklogAt(arcs, 21), 500, 'backlog at the end');
    expect(fluidPeak(arcs).clearedSec).toBeNull();
  });

  test('backlog is what arrived less what left, and the first to come are the first to leave', () => {
    const rate = fc.integer({ min: 0, max: 20 });
    const row = fc.tuple(fc.integer({ min: 1, max: 5 }), rate, rate, fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const arcs = fluidArcs(pieces(...rows));
        const endSec = arcs.at(-1)!.toSec;
        const { peakBacklog } = fluidPeak(arcs);
        const { maxDelaySec } = fluidMaxDelay(arcs);
        let departure = 0;
        for (let step = 0; step <= 200; step++) {
          const timeSec = (endSec * step) / 200;
          expect(fluidBacklogAt(arcs, timeSec)).toBeLessThanOrEqual(peakBacklog + 1e-9);
          const next = fluidDepartureSec(arcs, timeSec);
          expect(next).toBeGreaterThanOrEqual(departure - 1e-9);
          expect(next - timeSec).toBeLessThanOrEqual(maxDelaySec + 1e-9);
          departure = next;
        }
        expect(fluidBacklogAt(arcs, endSec)).toBeCloseTo(backlogByEuler(rows), 1);
      }),
    );
  });
});

/** The same backlog by small steps: crude, and written without looking at the formula. */
function backlogByEuler(rows: readonly Row[]): number {
  const STEPS = 4_000;
  let backlog = 0;
  for (const [durationSec, from, to, capacity] of rows) {
    const stepSec = durationSec / STEPS;
    for (let step = 0; step < STEPS; step++) {
      const rate = from + ((to - from) * (step + 0.5)) / STEPS;
      backlog = Math.max(0, backlog + (rate - capacity) * stepSec);
    }
  }
  return backlog;
}
