/** Servers that are slower for a while: exact traces, and the time change that any number of dips amounts to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DisturbanceModel, Model } from '../../src/model/model.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { Run } from '../../src/run/run.ts';
import { assemble, group, SECOND, Table, trace } from './assemble.ts';

const MS = 1e6;

interface Dip {
  readonly atMs: number;
  readonly lastsMs: number;
  readonly speed: number;
}

interface Job {
  readonly atMs: number;
  readonly demandMs: number;
}

const disturbance = ({ atMs, lastsMs, speed }: Dip): DisturbanceModel => ({
  name: `at ${atMs}`,
  groups: [0],
  fromNs: atMs * MS,
  toNs: (atMs + lastsMs) * MS,
  speed,
});

/** Each job is a class of its own, so that its response time can be read. */
function modelOf(kind: 'fcfs' | 'ps', servers: number, jobs: readonly Job[], dips: readonly Dip[]): Model {
  const op = kind === 'ps' ? 'SHARE' : 'SERVE';
  const model = assemble({
    lastsNs: SECOND,
    groups: [group('q', { serverCount: servers, discipline: kind })],
    disturbances: dips.map(disturbance),
    classes: jobs.map((_, index) => ({
      name: `job ${index}`,
      start: 2 * index,
      priority: 0,
      timeout: -1,
      value: null,
    })),
    sources: [
      trace(
        jobs.map(({ atMs }) => atMs * MS),
        jobs.map((_, index) => index),
      ),
    ],
    instructions: jobs.flatMap(({ demandMs }, index) => [
      { op, a: 0, c: 2 * index + 1, d: Table.constant, x: demandMs * MS } as const,
      { op: 'END' } as const,
    ]),
  });
  return model;
}

function run(model: Model): Measurements {
  const running = new Run(model);
  while (running.advance(1_000) === 'more');
  return running.measurements();
}

/** Instants at which the jobs end, in ms. */
function endsMs(kind: 'fcfs' | 'ps', servers: number, jobs: readonly Job[], dips: readonly Dip[]): number[] {
  const { classes } = run(modelOf(kind, servers, jobs, dips));
  const sum = (series: Float64Array): number => series.reduce((total, value) => total + value, 0);
  return jobs.map(({ atMs }, index) => atMs + sum(classes[index]!.sumNs) / MS);
}

describe('one server, jobs of 10 ms', () => {
  const dip = { atMs: 5, lastsMs: 20, speed: 0.25 };

  test('a job in service when the dip begins: 5 ms at full speed, 5 ms at a quarter', () => {
    for (const kind of ['fcfs', 'ps'] as const) {
      expect(endsMs(kind, 1, [{ atMs: 0, demandMs: 10 }], [dip])).toEqual([25]);
    }
  });

  test('a job in service when the speed comes back does the rest at full speed', () => {
    for (const kind of ['fcfs', 'ps'] as const) {
      expect(endsMs(kind, 1, [{ atMs: 9, demandMs: 10 }], [dip])).toEqual([9 + 16 + 6]);
    }
  });

  test('a standstill keeps what is inside until it is over', () => {
    const jobs = [
      { atMs: 0, demandMs: 10 },
      { atMs: 6, demandMs: 10 },
    ];
    const standstill = { atMs: 5, lastsMs: 100, speed: 0 };
    expect(endsMs('fcfs', 1, jobs, [standstill])).toEqual([110, 120]);
    expect(endsMs('ps', 1, jobs, [standstill])).toEqual([115, 120]);
  });

  test('what is due at the instant a standstill begins is still done', () => {
    expect(endsMs('fcfs', 1, [{ atMs: 0, demandMs: 5 }], [{ atMs: 5, lastsMs: 100, speed: 0 }])).toEqual([5]);
  });

  test('also where a dip went before it, whose speed is no binary fraction', () => {
    const dips = (speed: number): Dip[] => [
      { atMs: 8, lastsMs: 4, speed: 0 },
      { atMs: 16, lastsMs: 4, speed },
      { atMs: 20, lastsMs: 4, speed: 0 },
    ];
    expect(endsMs('fcfs', 1, [{ atMs: 5, demandMs: 10 }], dips(0.75))).toEqual([20]);
    for (let percent = 1; percent < 100; percent++) {
      const job = { atMs: 5, demandMs: Math.round((7 + 4 * (percent / 100)) * MS) / MS };
      expect(endsMs('fcfs', 1, [job], dips(percent / 100)), `${percent} %`).toEqual([20]);
    }
  });

  test('dips that touch follow each other', () => {
    const dips = [
      { atMs: 4, lastsMs: 4, speed: 0.5 },
      { atMs: 8, lastsMs: 8, speed: 0.25 },
    ];
    expect(endsMs('fcfs', 1, [{ atMs: 0, demandMs: 10 }], dips)).toEqual([18]);
  });

  test('a slow server is busy all the time, and its windows are cut where the dip begins and ends', () => {
    const { windows, groups } = run(modelOf('fcfs', 1, [{ atMs: 0, demandMs: 10 }], [dip]));
    expect(windows.map(({ fromNs, toNs }) => [fromNs / MS, toNs / MS])).toEqual([
      [0, 5],
      [5, 25],
      [25, 1000],
    ]);
    expect([...groups[0]!.busyNs].map((ns) => ns / MS)).toEqual([5, 20, 0]);
    expect(groups[0]!.sojourns[0]!.maxNs).toBe(25 * MS);
  });

  test('other stations keep their speed', () => {
    const [demandMs, start] = [10, 0];
    const model = assemble({
      lastsNs: SECOND,
      groups: [group('q'), group('other')],
      disturbances: [{ ...disturbance(dip), groups: [1] }],
      classes: [{ name: 'job', start, priority: 0, timeout: -1, value: null }],
      sources: [trace([0])],
      instructions: [{ op: 'SERVE', a: 0, c: 1, d: Table.constant, x: demandMs * MS }, { op: 'END' }],
    });
    expect(run(model).classes[0]!.sumNs[0]).toBe(10 * MS);
  });
});

/**
 * In the time τ(t) = ∫ v in which the work goes on at full speed, dips are not seen: arrivals at τ(t), the same queue,
 * and departures taken back by the first instant at which τ gets there.
 */
describe('a server with dips is a server without, in another time', () => {
  const dips = fc
    .array(fc.record({ gap: fc.nat(10), lasts: fc.integer({ min: 1, max: 10 }), quarters: fc.nat(3) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => {
      let atMs = 0;
      return parts.map(({ gap, lasts, quarters }): Dip => {
        const dip = { atMs: atMs + 4 * gap, lastsMs: 4 * lasts, speed: quarters / 4 };
        atMs = dip.atMs + dip.lastsMs;
        return dip;
      });
    });
  const jobs = fc
    .array(fc.record({ atMs: fc.nat(120), demandMs: fc.integer({ min: 1, max: 12 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((all) => all.toSorted((a, b) => a.atMs - b.atMs));

  function toWork(dips: readonly Dip[], tMs: number): number {
    const lost = dips.map(
      ({ atMs, lastsMs, speed }) => Math.max(0, Math.min(tMs - atMs, lastsMs)) * (1 - speed),
    );
    return tMs - lost.reduce((sum, each) => sum + each, 0);
  }

  function toTime(dips: readonly Dip[], work: number): number {
    let atMs = 0;
    let done = 0;
    for (const dip of dips) {
      if (work - done <= dip.atMs - atMs) return atMs + work - done;
      done += dip.atMs - atMs;
      const inDip = dip.lastsMs * dip.speed;
      if (work - done < inDip) return dip.atMs + (work - done) / dip.speed;
      done += inDip;
      atMs = dip.atMs + dip.lastsMs;
    }
    return atMs + work - done;
  }

  /** Instants are rounded to nanoseconds: work that is due just before or behind a standstill may be off by all of it. */
  function expectAt(
    end: number,
    { dips, work, offMs }: { readonly dips: readonly Dip[]; readonly work: number; readonly offMs: number },
  ): void {
    expect(end).toBeGreaterThan(toTime(dips, work - offMs) - offMs);
    expect(end).toBeLessThan(toTime(dips, work + offMs) + offMs);
  }

  const cases = fc.record({ dips, jobs, servers: fc.integer({ min: 1, max: 3 }) });

  test('FCFS', () => {
    fc.assert(
      fc.property(cases, ({ dips, jobs, servers }) => {
        const free = Array.from({ length: servers }, () => 0);
        const expected = jobs.map(({ atMs, demandMs }) => {
          const first = free.indexOf(Math.min(...free));
          free[first] = Math.max(free[first]!, toWork(dips, atMs)) + demandMs;
          return free[first];
        });
        endsMs('fcfs', servers, jobs, dips).forEach((end, index) => {
          expectAt(end, { dips, work: expected[index]!, offMs: 20 / MS });
        });
      }),
    );
  });

  test('processor sharing', () => {
    fc.assert(
      fc.property(cases, ({ dips, jobs, servers }) => {
        const ends = sharedEnds(
          jobs.map(({ atMs, demandMs }) => ({ at: toWork(dips, atMs), left: demandMs })),
          servers,
        );
        endsMs('ps', servers, jobs, dips).forEach((end, index) => {
          expectAt(end, { dips, work: ends[index]!, offMs: 200 / MS });
        });
      }),
    );
  });

  /** Ends of jobs that share `servers` at full speed, by going from event to event. */
  function sharedEnds(all: readonly { at: number; left: number }[], servers: number): number[] {
    const left = all.map((job) => job.left);
    const ends = all.map(() => NaN);
    let at = 0;
    for (;;) {
      const inside = all.flatMap((job, index) => (job.at <= at && Number.isNaN(ends[index]) ? [index] : []));
      const next = Math.min(...all.filter((job) => job.at > at).map((job) => job.at));
      if (inside.length === 0 && next === Infinity) return ends;
      const rate = Math.min(1, servers / Math.max(1, inside.length));
      const until = Math.min(next, ...inside.map((index) => at + left[index]! / rate));
      for (const index of inside) {
        left[index] = left[index]! - (until - at) * rate;
        if (left[index] < 1e-9) ends[index] = until;
      }
      at = until;
    }
  }
});
