/** Whole nights of Double 11, thinned as `auto` chooses: the golden facts that need all twelve minutes. */
import { describe, expect, test, vi } from 'vitest';
import { resultOf, wholeRun } from '../golden/double-11.ts';

vi.setConfig({ testTimeout: 1_800_000 });

const MIDNIGHT_S = 120;

describe('as planned', () => {
  test('sheds from 00:02:21.5 on, half of the plateau, two fifths of the night', async () => {
    const { limiters, requests, verdict, checks, mode, stop } = await resultOf('double-11');
    expect(mode.choice).toBe('auto');
    expect(stop.reason).toBe('completed');
    const gateway = wholeRun(limiters, 'gateway.limit');
    expect(Math.abs(gateway.firstShedNs! / 1e9 - MIDNIGHT_S - 141.5)).toBeLessThan(0.5);
    expect(gateway.shedRatio).toBeCloseTo(0.4, 2);
    const plateau = limiters.find(({ limiter, phase }) => limiter === 'gateway.limit' && phase === 'peak');
    expect(plateau?.shedRatio).toBeCloseTo(0.5, 3);
    // 477 M requests are offered, give or take chance in what a slice draws.
    expect(Math.abs(verdict.offered / 477e6 - 1)).toBeLessThan(0.001);
    expect(verdict).toMatchObject({
      status: 'does-not-hold',
      firstBreak: { kind: 'shedding', layer: 'gateway' },
    });
    expect(wholeRun(requests, 'create-seed-path').latency.meanNs! / 1e6).toBeGreaterThan(163);
    expect(wholeRun(requests, 'create-seed-path').latency.meanNs! / 1e6).toBeLessThan(165);
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('in one instant: half of everything after midnight is shed, from the first second on', async () => {
    const { limiters } = await resultOf('double-11-step');
    const gateway = wholeRun(limiters, 'gateway.limit');
    // 2,000 tokens against 10k/s too many last 0.2 s.
    expect(Math.abs(gateway.firstShedNs! / 1e9 - MIDNIGHT_S - 0.2)).toBeLessThan(0.1);
    // 300 M of 612 M, less 100,000 saved-up tokens.
    expect(gateway.shedRatio).toBeCloseTo(299.9 / 612, 3);
  });
});

describe('the variants hold what they claim, all night', () => {
  test('sized: every budget but P95 < 100 ms', async () => {
    const { budgets, verdict } = await resultOf('double-11-sized');
    expect(budgets.filter((row) => row.verdict !== 'pass').map(({ id }) => id)).toEqual(['order-p95']);
    expect(verdict.availability).toBe(1);
    expect(['holds', 'thin-margin']).toContain(verdict.status);
  });

  test('async: every budget', async () => {
    const { budgets, verdict } = await resultOf('double-11-async');
    expect(budgets.filter((row) => row.verdict !== 'pass')).toEqual([]);
    expect(['holds', 'thin-margin']).toContain(verdict.status);
  });
});
