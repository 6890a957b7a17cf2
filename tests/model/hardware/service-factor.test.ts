import { describe, expect, test } from 'vitest';
import {
  remoteShare,
  serviceFactor,
  walksRemoved,
  type Machine,
} from '../../../src/model/hardware/service-factor.ts';

/** Like the reference: 4 KiB pages, one socket, the reference clock. */
const NEUTRAL: Machine = {
  sockets: 1,
  clockGhz: 2.6,
  referenceClockGhz: 2.6,
  numa: 'bound',
  pageKib: 4,
  hugePageCoverage: 0.9,
  remoteLatencyRatio: 1.75,
  memoryStallShare: 0.3,
  pageWalkShare: 0.06,
};

describe('service factor F-1', () => {
  test('is exactly 1 on a machine like the reference', () => {
    expect(serviceFactor(NEUTRAL)).toBe(1);
    expect(serviceFactor({ ...NEUTRAL, sockets: 2, numa: 'unbound', remoteLatencyRatio: 1 })).toBe(1);
    for (const memoryStallShare of [0.1, 0.2, 0.3, 0.4])
      expect(serviceFactor({ ...NEUTRAL, memoryStallShare })).toBe(1);
  });

  test('memory spread over two sockets costs 11 % at a stall share of 0.3 (inside the 10 to 20 % seen in production)', () => {
    const unbound = serviceFactor({ ...NEUTRAL, sockets: 2, numa: 'unbound', pageWalkShare: 0 });
    expect(unbound).toBeCloseTo(1 + 0.3 * 0.5 * 0.75, 12);
    expect(serviceFactor({ ...NEUTRAL, sockets: 2, numa: 'interleaved', pageWalkShare: 0 })).toBe(unbound);
    expect(serviceFactor({ ...NEUTRAL, sockets: 2, pageWalkShare: 0 })).toBeCloseTo(
      1 + 0.3 * 0.05 * 0.75,
      12,
    );
  });

  test('huge pages take away their share of the walks and no more', () => {
    const huge = serviceFactor({ ...NEUTRAL, pageKib: 2048 });
    expect(huge).toBeCloseTo(1 - 0.06 * 0.9 * 0.8, 12);
    expect(serviceFactor({ ...NEUTRAL, pageKib: 1024 * 1024 })).toBeCloseTo(1 - 0.06 * 0.9 * 0.95, 12);
  });

  test('a faster clock speeds up computing only', () => {
    expect(serviceFactor({ ...NEUTRAL, clockGhz: 5.2 })).toBeCloseTo(1 - 0.64 / 2, 12);
  });

  test('remote share and walks removed', () => {
    expect(remoteShare({ sockets: 4, numa: 'unbound' })).toBe(0.75);
    expect(remoteShare({ sockets: 1, numa: 'unbound' })).toBe(0);
    expect([4, 2048, 1024 * 1024].map(walksRemoved)).toEqual([0, 0.8, 0.95]);
  });
});
