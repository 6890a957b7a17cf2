import { describe, expect, test } from 'vitest';
import type { GroupMeasurements, Measurements } from '../../src/run/measurements.ts';
import { Run, type RunOptions } from '../../src/run/run.ts';
import { modelOf } from '../promises/world.ts';
import { HALF } from '../study/half.ts';

/** Half of the jobs wait for long enough that some are inside at every edge. */
const MODEL = modelOf({ text: HALF.replace('waitingRoom: 0', 'waitingRoom: 30') });

function ran(options: RunOptions): Measurements {
  const run = new Run(MODEL, options);
  while (run.advance(100) !== 'ended');
  return run.measurements();
}

const WHOLE = ran({});

describe('a run whose measured time is cut short', () => {
  test('measures up to there what the whole one does, and lets those inside drain', () => {
    const { classes, groups, stop, totals } = ran({ abortAtNs: 20e9 });
    expect(stop).toEqual({ reason: 'aborted', atNs: 20e9, runaway: null });
    expect(totals.inside).toBe(0);
    const of = ({ offered, good, failures }: Measurements['classes'][number]) =>
      [offered, good, ...failures].map((column) => [...column.slice(0, 20)]);
    expect(of(classes[0]!)).toEqual(of(WHOLE.classes[0]!));
    expect([...groups[0]!.arrivals.slice(0, 20)]).toEqual([...WHOLE.groups[0]!.arrivals.slice(0, 20)]);
    expect(classes[0]!.offered.slice(20).every((count) => count === 0)).toBe(true);
  });

  test('at an instant that is no edge it is not', () => {
    expect(ran({ abortAtNs: 20.5e9 })).toEqual(WHOLE);
  });

  test('is the same where whoever looks says so', () => {
    const run = new Run(MODEL, { isWatched: true });
    const edges: number[] = [];
    for (let state = run.advance(100); state !== 'ended'; state = run.advance(100)) {
      if (state !== 'edge') continue;
      edges.push(run.simulatedNs);
      if (run.simulatedNs === 20e9) run.abort();
    }
    expect(edges).toEqual(Array.from({ length: 20 }, (_, nth) => (nth + 1) * 1e9));
    expect(run.measurements()).toEqual(ran({ abortAtNs: 20e9 }));
  });
});

describe('a run that is watched', () => {
  test('shows at every edge what a run that stops there has measured, and goes on as if it had not', () => {
    let looked = 0;
    const run = new Run(MODEL, { isWatched: true });
    for (let state = run.advance(1e6); state !== 'ended'; state = run.advance(1e6)) {
      if (state !== 'edge' || run.simulatedNs !== 30e9) continue;
      const { classes, groups, limiters, windows, stop } = run.soFar();
      const stopped = new Run(MODEL, { isWatched: true });
      while (stopped.simulatedNs < 30e9) stopped.advance(1e6);
      stopped.stop('interrupted');
      const there = stopped.measurements();
      expect(stop.atNs).toBe(there.stop.atNs);
      expect(windows).toEqual(there.windows);
      const columns = ({ arrivals, departures, rejected, busyNs, waitingJobsEnd }: GroupMeasurements) =>
        [arrivals, departures, rejected, busyNs, waitingJobsEnd].map((column) => [...column.slice(0, 30)]);
      expect(groups.map(columns)).toEqual(there.groups.map(columns));
      expect(limiters).toEqual(there.limiters);
      looked++;
      expect(classes[0]!.good).toEqual(there.classes[0]!.good);
      expect(classes[0]!.phaseHistograms[1]!.counts).toEqual(there.classes[0]!.phaseHistograms[1]!.counts);
    }
    expect(looked).toBe(1);
    expect(run.measurements()).toEqual(WHOLE);
  });

  test('may be stopped at an edge', () => {
    const run = new Run(MODEL, { isWatched: true });
    while (run.advance(1e6) !== 'edge' || run.simulatedNs < 12e9);
    run.stop('time-limit');
    const { groups, stop } = run.measurements();
    expect(stop).toMatchObject({ reason: 'time-limit', atNs: 12e9 });
    expect([...groups[0]!.arrivals.slice(0, 12)]).toEqual([...WHOLE.groups[0]!.arrivals.slice(0, 12)]);
  });
});
