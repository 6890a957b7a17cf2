import { expect, test } from 'vitest';
import { UNLIMITED } from '../../src/model/model.ts';
import type { Group, StationInfo } from '../../src/model/model.ts';
import type { GroupParts } from './builders.ts';
import { findingsOf, group, groupMeasured, measurements, model, SECOND_NS, station } from './builders.ts';

function rowOf(parts: GroupParts, spec: Partial<Group> = {}, info: Partial<StationInfo> = {}) {
  const { stations } = findingsOf({
    model: model({ slice: 10, groups: [group('shop', spec)], stations: [station('shop', info)] }),
    measurements: measurements({ groups: [groupMeasured(parts)] }),
  });
  return stations.find(({ phase }) => phase === 'peak');
}

test('utilization is busy time over available time of all servers of all replicas', () => {
  const busyNs = [0, 0, 0, 0, 0, 3e9, 3e9, 6e9, 3e9, 3e9];
  expect(rowOf({ busyNs, arrivals: 1000 }, { instanceCount: 4 })).toMatchObject({
    utilization: 18e9 / (4 * 2 * 5e9),
    utilizationPeak: 0.75,
    utilizationPeakAtNs: 7 * SECOND_NS,
    busyMean: 3.6,
  });
});

test('processor sharing is used as a share of the highest rate its cores reach together', () => {
  expect(rowOf({ busyNs: 1.2e9 }, { discipline: 'ps', rates: [1, 1.5] })?.utilization).toBeCloseTo(0.8, 12);
});

test('pools are counted as they are at the site, one a caller and target, so that theirs are all connections', () => {
  const pool = { role: 'pool', instanceCount: 12, serverCount: 2, scale: 10 } as const;
  const row = rowOf({ busyNs: 6e9 }, pool, { replicas: 4 })!;
  expect(row).toMatchObject({ replicas: 120, serverCount: 2, utilization: 6e9 / (12 * 2 * 1e9) });
  expect(row.busyMean / row.utilization!).toBeCloseTo(row.replicas * row.serverCount!, 9);
});

test('a pure delay has no utilization', () => {
  expect(rowOf({ busyNs: 5e9 }, { serverCount: UNLIMITED })).toMatchObject({
    serverCount: null,
    utilization: null,
    utilizationPeak: null,
    busyMean: 5,
  });
});

test('the hottest replica has its share of the work, and cannot be more than busy', () => {
  const workNs = [
    [0, 0],
    [3e9, 1e9],
  ];
  const row = (busyNs: number) => rowOf({ busyNs, workNs }, { instanceCount: 2 });
  expect(row(2e9)?.utilizationHottestReplica).toBeCloseTo(0.75, 12);
  expect(row(3.6e9)?.utilizationHottestReplica).toBe(1);
});

test('counts and rates are those of the site: each group says how many a simulated job stands for', () => {
  const parts = { arrivals: 30, waitingJobsMax: 6, busyNs: 1e9 };
  const row = rowOf(parts, { instanceCount: 3, scale: 25 / 3 }, { replicas: 25, simulatedReplicas: 3 });
  expect(row).toMatchObject({ arrivalsPerSec: 250, waitingJobsMax: 50, replicas: 25 });
  expect(row?.utilization).toBeCloseTo(1 / 6, 12);
});

test('tokens held across other work have no sojourn of their own', () => {
  expect(rowOf({ arrivals: 30 }, { role: 'pool' })?.sojourn).toBeNull();
});

test('a sliver of a window that a phase boundary cuts off is no peak', () => {
  const { stations } = findingsOf({
    measurements: measurements({
      windows: [
        { fromNs: 0, toNs: 1e6, phase: 0, weight: 1 },
        { fromNs: 1e6, toNs: SECOND_NS, phase: 0, weight: 1 },
      ],
      groups: [groupMeasured({ arrivals: 1000, busyNs: [2e6, 0.999e9, 0, 0, 0, 0, 0, 0, 0, 0] })],
    }),
  });
  expect(stations[0]).toMatchObject({ utilizationPeak: 0.5, utilizationPeakAtNs: 1e6 });
});

test('a peak holds a thousand arrivals: windows are joined until they do', () => {
  const busyNs = [0, 0, 0, 0, 0, 0, 2e9, 1e9, 2e9, 0];
  expect(rowOf({ busyNs, arrivals: 500 })).toMatchObject({
    utilizationPeak: 0.75,
    utilizationPeakAtNs: 6 * SECOND_NS,
  });
  expect(rowOf({ busyNs, arrivals: 334 })?.utilizationPeak).toBeCloseTo(5 / 6, 12);
  expect(rowOf({ busyNs, arrivals: 1 })).toMatchObject({
    utilizationPeak: 0.5,
    utilizationPeakAtNs: 5 * SECOND_NS,
  });
});
