import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { ratePieces } from '../../src/compile/traffic/curve.ts';
import { areaOf, rateAt } from '../../src/model/traffic/rate-curve.ts';
import { phasesOf } from '../../src/compile/traffic/phases.ts';
import type { CurvePoint, Traffic } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import { desk, exponential, request, scenario, seconds } from './build.ts';

const SPAN = { warmUpNs: 30 * seconds, lastsNs: 720 * seconds };

/** Two minutes level, five of ramp, five of plateau. */
const DOUBLE_11: readonly CurvePoint[] = [
  { atNs: 0, ratePerSec: 100e3, shape: 'step', phase: 'before' },
  { atNs: 120 * seconds, ratePerSec: 100e3, shape: 'linear', phase: 'ramp' },
  { atNs: 420 * seconds, ratePerSec: 1e6, shape: 'linear', phase: 'peak' },
];

describe('rate curve', () => {
  test('the plan of Double 11 offers 477 million requests', () => {
    const pieces = ratePieces(DOUBLE_11, { ...SPAN, warmUpNs: 0 }, 1);
    expect(pieces.reduce((sum, piece) => sum + areaOf(piece), 0)).toBe(477e6);
  });

  test('the warm-up runs before t = 0 at the initial rate', () => {
    const [warmUp] = ratePieces(DOUBLE_11, SPAN, 1);
    expect(warmUp).toMatchObject({ fromNs: -30 * seconds, toNs: 0, startPerSec: 100e3, endPerSec: 100e3 });
  });

  test('a step keeps the rate until its instant; two knots at one instant are a step as well', () => {
    const step: CurvePoint[] = [
      DOUBLE_11[0]!,
      { atNs: 60 * seconds, ratePerSec: 5, shape: 'step', phase: null },
    ];
    const twice: CurvePoint[] = [
      DOUBLE_11[0]!,
      { atNs: 60 * seconds, ratePerSec: 100e3, shape: 'linear', phase: null },
      { atNs: 60 * seconds, ratePerSec: 5, shape: 'linear', phase: null },
    ];
    for (const curve of [step, twice]) {
      const pieces = ratePieces(curve, { warmUpNs: 0, lastsNs: 90 * seconds }, 1);
      expect(pieces.reduce((sum, piece) => sum + areaOf(piece), 0)).toBe(60 * 100e3 + 30 * 5);
    }
  });

  test('an exponential piece has the area of its integral', () => {
    const piece = {
      fromNs: 0,
      toNs: 10 * seconds,
      startPerSec: 100,
      endPerSec: 800,
      shape: 'exponential',
    } as const;
    let sum = 0;
    const steps = 20_000;
    for (let i = 0; i < steps; i++) sum += rateAt(piece, ((i + 0.5) / steps) * 10 * seconds) * (10 / steps);
    expect(areaOf(piece) / sum).toBeCloseTo(1, 8);
    expect(rateAt(piece, 5 * seconds)).toBeCloseTo(Math.sqrt(100 * 800), 9);
  });

  test('pieces join without gaps, end with the run, and thinning divides every rate', () => {
    const shape = fc.constantFrom('step' as const, 'linear' as const, 'exponential' as const);
    const knot = fc.record({
      at: fc.integer({ min: 0, max: 1000 }),
      rate: fc.integer({ min: 1, max: 1000 }),
      shape,
    });
    fc.assert(
      fc.property(fc.array(knot, { minLength: 1, maxLength: 8 }), (knots) => {
        const curve = knots
          .map(({ at, rate, shape: how }) => ({
            atNs: at * seconds,
            ratePerSec: rate,
            shape: how,
            phase: null,
          }))
          .sort((a, b) => a.atNs - b.atNs);
        const pieces = ratePieces(curve, SPAN, 1);
        expect(pieces[0]!.fromNs).toBe(-SPAN.warmUpNs);
        expect(pieces.at(-1)!.toNs).toBe(SPAN.lastsNs);
        pieces.slice(1).forEach((piece, index) => {
          expect(piece.fromNs).toBe(pieces[index]!.toNs);
        });
        const thinned = ratePieces(curve, SPAN, 4);
        expect(thinned.map(({ startPerSec }) => startPerSec * 4)).toEqual(
          pieces.map(({ startPerSec }) => startPerSec),
        );
      }),
    );
  });
});

describe('phases', () => {
  const phases = (curve: readonly CurvePoint[]) =>
    phasesOf(
      scenario({
        stations: { desk: desk() },
        requests: { r: request(['desk']) },
        clock: { from: null, windowNs: seconds, ...SPAN },
        traffic: [{ ...build.openTraffic(1, { r: 1 }), curve }],
      }),
    ).map(({ name, fromNs, toNs }) => [name, fromNs / seconds, toNs / seconds]);

  test('begin at the knots that name them and cover the run', () => {
    expect(phases(DOUBLE_11)).toEqual([
      ['before', 0, 120],
      ['ramp', 120, 420],
      ['peak', 420, 720],
    ]);
    expect(phases(DOUBLE_11.slice(1))).toEqual([
      ['before ramp', 0, 120],
      ['ramp', 120, 420],
      ['peak', 420, 720],
    ]);
    expect(phases([{ ...DOUBLE_11[0]!, phase: null }])).toEqual([['whole run', 0, 720]]);
  });
});

describe('sources', () => {
  const sourceOf = (traffic: Traffic, files = build.NO_FILES, slice = 1) => {
    const requests = { r: request(['desk']), q: request(['desk']) };
    return compileModel(
      scenario({ stations: { desk: desk({ servers: Infinity }) }, requests, traffic: [traffic] }),
      {
        slice,
        files,
      },
    ).sources[0]!;
  };
  const mix = [{ atNs: 0, shares: { r: 0.25, q: 0.75 } }];

  test('a mix that changes holds from its instants on, the first one from the warm-up', () => {
    const later = { atNs: 5 * seconds, shares: { q: 1 } };
    const { classes } = sourceOf({ ...build.openTraffic(1, {}), mix: [...mix, later] });
    expect(classes).toEqual([
      { fromNs: -10 * seconds, cumulative: [2 ** 30, 2 ** 32] },
      { fromNs: 5 * seconds, cumulative: [0, 2 ** 32] },
    ]);
  });

  test('a trace keeps its instants and classes', () => {
    const files = new Map([['t.csv', 'at,request\n0.5,q\n1.25,\n1.25,r\n']]);
    const source = sourceOf({ model: 'trace', file: 't.csv', mix, regions: [] }, files);
    expect(source).toMatchObject({
      atNs: Float64Array.of(5e8, 1.25e9, 1.25e9),
      classIds: Int32Array.of(1, -1, 0),
    });
  });

  test('a trace that goes back in time or names an unknown class is refused with its row', () => {
    const trace: Traffic = { model: 'trace', file: 't.csv', mix, regions: [] };
    expect(() => sourceOf(trace, new Map([['t.csv', 'at\n2\n1\n']]))).toThrow(/row 2: earlier/);
    expect(() => sourceOf(trace, new Map([['t.csv', 'at,request\n2,x\n']]))).toThrow(
      /row 1: no request class "x"/,
    );
    expect(() => sourceOf(trace)).toThrow(/cannot be read/);
  });

  test('thinning: users are divided, geometric batches shrink to what is kept of them', () => {
    const closed: Traffic = {
      model: 'closed',
      scale: 1,
      users: 1000,
      think: exponential(seconds),
      mix,
      regions: [],
    };
    expect(sourceOf(closed, build.NO_FILES, 10)).toMatchObject({ users: 100, thinkMeanNs: seconds });
    const batches = { process: 'batch', sizes: { law: 'geometric', mean: 5 } } as const;
    const open = sourceOf({ ...build.openTraffic(100, {}), mix, arrivals: batches }, build.NO_FILES, 4);
    expect(open).toMatchObject({ arrivals: { process: 'batch', law: 'geometric', mean: 2 } });
    expect(open).toMatchObject({ pieces: [{ startPerSec: 25 }, { startPerSec: 25 }] });
  });
});
