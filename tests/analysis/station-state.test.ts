import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GroupParts } from './builders.ts';
import { findingsOf, group, groupMeasured, measurements, model, SECOND_NS } from './builders.ts';

function states(parts: GroupParts) {
  const { stations } = findingsOf({
    model: model({ groups: [group('shop')] }),
    measurements: measurements({ groups: [groupMeasured(parts)] }),
  });
  return Object.fromEntries(stations.map(({ phase, state }) => [phase ?? 'whole', state]));
}

const STABLE = { verdict: 'stable', sinceNs: null, drainedNs: null };

test('a queue that varies as chance lets it is stable', () => {
  const waitingJobsEnd = [40, 55, 38, 61, 44, 70, 52, 39, 66, 48];
  expect(states({ arrivals: 1000, starts: 1000, waitingJobsEnd })).toEqual({
    whole: STABLE,
    calm: STABLE,
    peak: STABLE,
  });
});

test('a queue that grows to the end of the phase is overloaded since its last minimum', () => {
  const waitingJobsEnd = [5, 3, 4, 6, 5, 505, 1005, 1505, 2005, 2505];
  const overloaded = { verdict: 'overloaded', sinceNs: 5 * SECOND_NS, drainedNs: null };
  expect(states({ arrivals: 1000, starts: 1000, waitingJobsEnd })).toEqual({
    whole: overloaded,
    calm: STABLE,
    peak: overloaded,
  });
});

test('a deficit of 25/s is found in 8 s among 100 arrivals/s, and is chance among 100,000', () => {
  const waitingJobsEnd = [0, 0, 25, 50, 75, 100, 125, 150, 175, 200];
  expect(states({ arrivals: 100, starts: 75, waitingJobsEnd })['whole']).toMatchObject({
    verdict: 'overloaded',
  });
  expect(states({ arrivals: 100_000, starts: 99_975, waitingJobsEnd })['whole']).toEqual(STABLE);
});

test('a queue that grew and drained is backlogged, with both times', () => {
  const waitingJobsEnd = [0, 0, 0, 0, 0, 800, 1600, 700, 100, 0];
  expect(states({ arrivals: 1000, waitingJobsEnd, starts: 1000 })['peak']).toEqual({
    verdict: 'backlogged',
    sinceNs: 5 * SECOND_NS,
    drainedNs: 9 * SECOND_NS,
  });
});

test('a queue that is still draining at the end is backlogged without an end', () => {
  const waitingJobsEnd = [0, 0, 0, 0, 0, 800, 1600, 1200, 800, 400];
  const { peak } = states({ arrivals: 1000, starts: 1000, waitingJobsEnd });
  expect(peak).toEqual({ verdict: 'backlogged', sinceNs: 5 * SECOND_NS, drainedNs: null });
});

test('a backlog reaches into the phase after it', () => {
  const waitingJobsEnd = [0, 0, 900, 1800, 2700, 1500, 400, 0, 0, 0];
  const { calm, peak } = states({ arrivals: 1000, starts: 1000, waitingJobsEnd });
  expect(calm).toMatchObject({ verdict: 'overloaded', sinceNs: 2 * SECOND_NS });
  expect(peak).toEqual({ verdict: 'backlogged', sinceNs: 2 * SECOND_NS, drainedNs: 8 * SECOND_NS });
});

test('a full waiting room that turns jobs away behind busy servers is overloaded, though its queue is flat', () => {
  const parts = { arrivals: 1000, starts: 700, rejected: 300, waitingJobsEnd: 20 };
  expect(states({ ...parts, busyNs: 2e9 })['peak']).toMatchObject({ verdict: 'overloaded' });
  expect(states({ ...parts, busyNs: 1.5e9 })['peak']).toEqual(STABLE);
});

test('a backlog that was there before the first window counts from its flows', () => {
  const parts = { arrivals: [2000, 0, 0, 0, 0, 0, 0, 0, 0, 0], starts: [1000, 1000, 0, 0, 0, 0, 0, 0, 0, 0] };
  const { calm } = states({ ...parts, waitingJobsEnd: [1000, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
  expect(calm).toEqual({ verdict: 'backlogged', sinceNs: 0, drainedNs: 2 * SECOND_NS });
});

test('any queue at all gets a verdict, and times in order', () => {
  const level = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 100_000 }));
  fc.assert(
    fc.property(fc.array(level, { minLength: 10, maxLength: 10 }), (waitingJobsEnd) => {
      for (const { verdict, sinceNs, drainedNs } of Object.values(
        states({ arrivals: 500, starts: 500, waitingJobsEnd }),
      )) {
        expect(sinceNs === null).toBe(verdict === 'stable');
        if (sinceNs !== null && drainedNs !== null) expect(drainedNs).toBeGreaterThan(sinceNs);
        if (verdict === 'overloaded') expect(drainedNs).toBeNull();
      }
    }),
  );
});
