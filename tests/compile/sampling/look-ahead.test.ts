/** Where time may be left out is told from the curve: nothing that happens in a gap is missed, however short. */
import { describe, expect, test } from 'vitest';
import { limitOf } from '../../../src/compile/sampling/look-ahead.ts';
import { chooseSampling, samplingObstacle } from '../../../src/compile/sampling/choose.ts';
import type { CurvePoint, OpenTraffic, Scenario } from '../../../src/scenario/types.ts';
import {
  bucket,
  constant,
  desk,
  NO_FILES,
  openTraffic,
  request,
  scenario,
  seconds,
  station,
  threads,
} from '../build.ts';

const point = (atS: number, ratePerSec: number, shape: CurvePoint['shape'] = 'linear'): CurvePoint => ({
  atNs: atS * seconds,
  ratePerSec,
  shape,
  phase: null,
});

/** Ten minutes at 500/s unless the curve says otherwise, at a station that serves 1,000/s. */
function site(curve: readonly CurvePoint[], rest: Partial<Scenario> = {}): Scenario {
  return scenario({
    clock: { from: null, lastsNs: 600 * seconds, warmUpNs: 0, windowNs: seconds },
    traffic: [{ ...openTraffic(500, { one: 1 }), curve: [point(0, 500), ...curve] }],
    stations: { desk: desk({ servers: 10, service: constant(10e6) }) },
    requests: { one: request(['desk']) },
    ...rest,
  });
}

/** Minutes that are contiguous. */
function contiguous(of: Scenario, targetEvents = 1e9): number[] {
  const { plan } = chooseSampling(of, { slice: 1, targetEvents, files: NO_FILES });
  return plan.stretches
    .filter(({ weight }) => weight === 1)
    .flatMap(({ standsFromNs, standsToNs }) =>
      Array.from({ length: (standsToNs - standsFromNs) / 60e9 }, (_, nth) => standsFromNs / 60e9 + nth),
    );
}

const spike = (atS: number, lastsS: number, ratePerSec: number): CurvePoint[] => [
  point(atS, 500),
  point(atS + 1e-3, ratePerSec),
  point(atS + lastsS, ratePerSec),
  point(atS + lastsS + 1e-3, 500),
];

/** Up or down within 4 s and back within 4 s. */
const triangle = (atS: number, ratePerSec: number): CurvePoint[] => [
  point(atS, 500),
  point(atS + 4, ratePerSec),
  point(atS + 8, 500),
];

describe('contiguous is', () => {
  test('nothing of quiet traffic', () => {
    expect(contiguous(site([]))).toEqual([]);
  });

  test.each<[string, readonly CurvePoint[], number[]]>([
    ['a triangle of 8 s in mid-minute, far below what the desk can do', triangle(206, 900), [3]],
    ['one that the measured part does not see', triangle(182, 900), [3]],
    ['a fall to nothing and back', triangle(206, 0), [3]],
    ['a bend inside it, where the ramp is steep', [point(90, 500), point(120, 700)], [1]],
    [
      'a steep ramp: what waits at its end is not what waits in its middle',
      [point(60, 500), point(120, 900)],
      [1],
    ],
    [
      'an exponential, whose mean is not at its middle',
      [point(60, 100, 'step'), point(120, 300, 'exponential')],
      [0, 1],
    ],
  ])('the minute of %s', (_, curve, minutes) => {
    expect(contiguous(site(curve)).filter((minute) => minute < 5)).toEqual(minutes);
  });

  test('nothing of a gentle ramp, linear or exponential', () => {
    expect(contiguous(site([point(600, 860)]))).toEqual([]);
    expect(contiguous(site([point(600, 860, 'exponential')]))).toEqual([]);
  });

  test('the time around a change of the regions', () => {
    const [open] = site([]).traffic as [OpenTraffic];
    const regions = [
      { atNs: 0, shares: { east: 0.6, west: 0.4 } },
      { atNs: 210 * seconds, shares: { east: 0.4, west: 0.6 } },
    ];
    expect(contiguous(site([], { traffic: [{ ...open, regions }] }))).toEqual([3]);
  });

  test('the minute of a spike of 8 s in its middle, and of one of 100 ms', () => {
    expect(contiguous(site(spike(200, 8, 1050)))).toEqual([3]);
    expect(contiguous(site(spike(200, 0.1, 1050)))).toEqual([3]);
  });

  test('an overload of 45 s until what it has piled up is drained', () => {
    // 45 s at 500/s beyond what is served leave 22,500 requests, which take 45 s more: to 290 s, and 12 s to be safe.
    expect(contiguous(site(spike(200, 45, 1500)))).toEqual([3, 4, 5]);
    // At 2,500/s they leave 67,500, which take 135 s: to 380 s.
    expect(contiguous(site(spike(200, 45, 2500)))).toEqual([3, 4, 5, 6]);
  });

  test('the time around a step, though nothing is overloaded by it', () => {
    expect(contiguous(site([point(330, 700, 'step')]))).toEqual([5]);
    expect(contiguous(site([point(330, 510, 'step')]))).toEqual([]);
    expect(contiguous(site([point(361, 700, 'step')]))).toEqual([5, 6]); // within a stretch of the minute before
  });

  test('the part of a ramp on which a queue would be slow to forget', () => {
    // 95 % at 1,140/s, after 480 of 600 s; found to the second, and as much before as a stretch is long. Up to there no minute
    // of the ramp changes much of what is idle.
    const tenth = (ratePerSec: number) =>
      contiguous({
        ...site([point(0, 1120), point(600, ratePerSec)]),
        stations: { desk: desk({ servers: 12, service: constant(10e6) }) },
      });
    expect(tenth(1145)).toEqual([7, 8, 9]);
    expect(tenth(1135)).toEqual([]);
  });

  test('traffic whose noise may carry it there', () => {
    const noisy = site([]);
    const traffic = { ...(noisy.traffic[0] as OpenTraffic), noise: { cv: 0.3, correlationNs: seconds } };
    expect(contiguous({ ...noisy, traffic: [traffic] })).toHaveLength(10);
  });

  test('all of a time when threads are held by slow work', () => {
    const held = station({ threads: threads(100), service: constant(200e6), servers: 1000, layer: 'desk' });
    expect(contiguous(site([], { stations: { desk: held } }))).toHaveLength(10);
  });

  test('what stands in a list for other reasons', () => {
    const options = {
      slice: 1,
      targetEvents: 1e9,
      files: NO_FILES,
      contiguous: [{ fromNs: 70e9, toNs: 71e9 }],
    };
    const { plan } = chooseSampling(site([]), options);
    expect(plan.stretches.map(({ weight }) => weight)).toEqual([6, 1, 6, 6, 6, 6, 6, 6, 6, 6]);
  });
});

test('shedding by a limiter is no overload, what it lets through counts; only its begin is followed', () => {
  // 600/s are reached 4 s behind the fifth minute; margins reach back into it.
  const limited = desk({ servers: 10, service: constant(10e6), limits: [bucket(600)] });
  expect(
    contiguous(
      site([point(300, 500), point(360, 2000)], { stations: { desk: { ...limited, layer: 'desk' } } }),
    ),
  ).toEqual([4, 5]);
});

test('a queue forgets within the warm part up to (1 − √(S/(c·w)))², and never beyond 95 %', () => {
  expect(limitOf({ heldEachNs: 1e6 }, 1e9)).toBeCloseTo((1 - Math.sqrt(0.001)) ** 2, 12);
  expect(limitOf({ heldEachNs: 1e3 }, 1e9)).toBe(0.95);
  expect(limitOf({ heldEachNs: 2e9 }, 1e9)).toBe(0);
});

describe('how much is simulated', () => {
  const measured = (targetEvents: number) =>
    chooseSampling(site([]), { slice: 1, targetEvents, files: NO_FILES }).plan.measuredNs / seconds;

  test('the longest stretches whose predicted events keep within the target, else the shortest', () => {
    // 300,000 requests of two events; 12, 6 and 2.5 s of 60 are simulated.
    expect([measured(120_000), measured(119_999), measured(60_000), measured(59_999), measured(1)]).toEqual([
      10, 5, 5, 2, 2,
    ]);
  });

  test('is predicted', () => {
    expect(chooseSampling(site([]), { slice: 1, targetEvents: 1, files: NO_FILES }).predictedEvents).toBe(
      25_000,
    );
  });
});

describe('no time can be left out', () => {
  const refusal = (traffic: Scenario['traffic']) => {
    try {
      chooseSampling({ ...site([]), traffic }, { slice: 1, targetEvents: 1, files: NO_FILES });
    } catch (error) {
      return (error as { diagnostics: readonly { code: string; message: string }[] }).diagnostics[0]!;
    }
    throw new Error('not refused');
  };
  const open = openTraffic(500, { one: 1 });

  test.each<[string, Scenario['traffic']]>([
    ['mmpp', [{ ...open, arrivals: { process: 'mmpp', states: [{ factor: 1, meanNs: 1e9 }] } }]],
    [
      'without open traffic',
      [{ model: 'closed', scale: 1, users: 10, think: constant(1e9), mix: open.mix, regions: [] }],
    ],
  ])('%s', (word, traffic) => {
    const { code, message } = refusal(traffic);
    expect(code).toBe('HF526');
    expect(message).toContain(word);
  });

  test('when requests take longer than a stretch warms up', () => {
    const slow = site([], {
      stations: { desk: { ...desk({ servers: 9999, service: constant(3e9) }), layer: 'desk' } },
    });
    expect(() => chooseSampling(slow, { slice: 1, targetEvents: 1, files: NO_FILES })).toThrow(
      'take longer than',
    );
    // What `auto` asks before it would leave time out.
    expect(samplingObstacle(slow, { files: NO_FILES })).toContain('take longer than');
    expect(samplingObstacle(site([]), { files: NO_FILES })).toBeNull();
  });
});
