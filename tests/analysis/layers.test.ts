import { expect, test } from 'vitest';
import { UNLIMITED } from '../../src/model/model.ts';
import {
  findingsOf,
  group,
  groupMeasured,
  limiter,
  limiterMeasured,
  measurements,
  model,
  station,
} from './builders.ts';

test('a layer has its tightest group, and what all its groups and limiters turned away', () => {
  const { layers, headroom } = findingsOf({
    model: model({
      stations: [station('app', { layer: 'front' }), station('disk', { layer: 'back' })],
      layers: ['front', 'back'],
      groups: [
        group('app', { serverCount: 4 }),
        group('app.threads', { role: 'threads', serverCount: 10 }),
        group('disk', { station: 1, serverCount: UNLIMITED }),
      ],
      limiters: [limiter('app.limit', { tokens: 4000 })],
    }),
    measurements: measurements({
      groups: [
        groupMeasured({ arrivals: 1000, busyNs: 1e9, rejected: 1 }),
        groupMeasured({
          arrivals: 1000,
          busyNs: [5e9, 5e9, 5e9, 8e9, 5e9, 5e9, 5e9, 5e9, 5e9, 5e9],
          abandoned: 2,
        }),
        groupMeasured({ arrivals: 1000, busyNs: 7e9, rejected: 4 }),
      ],
      limiters: [limiterMeasured(1000, 3)],
    }),
  });
  expect(layers).toEqual([
    {
      layer: 'front',
      tightestGroup: 'app.threads',
      utilization: 0.53,
      utilizationPeak: 0.8,
      rejected: 30,
      shed: 30,
    },
    { layer: 'back', tightestGroup: null, utilization: null, utilizationPeak: null, rejected: 40, shed: 0 },
  ]);
  expect(headroom).toMatchObject([
    { group: 'app.threads', layer: 'front', utilizationPeak: 0.8, factor: 1.25, behind: [] },
    { group: 'app', layer: 'front', utilizationPeak: 0.25, factor: 4, behind: [] },
    { group: 'app.limit', layer: 'front', utilizationPeak: 0.25, factor: 4, behind: [] },
  ]);
});

test('headroom of a group with a hot shard is that of the shard', () => {
  const { headroom } = findingsOf({
    model: model({ groups: [group('shop', { instanceCount: 2 })] }),
    measurements: measurements({
      groups: [
        groupMeasured({
          arrivals: 1000,
          busyNs: 1e9,
          workNs: [
            [1, 1],
            [3, 1],
          ],
        }),
      ],
    }),
  });
  expect(headroom).toMatchObject([
    { group: 'shop', layer: 'shop', utilizationPeak: 0.375, factor: 1 / 0.375, behind: [] },
  ]);
});

test('the time line has one value a window, scaled to the site', () => {
  const { timeline } = findingsOf({
    model: model({
      slice: 10,
      groups: [group('shop', { scale: 4 })],
      limiters: [limiter('limit', { scale: 2 })],
    }),
    measurements: measurements({
      groups: [groupMeasured({ departures: 3, busyNs: 1e9, waitingNs: 2e9 })],
      limiters: [limiterMeasured(9, 5)],
    }),
  });
  expect(timeline.phase).toEqual(Array.from({ length: 10 }, (_, i) => (i < 5 ? 'calm' : 'peak')));
  expect(timeline.stations).toEqual([
    {
      group: 'shop',
      utilization: Array<number>(10).fill(0.5),
      waitingJobs: Array<number>(10).fill(8),
      throughputPerSec: Array<number>(10).fill(12),
    },
  ]);
  expect(timeline.limiters).toEqual([{ limiter: 'limit', shedPerSec: Array<number>(10).fill(10) }]);
  expect(timeline.requests[0]?.p50Ns).toEqual(Array<null>(10).fill(null));
});
