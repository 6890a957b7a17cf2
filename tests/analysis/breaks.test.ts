import { describe, expect, test } from 'vitest';
import { Cause } from '../../src/model/opcodes.ts';
import {
  findingsOf,
  group,
  groupMeasured,
  limiter,
  limiterMeasured,
  measurements,
  model,
  requestClass,
  SECOND_NS,
  station,
} from './builders.ts';

const offered = requestClass({ offered: 1000, good: 1000 });

describe('shedding', () => {
  const shed = [0, 0, 0, 0, 0, 2, 200, 500, 500, 500];
  function limited(firstShedNs: Readonly<Record<number, number>>, scale = 1) {
    return findingsOf({
      model: model({
        stations: [station('gate')],
        limiters: [limiter('gate.limit', { scale })],
        groups: [group('gate')],
      }),
      measurements: measurements({
        classes: [offered],
        limiters: [limiterMeasured(1000, shed, firstShedNs)],
      }),
    });
  }

  test('begins at the exact instant of the first refusal in the first window of lasting shedding', () => {
    const begin = { atNs: 6.25e9, offeredPerSec: 1000, value: 0.2, replications: 1 };
    expect(limited({ 5: 5.9e9, 6: 6.25e9 }).breaks).toEqual([
      { kind: 'shedding', name: 'gate.limit', layer: 'gate', ...begin },
    ]);
  });

  test('capacity and counts are those of the whole site', () => {
    const { limiters } = limited({}, 10);
    expect(limiters.find(({ phase }) => phase === 'peak')).toMatchObject({
      asked: 50_000,
      shed: 17_020,
      shedRatio: 0.3404,
      firstShedNs: null,
      capacityPerSec: 1000,
    });
    expect(limiters.find(({ phase }) => phase === null)?.firstShedNs).toBe(6 * SECOND_NS);
  });

  test('a limiter that sheds has headroom below 1: what it admits over what it is asked', () => {
    expect(limited({}).headroom[0]).toMatchObject({
      group: 'gate.limit',
      utilizationPeak: 10,
      factor: 0.1,
    });
  });
});

describe('saturation', () => {
  const growing = [0, 0, 0, 0, 0, 0, 400, 800, 1200, 1600];
  function saturated(parts: object, role: 'servers' | 'threads' = 'servers') {
    return findingsOf({
      model: model({ groups: [group('shop', { role, instanceCount: 2 })] }),
      measurements: measurements({
        classes: [offered],
        groups: [groupMeasured({ arrivals: 1000, starts: 1000, ...parts })],
      }),
    }).breaks;
  }

  test('is a queue that grows behind servers that are all busy', () => {
    const busyNs = [1e9, 1e9, 1e9, 1e9, 1e9, 3.9e9, 3.97e9, 4e9, 4e9, 4e9];
    const [first, ...rest] = saturated({ busyNs, waitingJobsEnd: growing });
    expect(first).toMatchObject({ kind: 'saturated', name: 'shop', atNs: 6 * SECOND_NS, value: 3.97 / 4 });
    expect(rest).toEqual([]);
  });

  test('of threads is an exhausted pool', () => {
    expect(saturated({ busyNs: 4e9, waitingJobsEnd: growing }, 'threads')[0]).toMatchObject({
      kind: 'pool-exhausted',
    });
  });

  test('begins when the servers are full, not when the queue begins to grow', () => {
    const busyNs = [1e9, 1e9, 1e9, 1e9, 1e9, 4e9, 3.9e9, 4e9, 4e9, 4e9];
    const workNs = [
      [1e9, 1e9],
      [9.95e9, 9.95e9],
    ];
    expect(saturated({ busyNs, workNs, waitingJobsEnd: growing })[0]).toMatchObject({
      atNs: 7 * SECOND_NS,
      value: 1,
    });
  });

  test('is no break while the queue does not grow', () => {
    expect(saturated({ busyNs: 4e9, waitingJobsEnd: 5 })).toEqual([]);
  });

  test('is found in one hot replica of an otherwise idle group', () => {
    const workNs = [
      [1e9, 1e9],
      [9e9, 1e9],
    ];
    expect(saturated({ busyNs: 2.5e9, waitingJobsEnd: growing, workNs })[0]).toMatchObject({
      kind: 'saturated',
      value: 1,
    });
  });
});

test('the chain is in order of time, and each link is named once', () => {
  const { breaks } = findingsOf({
    model: model({ groups: [group('shop')], limiters: [limiter('limit')] }),
    measurements: measurements({
      classes: [
        requestClass({ offered: 1000, failures: { [Cause.timedOut]: [0, 0, 0, 0, 0, 0, 0, 0, 20, 20] } }),
      ],
      groups: [
        groupMeasured({
          arrivals: 1000,
          starts: 900,
          busyNs: 2e9,
          rejected: [0, 0, 50, 0, 0, 0, 0, 50, 50, 50],
          waitingJobsEnd: [0, 0, 0, 0, 400, 800, 1200, 1600, 2000, 2400],
        }),
      ],
      limiters: [limiterMeasured(1000, [0, 0, 0, 0, 0, 0, 100, 0, 0, 0])],
    }),
  });
  expect(breaks.map(({ kind, atNs }) => [kind, atNs / SECOND_NS])).toEqual([
    ['saturated', 2],
    ['room-full', 2],
    ['shedding', 6],
    ['timing-out', 8],
  ]);
});

test('losses too small for any window count by phase', () => {
  const { breaks } = findingsOf({
    measurements: measurements({
      groups: [groupMeasured({ arrivals: 20, rejected: [0, 0, 0, 0, 0, 0, 3, 3, 2, 3] })],
    }),
  });
  expect(breaks).toMatchObject([{ kind: 'room-full', atNs: 6 * SECOND_NS, value: 0.15 }]);
});
