/** Runs that leave time out, beside runs of the same site that do not. */
import { describe, expect, test, vi } from 'vitest';
import { chooseSampling } from '../../../src/compile/sampling/choose.ts';
import { compileModel } from '../../../src/compile/compile.ts';
import { Histogram, WINDOW_SUB_BITS } from '../../../src/measure/histogram.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Measurements } from '../../../src/run/measurements.ts';
import { Run } from '../../../src/run/run.ts';
import type { CurvePoint, Scenario } from '../../../src/scenario/types.ts';
import { meanInterval } from '../../../src/stats/mean-interval.ts';
import { mmc, mmcSojournQuantileSec } from '../../../src/theory/mmc.ts';
import { analyse } from '../../../src/analysis/analyse.ts';
import type { Findings } from '../../../src/analysis/findings.ts';
import { EVERY_REQUEST } from '../../analysis/builders.ts';
import {
  balance,
  desk,
  exponential,
  ms,
  NO_FILES,
  openTraffic,
  request,
  scenario,
  seconds,
} from '../../compile/build.ts';

// Millions of requests a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const point = (atS: number, ratePerSec: number, phase: string | null = null): CurvePoint => ({
  atNs: atS * seconds,
  ratePerSec,
  shape: 'linear',
  phase,
});

const MINUTES = 12;

/** Twenty desks of 4 servers and 10 ms, 8,000/s in all, and 3,000/s that come. */
function site(curve: readonly CurvePoint[], seed = 'test'): Scenario {
  return scenario({
    seed,
    clock: { from: null, lastsNs: MINUTES * 60 * seconds, warmUpNs: 2 * seconds, windowNs: 10 * seconds },
    traffic: [{ ...openTraffic(3000, { one: 1 }), curve }],
    stations: {
      desk: desk({ replicas: 20, servers: 4, service: exponential(10 * ms), balance: balance('random') }),
    },
    requests: { one: request(['desk']) },
  });
}

interface Ran {
  readonly model: Model;
  readonly measured: Measurements;
  readonly findings: Findings;
}

/** `events`: what may be spent, from which the length of stretches follows; null leaves nothing out. */
function ran(of: Scenario, { slice = 1, events = null }: { slice?: number; events?: number | null }): Ran {
  const options = { slice, files: NO_FILES };
  const sampling = events === null ? null : chooseSampling(of, { ...options, targetEvents: events }).plan;
  const model = compileModel(of, { ...options, sampling });
  const run = new Run(model);
  while (run.advance(1_000_000) === 'more');
  const measured = run.measurements();
  const findings = analyse({
    scenario: of,
    model,
    replications: [measured],
    plan: { asked: 1, seeds: [of.seed], stoppedBy: null, precision: null },
    premises: [],
    sizing: null,
    pilot: null,
    advice: [],
    ledger: [],
    claims: [],
    unloaded: [],
    sliceChoice: EVERY_REQUEST,
    overrides: [],
    untilNs: null,
    toolVersion: 'test',
    sha256: '',
    scenarioText: '',
  });
  return { model, measured, findings };
}

/** P99 of each minute in ns, everything in it counted as often as it stands for. */
function minuteP99({ windows, classes }: Measurements): number[] {
  return Array.from({ length: MINUTES }, (_, minute) => {
    const merged = new Histogram(WINDOW_SUB_BITS);
    windows.forEach(({ fromNs, weight }, index) => {
      const histogram = classes[0]!.windowHistograms[index];
      if (Math.floor(fromNs / 60e9) === minute && weight > 0 && histogram) merged.add(histogram, weight);
    });
    return merged.quantileNs(0.99)!;
  });
}

function medianError(values: readonly number[], exact: readonly number[]): number {
  const errors = values.map((value, i) => Math.abs(value / exact[i]! - 1)).sort((a, b) => a - b);
  return (errors[5]! + errors[6]!) / 2;
}

const broken = ({ findings }: Ran) => findings.checks.filter(({ holds }) => !holds);
const whole = <R extends { readonly phase: string | null }>(rows: readonly R[]): R =>
  rows.find(({ phase }) => phase === null)!;

const RAMP = [point(0, 3000, 'calm'), point(180, 3000, 'ramp'), point(480, 6000, 'peak'), point(720, 6000)];

/** 3 minutes at 3,000/s, 5 on the way to 6,000/s, 4 there. */
const REQUESTS = 3_330_000;

describe('a night that holds', () => {
  const exact = ran(site(RAMP), {});

  test.each([
    [10, 6, 1_500_000, 0.03],
    [5, 12, 750_000, 0.03],
    // Some 9,000 requests a minute: the P99 of so many has a standard error of 2.3 %.
    [2, 30, 1, 0.05],
  ])('%d s of every minute, each for %d of them', (measuredS, weight, events, error) => {
    const sampled = ran(site(RAMP, 'other'), { events });
    const { sampling } = sampled.findings.mode;
    expect(sampling).toMatchObject({ measuredNs: measuredS * 1e9, weight, extensions: 0, unseenNs: 0 });
    expect(sampling!.measuredRatio).toBeCloseTo(measuredS / 60, 12);
    expect(medianError(minuteP99(sampled.measured), minuteP99(exact.measured))).toBeLessThan(error);
    // Straight pieces of the curve: the mean of a period is that of its middle. 4 standard deviations of the count.
    const [all, some] = [whole(exact.findings.requests), whole(sampled.findings.requests)];
    expect(Math.abs(some.offered - REQUESTS)).toBeLessThan(4 * weight * Math.sqrt(REQUESTS / weight));
    expect(some.offeredPerSec * 720).toBeCloseTo(some.offered, 6);
    expect(some.latency.samples).toBe(some.offered / weight);
    expect(Math.abs(some.latency.p50Ns! / all.latency.p50Ns! - 1)).toBeLessThan(0.02);
    const [busy, some_busy] = [exact, sampled].map(({ findings }) => whole(findings.stations));
    expect(Math.abs(some_busy!.utilization! / busy!.utilization! - 1)).toBeLessThan(0.02);
    expect(broken(sampled)).toEqual([]);
    expect(sampled.measured.totals.events).toBeLessThan(
      exact.measured.totals.events * (1.3 / (60 / measuredS)),
    );
  });

  test('the time line has a row for what was measured and nothing else, with rates of the time', () => {
    const { timeline } = ran(site(RAMP), { events: 1 }).findings;
    expect(timeline.fromNs.length).toBe(2 * MINUTES); // the middle of a minute is an edge of a window
    expect(new Set(timeline.weight)).toEqual(new Set([30]));
    const calm = timeline.requests[0]!.offeredPerSec.slice(0, 6);
    expect(Math.abs(calm.reduce((sum, rate) => sum + rate / 6, 0) - 3000)).toBeLessThan(
      4 * Math.sqrt(3000 / 6),
    );
  });

  test('twice the same, to the last bit; another with another seed', () => {
    const text = (seed: string) => JSON.stringify(ran(site(RAMP, seed), { events: 1 }).findings);
    expect(text('a')).toBe(text('a'));
    expect(text('b')).not.toBe(text('a'));
  });

  test('sliced as well: rates and counts are those of the site', () => {
    const sampled = ran(site(RAMP), { slice: 2, events: 800_000 });
    const { sampling } = sampled.findings.mode;
    const row = whole(sampled.findings.requests);
    expect(row.latency.samples * sampling!.weight * 2).toBe(row.offered);
    expect(Math.abs(row.offered / REQUESTS - 1)).toBeLessThan(4 / Math.sqrt(row.latency.samples));
    expect(
      Math.abs(
        whole(sampled.findings.stations).utilization! / whole(exact.findings.stations).utilization! - 1,
      ),
    ).toBeLessThan(0.02);
    expect(medianError(minuteP99(sampled.measured), minuteP99(exact.measured))).toBeLessThan(0.03);
    expect(broken(sampled)).toEqual([]);
  });
});

test('theory: waits and percentiles of M/M/4 at 80 %, of replications that measure 2 s of each minute', () => {
  // 20 queues of 320/s, each with 4 servers of 100/s.
  const queue = { arrivalRatePerSec: 320, serviceRatePerSec: 100, serverCount: 4 };
  const replications = Array.from({ length: 8 }, (_, nth) => {
    const { measured, findings } = ran(site([point(0, 6400)], `replication ${nth}`), { events: 1 });
    expect(findings.mode.sampling).toMatchObject({ weight: 30, contiguousRatio: 0, extensions: 0 });
    return { waits: measured.groups[0]!.waits[0]!, latency: whole(findings.requests).latency };
  });
  const covers = (values: readonly number[], exact: number): void => {
    const interval = meanInterval(values, 0.999);
    if (interval.kind === 'none') throw new Error('no interval');
    expect(interval.lower).toBeLessThan(exact);
    expect(interval.upper).toBeGreaterThan(exact);
    expect(interval.upper - interval.lower).toBeLessThan(0.3 * exact);
  };
  covers(
    replications.map(({ waits }) => waits.meanNs()! / 1e9),
    mmc(queue).meanWaitSec,
  );
  covers(
    replications.map(({ latency }) => latency.p99Ns! / 1e9),
    mmcSojournQuantileSec(queue, 0.99),
  );
});

describe('nothing that the curve says is missed', () => {
  test.each([
    ['a spike of 8 s in mid-minute', 8, 12_000],
    ['an overload of 45 s', 45, 9_000],
  ])('%s', (_, lastsS, ratePerSec) => {
    const curve = [
      point(0, 3000),
      point(316, 3000),
      point(316.001, ratePerSec),
      point(316 + lastsS, ratePerSec),
      point(316.001 + lastsS, 3000),
    ];
    const exact = minuteP99(ran(site(curve), {}).measured);
    const sampled = ran(site(curve), { events: 1 });
    const minutes = minuteP99(sampled.measured);
    const worst = exact.indexOf(Math.max(...exact));
    expect(minutes.indexOf(Math.max(...minutes))).toBe(worst);
    // Two runs with other random numbers in a time that is simulated contiguously by both.
    expect(Math.abs(minutes[worst]! / exact[worst]! - 1)).toBeLessThan(0.1);
    const desk = whole(sampled.findings.stations);
    expect(desk.state.verdict).toBe('backlogged');
    expect(desk.state.sinceNs).toBe(310e9);
    expect(sampled.findings.breaks[0]).toMatchObject({ kind: 'saturated', name: 'desk' });
    expect(broken(sampled)).toEqual([]);
  });
});
