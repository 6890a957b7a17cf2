import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockingTandemThroughputPerSec } from '../../../src/theory/blocking-tandem.ts';
import { jacksonNetwork } from '../../../src/theory/jackson.ts';
import { exactMva } from '../../../src/theory/mva.ts';
import { operationalBounds } from '../../../src/theory/operational-bounds.ts';
import { stageMeansSec, tandemMeanResponseSec, tandemQuantileSec } from '../../../src/theory/tandem.ts';
import { expectClose, expectFields, expectList } from './close.ts';

test('N01-tandem-3: end-to-end percentiles of a chain', () => {
  const tandem = { arrivalRatePerSec: 0.7, serviceRatesPerSec: [1, 1.25, 2] };
  expectClose(tandemMeanResponseSec(tandem), 5.9207459);
  expectList(stageMeansSec(tandem), [3.3333333, 1.8181818, 0.76923077]);
  expectClose(tandemQuantileSec(tandem, 0.5), 5.0465919);
  expectClose(tandemQuantileSec(tandem, 0.95), 13.402409);
  expectClose(tandemQuantileSec(tandem, 0.99), 18.831357);
});

test('N02-jackson-sixto: feedback', () => {
  const stations = [
    { externalRatePerSec: 8, serviceRatePerSec: 14, serverCount: 1 },
    { externalRatePerSec: 0, serviceRatePerSec: 9, serverCount: 1 },
    { externalRatePerSec: 6, serviceRatePerSec: 17, serverCount: 1 },
    { externalRatePerSec: 0, serviceRatePerSec: 7, serverCount: 1 },
  ];
  const routing = [
    [0, 0.2, 0.56, 0.24],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  const network = jacksonNetwork(stations, routing);
  expectList(network.arrivalRatesPerSec, [10, 2, 11.6, 2.4]);
  expectList(
    network.stations.map((s) => s.utilization),
    [0.71428571, 0.22222222, 0.68235294, 0.34285714],
  );
  expectList(
    network.stations.map((s) => s.meanJobs),
    [2.5, 0.28571429, 2.1481481, 0.52173913],
  );
  expectList(
    network.stations.map((s) => s.meanSojournSec),
    [0.25, 0.14285714, 0.18518519, 0.2173913],
  );
  expectClose(network.meanJobs, 5.4556016);
  expectClose(network.meanResponseSec, 0.38968583);
});

describe('mean value analysis', () => {
  test.each([
    {
      id: 'N10-pdq-ebiz',
      closed: { population: 10, thinkTimeSec: 0, demandsSec: [0.0098, 0.0025, 0.00072, 0.0098] },
      throughput: 92.394525,
      response: 0.10823152,
      utilizations: [0.90546635, 0.23098631, 0.066524058, 0.90546635],
      queues: [4.8148956, 0.29900418, 0.071204693, 4.8148956],
      saturation: 2.3285714,
    },
    {
      id: 'N11-sixto-cjn',
      closed: { population: 2, thinkTimeSec: 0, demandsSec: [0.2, 0.4] },
      throughput: 2.1428571,
      response: 0.93333333,
      utilizations: [0.42857143, 0.85714286],
      queues: [0.57142857, 1.4285714],
      saturation: 1.5,
    },
  ])('$id', ({ closed, throughput, response, utilizations, queues, saturation }) => {
    const network = exactMva([closed]);
    expectFields(network.classes[0]!, { throughputPerSec: throughput, responseSec: response });
    expectList(network.utilizations, utilizations);
    expectList(network.queueJobs, queues);
    expectClose(operationalBounds(closed).saturationPopulation, saturation);
  });

  test('N12-qsp-p142: two classes', () => {
    const network = exactMva([
      { population: 1, thinkTimeSec: 0, demandsSec: [1, 3] },
      { population: 1, thinkTimeSec: 0, demandsSec: [2, 4] },
    ]);
    expectList(
      network.classes.map((c) => c.throughputPerSec),
      [0.15789474, 0.10526316],
    );
    expectList(
      network.classes.map((c) => c.responseSec),
      [6.3333333, 9.5],
    );
    expectList(network.queueJobs, [0.47368421, 1.5263158]);
  });

  test('N13-allen-633: three classes', () => {
    const network = exactMva([
      { population: 5, thinkTimeSec: 20, demandsSec: [0.5, 0.04, 0.06] },
      { population: 10, thinkTimeSec: 30, demandsSec: [0.4, 0.2, 0.3] },
      { population: 5, thinkTimeSec: 0, demandsSec: [1.2, 0.05, 0.06] },
    ]);
    expectList(
      network.classes.map((c) => c.throughputPerSec),
      [0.20997721, 0.29799664, 0.6465103],
    );
    expectList(
      network.classes.map((c) => c.responseSec),
      [3.8121082, 3.5574248, 7.7338288],
    );
    expectList(network.queueJobs, [6.586664, 0.11110854, 0.162784]);
    expectList(network.utilizations, [0.99999962, 0.10032393, 0.14078824]);
  });

  test('splitting one class in two of the same demands changes nothing', () => {
    const demand = fc.double({ min: 0.001, max: 1, noNaN: true });
    const population = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        fc.array(demand, { minLength: 1, maxLength: 4 }),
        population,
        population,
        (demandsSec, one, two) => {
          const merged = exactMva([{ population: one + two, thinkTimeSec: 0.5, demandsSec }]);
          const split = exactMva([one, two].map((n) => ({ population: n, thinkTimeSec: 0.5, demandsSec })));
          expectList(split.queueJobs, merged.queueJobs, 1e-9);
          expectList(split.utilizations, merged.utilizations, 1e-9);
        },
      ),
    );
  });

  test('stays within the operational bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (demandsSec, population) => {
          const closed = { population, thinkTimeSec: 1, demandsSec };
          const bounds = operationalBounds(closed);
          const { throughputPerSec, responseSec } = exactMva([closed]).classes[0]!;
          const rounding = 1 + 1e-12;
          expect(throughputPerSec).toBeLessThanOrEqual(bounds.throughputPerSecMax * rounding);
          expect(throughputPerSec * rounding).toBeGreaterThanOrEqual(bounds.throughputPerSecMin);
          expect(responseSec * rounding).toBeGreaterThanOrEqual(bounds.responseSecMin);
          expect(responseSec).toBeLessThanOrEqual(bounds.responseSecMax * rounding);
        },
      ),
    );
  });
});

test('N21-bounds: far beyond saturation the bound is reached', () => {
  const closed = { population: 500, thinkTimeSec: 1, demandsSec: [0.0098, 0.0025, 0.00072] };
  expectFields(operationalBounds(closed), {
    capacityPerSec: 102.04082,
    throughputPerSecMax: 102.04082,
    saturationPopulation: 103.36939,
    responseSecMin: 3.9,
  });
  expectFields(exactMva([closed]).classes[0]!, { responseSec: 3.9, throughputPerSec: 102.04082 });
});

test.each([
  { stations: 2, waitingRoomMax: 0, throughput: 2 / 3 },
  { stations: 3, waitingRoomMax: 0, throughput: 22 / 39 },
  { stations: 4, waitingRoomMax: 0, throughput: 0.51477549 },
  { stations: 3, waitingRoomMax: 2, throughput: 0.73401667 },
])(
  'N22-blocking-0buf: $stations stations, $waitingRoomMax places between',
  ({ stations, waitingRoomMax, throughput }) => {
    const serviceRatesPerSec = new Array<number>(stations).fill(1);
    expectClose(blockingTandemThroughputPerSec({ serviceRatesPerSec, waitingRoomMax }), throughput);
  },
);
