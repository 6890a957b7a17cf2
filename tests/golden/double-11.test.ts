/**
 * Golden facts of Double 11, each on a part of the night that holds it. The limiter asks before anything behind it, so
 * where only shedding is looked at all requests are of the class that does least. Whole nights: tests/theory-full.
 */
import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { renderHtml } from '../../src/report/html.ts';
import { resultOf, wholeRun } from './double-11.ts';

const CHEAP = 'traffic.mix={ profile: 100% }';
const SLICE = ['--slice', '10'] as const;
const MIDNIGHT_S = 120;

/** What the band at the head of the page says, without its markup. */
function firstScreen(result: Findings): string {
  const page = renderHtml({ result }, { file: 'double-11.yaml' });
  const [, band = ''] = /<div class="verdict[^>]*>([^]*?)<dl class="tiles">/.exec(page) ?? [];
  return band
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/\s+/g, ' ');
}

describe('as planned: 50 gateways with 10k/s each', () => {
  test('shedding begins within half a second of 141.5 s after midnight', async () => {
    // From 133 1/3 s after midnight, when 500k/s come and every bucket is still full.
    const fromS = 400 / 3;
    const curve = `[{ at: 0s, rate: 500k/s, phase: peak }, { at: 9s, rate: 527k/s }]`;
    const set = [CHEAP, `traffic.curve=${curve}`, 'clock={ lasts: 9s, warmUp: 0s }'];
    const { limiters } = await resultOf('double-11', set, ...SLICE);
    const gateway = wholeRun(limiters, 'gateway.limit');
    expect(gateway.capacityPerSec).toBe(500_000);
    expect(gateway.firstShedNs).not.toBeNull();
    expect(Math.abs(fromS + gateway.firstShedNs! / 1e9 - 141.5)).toBeLessThan(0.5);
  });

  test('half of the plateau is shed, and the result says what broke and who paid', async () => {
    const set = ['traffic.curve=[{ at: 0s, rate: 1M/s, phase: peak }]', 'clock={ lasts: 4s, warmUp: 500ms }'];
    const findings = await resultOf('double-11', set, ...SLICE);
    expect(wholeRun(findings.limiters, 'gateway.limit').shedRatio).toBeCloseTo(0.5, 2);
    expect(findings.verdict).toMatchObject({ status: 'does-not-hold', firstBreak: { kind: 'shedding' } });
    expect(findings.verdict.availability).toBeCloseTo(0.5, 2);
    expect(findings.checks.filter(({ holds }) => !holds)).toEqual([]);
    const screen = firstScreen(findings);
    expect(screen).toContain('DOES NOT HOLD');
    expect(screen).toMatch(
      /First to break: gateway\.limit sheds requests from .*during peak it sheds (49\.\d|50\.\d) %/,
    );
    // What would carry it: twice the traffic at 70 %, and the limit of each with a fifth to spare.
    expect(screen).toContain(
      'To carry the planned 1.00M/s: gateway 50 → 72 replicas, gateway.limit 10k/s → 17k/s a replica, mysql 2 → 3 connections',
    );
    expect(screen).toMatch(/38\.7 CNY an hour more.*next to break is gateway\.limit \(81\.7 % used\)/);
    expect(screen).toContain(
      'order-p95: p95 < 100ms is broken with nobody else in the system. No sizing helps',
    );
  });

  test('with what is proposed it holds, but for the two P95 that no sizing reaches', async () => {
    const set = [
      ...['traffic.curve=[{ at: 0s, rate: 1M/s, phase: peak }]', 'clock={ lasts: 2s, warmUp: 1s }'],
      ...['layers.gateway.replicas=72', 'layers.gateway.limit.rate=17k/s', 'layers.mysql.connections=3'],
    ];
    const { budgets, verdict, headroom } = await resultOf('double-11', set, '--slice', '2');
    const broken = budgets.filter((each) => each.verdict === 'fail');
    expect(broken.map(({ id, outOfReach }) => [id, outOfReach])).toEqual([
      ['order-p95', true],
      ['order-seed-path', true],
    ]);
    expect(verdict.availability).toBe(1);
    // As the arithmetic says: 69.4 % of the gateways' cores.
    const gateway = headroom.find(({ group }) => group === 'gateway');
    expect(gateway?.utilizationPeak).toBeGreaterThan(0.68);
    expect(gateway?.utilizationPeak).toBeLessThan(0.72);
  });

  test('two fifths of the night are shed, from 2:21.5 on: the same night sixty times as fast', async () => {
    const curve =
      '[{ at: 0s, rate: 100k/s }, { at: 2s, rate: 100k/s }, { at: 7s, rate: 1M/s, phase: peak }, { at: 12s, rate: 1M/s }]';
    const set = [CHEAP, `traffic.curve=${curve}`, 'clock={ lasts: 12s, warmUp: 200ms, window: 50ms }'];
    const { limiters } = await resultOf('double-11', [...set, 'layers.gateway.limit.burst=33'], ...SLICE);
    const gateway = wholeRun(limiters, 'gateway.limit');
    expect(gateway.shedRatio).toBeCloseTo(0.4, 2);
    // A tenth of the traffic is noisier than all of it: there buckets of 33 run dry a little before 500k/s, at 133.3 s.
    expect((gateway.firstShedNs! / 1e9) * 60).toBeGreaterThan(MIDNIGHT_S + 132);
    expect((gateway.firstShedNs! / 1e9) * 60).toBeLessThan(MIDNIGHT_S + 143);
  });
});

describe('unloaded, a create request takes what the plan adds up', () => {
  /** 200/s at the whole site: nobody meets anybody. Only the clock, the rate and the mix are changed. */
  const quiet = (mix: string) => [
    'traffic.curve=[{ at: 0s, rate: 200/s, phase: peak }]',
    `traffic.mix={ ${mix} }`,
    'clock={ lasts: 20s, warmUp: 1s }',
  ];
  const SAGA = { inventory: 9.486, redis: 0.514, mysql: 50, order: 5, kafka: 5, payment: 5, logistics: 5 };
  const MAIN = {
    nginx: 5,
    gateway: 10,
    ...SAGA,
    'circuit-breaker': 5,
    kubernetes: 10,
    goroutines: 2,
    hardware: 1,
  };
  const SEED = { ...MAIN, 'circuit-breaker': 20, kubernetes: 15, flink: 30 };
  const ASYNC = { ...MAIN, mysql: 30, payment: 0, logistics: 0 };
  const terms = [
    ['double-11', 'create-seed-path', 163, SEED],
    ['double-11', 'create', 113, MAIN],
    ['double-11-sized', 'create', 113, MAIN],
    ['double-11-async', 'create', 83, ASYNC],
  ] as const;

  test.each(terms)(
    '%s, %s: %d ms, term by term, by arithmetic and simulated',
    async (variant, request, totalMs, byLayer) => {
      const { unloaded, requests, anatomy } = await resultOf(
        variant,
        quiet(`${request}: 100%`),
        '--mode',
        'exact',
      );
      const parts = unloaded.filter((part) => part.request === request);
      const spentMs = (layer: string): number =>
        parts
          .filter((part) => part.layer === layer)
          .reduce((sum, part) => sum + part.serviceNs + part.delayNs, 0) / 1e6;
      for (const [layer, ms] of Object.entries(byLayer)) expect(spentMs(layer), layer).toBeCloseTo(ms, 9);
      expect(parts.reduce((sum, part) => sum + part.serviceNs + part.delayNs, 0) / 1e6).toBeCloseTo(
        totalMs,
        9,
      );
      // Standard deviation of a request about 4.1 ms: a mean of 4,000 is off by 0.065 ms, rarely by four times that.
      const { latency } = wholeRun(requests, request);
      expect(latency.samples).toBeGreaterThan(3500);
      expect(Math.abs(latency.meanNs! / 1e6 - totalMs)).toBeLessThan(0.3);
      const mean = anatomy.find((each) => each.request === request && each.of === 'mean');
      expect(mean!.parts.reduce((sum, part) => sum + part.waitNs + part.retryNs, 0) / 1e6).toBeLessThan(0.1);
    },
  );
});

describe('at the peak the variants hold what they claim', () => {
  const peak = ['traffic.curve=[{ at: 0s, rate: 1M/s, phase: peak }]', 'clock={ lasts: 2s, warmUp: 1s }'];
  const rowsOf = async (variant: 'double-11-sized' | 'double-11-async') => {
    const findings = await resultOf(variant, peak, ...SLICE);
    const { budgets, verdict, limiters } = findings;
    expect(wholeRun(limiters, 'gateway.limit').shed).toBe(0);
    expect(verdict.availability).toBe(1);
    const of = (id: string) => budgets.filter((each) => each.id === id);
    return { verdict, of, screen: firstScreen(findings) };
  };

  test('sized: all but P95 < 100 ms, which is out of reach of any sizing', async () => {
    const { verdict, of, screen } = await rowsOf('double-11-sized');
    expect(screen).toMatch(
      /✓ HOLDS.*P99 of create during peak is \d+ ms, limit < 200 ms \(margin [\d.]+ %\)/,
    );
    expect(screen).toMatch(/If traffic grows, gateway\.limit reaches its limit first: at 1\.\d+× this peak/);
    expect(screen).toContain(
      'order-p95: p95 < 100ms is broken with nobody else in the system. No sizing helps',
    );
    for (const id of ['order-p99', 'availability', 'errors', 'no-hot-station']) {
      expect(
        of(id).map((row) => row.verdict),
        id,
      ).toEqual(of(id).map(() => 'pass'));
    }
    expect(of('no-hot-station').length).toBeGreaterThan(8);
    expect(of('order-p95')).toMatchObject([{ verdict: 'warn', outOfReach: true }]);
    expect(verdict.status).not.toBe('does-not-hold');
  });

  test('async: every budget', async () => {
    const { verdict, of, screen } = await rowsOf('double-11-async');
    expect(screen).toMatch(
      /HOLDS.*P95 of create during peak is [\d.]+ ms, limit < 100 ms \(margin [\d.]+ %\)/,
    );
    for (const id of ['order-p99', 'order-p95', 'availability', 'errors', 'no-hot-station']) {
      expect(of(id).length, id).toBeGreaterThan(0);
      expect(
        of(id).map((row) => row.verdict),
        id,
      ).toEqual(of(id).map(() => 'pass'));
    }
    expect(['holds', 'thin-margin']).toContain(verdict.status);
  });
});
