/**
 * Mistakes that other simulators make about a station, by the figures that show them: c cores taken for one that is c
 * times as fast, a speed fixed when a job arrives, waits that depend on a tick.
 */
import { describe, expect, test } from 'vitest';
import { Histogram } from '../../src/measure/histogram.ts';
import { sectionedInterval } from '../../src/stats/sectioning.ts';
import { mmc, mmcSojournQuantileSec } from '../../src/theory/mmc.ts';
import { measure, modelOf } from './world.ts';

/** Some twenty intervals: for one choice of seeds in eighty, one of them would miss by chance. */
const LEVEL = 0.9995;
const REPLICATIONS = 12;
/** Upper edges of a fine bin are at most 2⁻⁸ above the value. */
const BIN_ERROR = 2 ** -8;

interface Queue {
  readonly servers: number;
  readonly utilization: number;
  readonly service: string;
  readonly discipline: 'fcfs' | 'ps';
  readonly customers: number;
}

/**
 * Sojourns at one station with mean service 1 ms, one histogram a replication. The warm-up is five relaxation times
 * of M/M/c at ρ = 0.9, 1/(cμ(1 − √ρ)²) = 380/c ms.
 */
function sojourns({ servers, utilization, service, discipline, customers }: Queue): Histogram[] {
  const ratePerSec = servers * utilization * 1000;
  const lastsMs = Math.ceil((customers / ratePerSec) * 1000);
  const text = `
scenario: queue
clock: { lasts: ${lastsMs}ms, warmUp: ${Math.ceil(2000 / servers)}ms, window: ${lastsMs}ms }
traffic: { rate: ${ratePerSec}/s }
stations: { desk: { servers: ${servers}, discipline: ${discipline}, service: ${service} } }
requests: { customer: { path: [desk] } }
`;
  return Array.from({ length: REPLICATIONS }, (_, index) => {
    const [sojourn] = measure(modelOf({ text, set: [`seed=${index}`] })).groups[0]!.sojourns;
    return sojourn!;
  });
}

function interval(runs: readonly Histogram[], statistic: (runs: Histogram) => number | null) {
  const pooled = new Histogram(runs[0]!.subBits, new Float64Array(runs[0]!.counts.length));
  for (const run of runs) pooled.add(run);
  const sectionValues = runs.map((run) => statistic(run) ?? Number.NaN);
  const result = sectionedInterval({ pooledValue: statistic(pooled) ?? Number.NaN, sectionValues }, LEVEL);
  if (result.kind !== 'interval') throw new Error('no interval');
  return result;
}

const meanSec = (runs: Histogram): number | null => (runs.meanNs() ?? Number.NaN) / 1e9;
const p99Sec = (runs: Histogram): number | null => (runs.quantileNs(0.99) ?? Number.NaN) / 1e9;

describe('M/M/c: mean and P99 of the time at the station', () => {
  const cases = [1, 4, 16].flatMap((servers) =>
    [0.3, 0.5, 0.9].map((utilization) => [servers, utilization] as const),
  );
  test.each(cases)('c = %d, ρ = %d', (serverCount, utilization) => {
    const queue = {
      arrivalRatePerSec: serverCount * utilization * 1000,
      serviceRatePerSec: 1000,
      serverCount,
    };
    const customers = utilization > 0.8 ? 20_000 : 5000;
    const runs = sojourns({
      ...{ servers: serverCount, utilization, customers },
      ...{ service: '{ exponential: 1ms }', discipline: 'fcfs' },
    });
    const mean = interval(runs, meanSec);
    const expected = mmc(queue).meanSojournSec;
    expect(mean.lower).toBeLessThanOrEqual(expected);
    expect(mean.upper).toBeGreaterThanOrEqual(expected);
    const p99 = interval(runs, p99Sec);
    const expectedP99 = mmcSojournQuantileSec(queue, 0.99);
    expect(p99.lower * (1 - BIN_ERROR)).toBeLessThanOrEqual(expectedP99);
    expect(p99.upper * (1 + BIN_ERROR)).toBeGreaterThanOrEqual(expectedP99);
    // One server that is c times as fast would answer sooner: the interval must tell them apart.
    const wrong = 0.001 / serverCount / (1 - utilization);
    if (serverCount > 1) expect(mean.lower).toBeGreaterThan(wrong);
  });
});

describe('M/G/1-PS: the mean depends on the mean service alone', () => {
  const expectedSec = 0.001 / (1 - 0.6);
  test.each(['1ms', '{ exponential: 1ms }', '{ hyperexponential: { mean: 1ms, cv: 3 } }'])(
    '%s',
    (service) => {
      const runs = sojourns({ servers: 1, utilization: 0.6, service, discipline: 'ps', customers: 20_000 });
      const { lower, upper } = interval(runs, meanSec);
      expect(lower).toBeLessThanOrEqual(expectedSec);
      expect(upper).toBeGreaterThanOrEqual(expectedSec);
      // Tight enough to tell it from first come first served, where variability counts: 1.75, 2.5 and 8.5 ms.
      expect(upper - lower).toBeLessThan(0.25 * expectedSec);
    },
  );
});

test('there is no tick: how finely a run is measured changes no wait by a nanosecond', () => {
  const text = `
scenario: windows
clock: { lasts: 2s, warmUp: 100ms }
traffic: { rate: 1800/s }
stations: { desk: { servers: 2, service: { exponential: 1ms } } }
requests: { view: { path: [desk] } }
`;
  const [coarse, fine, odd] = ['2s', '1ms', '7ms'].map((window) => {
    const { groups, classes } = measure(modelOf({ text, set: [`clock.window=${window}`] }));
    return { waits: groups[0]!.waits, sojourns: groups[0]!.sojourns, responses: classes[0]!.phaseHistograms };
  });
  expect(coarse!.waits[0]!.meanNs()).toBeGreaterThan(1e6);
  expect(fine).toEqual(coarse);
  expect(odd).toEqual(coarse);
});
