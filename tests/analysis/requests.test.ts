import { expect, test } from 'vitest';
import { Cause } from '../../src/model/opcodes.ts';
import { findingsOf, histogramOf, measurements, model, MS, requestClass, SECOND_NS } from './builders.ts';

const buy = requestClass({
  offered: [10, 10, 10, 10, 10, 30, 30, 30, 30, 30],
  good: [10, 10, 10, 10, 10, 20, 20, 20, 20, 20],
  late: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
  failures: {
    [Cause.shed]: [0, 0, 0, 0, 0, 5, 5, 5, 5, 5],
    [Cause.timedOut]: [0, 0, 0, 0, 0, 4, 4, 4, 4, 4],
  },
  censored: 5,
  phases: [histogramOf({ [10 * MS]: 50 }), histogramOf({ [20 * MS]: 100 })],
});

function rowOf(phase: string | null, slice = 1) {
  const { requests } = findingsOf({
    model: model({ slice }),
    measurements: measurements({ classes: [buy] }),
  });
  return requests.find((each) => each.phase === phase);
}

test('rates divide by the length of the phase, and a late answer is completed but not good', () => {
  expect(rowOf('peak')).toMatchObject({
    offeredPerSec: 30,
    admittedPerSec: 25,
    completedPerSec: 101 / 5,
    goodPerSec: 20,
    offered: 150,
    good: 100,
    failures: { shed: 25, rejected: 0, abandoned: 0, timedOut: 20, failed: 0 },
    censored: 5,
    availability: 100 / 150,
  });
});

test('the whole run is the sum of its phases', () => {
  expect(rowOf(null)).toMatchObject({
    offered: 200,
    good: 150,
    offeredPerSec: 20,
    censored: 5,
    availability: 0.75,
  });
  expect(rowOf(null)?.latency).toMatchObject({ samples: 150, meanNs: (50 * 10 * MS + 100 * 20 * MS) / 150 });
});

test('a sliced run counts each request k times, but not its samples', () => {
  expect(rowOf('calm', 10)).toMatchObject({ offered: 500, offeredPerSec: 100, latency: { samples: 50 } });
});

test('a phase that the run did not reach has no row, and the window it stopped in counts as far as it came', () => {
  const stopped = measurements({
    classes: [requestClass({ offered: [10, 10, 5, 0, 0, 0, 0, 0, 0, 0] })],
    stop: { reason: 'interrupted', atNs: 2.5 * SECOND_NS, runaway: null },
  });
  const { requests, stop, timeline } = findingsOf({ measurements: stopped });
  expect(requests.map(({ phase }) => phase)).toEqual([null, 'calm']);
  expect(requests[0]?.offeredPerSec).toBe(10);
  expect(stop.truncated).toBe(true);
  expect(timeline.toNs).toEqual([SECOND_NS, 2 * SECOND_NS, 2.5 * SECOND_NS]);
  expect(timeline.requests[0]?.offeredPerSec).toEqual([10, 10, 10]);
});

test('a run that never left its warm-up has no numbers at all', () => {
  const stop = { reason: 'interrupted', atNs: -SECOND_NS, runaway: null } as const;
  const { requests, verdict } = findingsOf({ measurements: measurements({ stop }) });
  expect(requests).toEqual([]);
  expect(verdict).toMatchObject({ offered: 0, availability: null, status: 'no-budgets' });
});

test('the unloaded response time is that of the draws, the mean that of the arithmetic', () => {
  const goodNs = Float64Array.from({ length: 1000 }, (_, i) => (i + 1) * MS);
  const parts = [{ layer: 'app', serviceNs: 3, delayNs: 4 }];
  const { requests, unloaded } = findingsOf({
    unloaded: [{ request: 'buy', goodNs, meanNs: 500 * MS, parts }],
  });
  expect(requests[0]?.unloaded).toEqual({
    samples: 1000,
    meanNs: 500 * MS,
    p50Ns: 500 * MS,
    p90Ns: 900 * MS,
    p95Ns: 950 * MS,
    p99Ns: 990 * MS,
    p999Ns: null,
    maxNs: 1000 * MS,
  });
  expect(unloaded).toEqual([{ request: 'buy', layer: 'app', serviceNs: 3, delayNs: 4 }]);
});
