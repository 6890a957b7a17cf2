/** Windows are [from, to): what is due at an edge belongs to the window, the phase and the time behind it. */
import { describe, expect, test } from 'vitest';
import type { Measurements } from '../../src/run/measurements.ts';
import type { Model } from '../../src/model/model.ts';
import { Run } from '../../src/run/run.ts';
import { assemble, group, openSource, regular, SECOND, Table, trace, type Parts } from './assemble.ts';

function runToEnd(model: Model): Measurements {
  const run = new Run(model);
  while (run.advance(1_000) === 'more');
  return run.measurements();
}

const offered = (model: Model): number[] => [...runToEnd(model).classes[0]!.offered];

const idle = (parts: Omit<Parts, 'instructions'>): Model =>
  assemble({ ...parts, instructions: [{ op: 'END' }] });

describe('a request due at an edge', () => {
  test('of two windows is in the later one, at 0 in the first, at the end in none', () => {
    // Each arrival is announced by the one before, so long before the edge is; some edges have two.
    const instants = [0, 2, 2, 4, 5, 10].map((s) => s * SECOND);
    const model = idle({ lastsNs: 10 * SECOND, windowNs: SECOND, sources: [trace(instants)] });
    expect(offered(model)).toEqual([1, 0, 2, 0, 1, 1, 0, 0, 0, 0]);
    expect(runToEnd(model).totals).toMatchObject({ started: 5, ended: 5, inside: 0 });
  });

  test('of warm-up and measured time is measured', () => {
    const source = openSource(4, 3 * SECOND, 2 * SECOND, { process: 'deterministic' });
    const parts = { lastsNs: 3 * SECOND, windowNs: SECOND, warmUpNs: 2 * SECOND, sources: [source] };
    // Every quarter of a second from −1.75 s on: at 0, 1 and 2 s, but not at 3 s.
    expect(offered(idle(parts))).toEqual([4, 4, 4]);
    expect(runToEnd(idle(parts)).totals.started).toBe(7 + 12);
  });

  test('of two phases is in the later one, whatever the window', () => {
    const phases = [
      { name: 'before', fromNs: 0, toNs: 2.5 * SECOND },
      { name: 'peak', fromNs: 2.5 * SECOND, toNs: 4 * SECOND },
    ];
    const model = idle({ lastsNs: 4 * SECOND, windowNs: SECOND, sources: [regular(2, 4 * SECOND)] });
    const { windows, classes } = runToEnd({ ...model, phases });
    // Every half second, the first at 0.5 s.
    expect(windows.map(({ fromNs }) => fromNs / SECOND)).toEqual([0, 1, 2, 2.5, 3]);
    expect([...classes[0]!.offered]).toEqual([1, 2, 1, 1, 2]);
    expect(classes[0]!.phaseHistograms.map(({ count }) => count)).toEqual([4, 3]);
  });

  test('of users who think comes at the window behind it, and not at all at the end', () => {
    const users = {
      model: 'closed',
      name: 'users',
      users: 1,
      thinkTable: Table.constant,
      thinkMeanNs: 2 * SECOND,
      classes: [{ fromNs: 0, cumulative: [4294967296] }],
      regions: [],
    } as const;
    expect(offered(idle({ lastsNs: 6 * SECOND, windowNs: SECOND, sources: [users] }))).toEqual([
      0, 0, 1, 0, 1, 0,
    ]);
  });
});

test('what a station does at an edge is in the later window as well', () => {
  // Service from 0 to 2 s: the end is announced at 0, long before the edge at 2 s is.
  const model = assemble({
    lastsNs: 4 * SECOND,
    windowNs: SECOND,
    groups: [group('q')],
    sources: [trace([0, 2 * SECOND])],
    instructions: [{ op: 'SERVE', a: 0, c: 1, d: Table.constant, x: 2 * SECOND }, { op: 'END' }],
  });
  const [q] = runToEnd(model).groups;
  expect([...q!.arrivals]).toEqual([1, 0, 1, 0]);
  expect([...q!.departures]).toEqual([0, 0, 1, 0]);
  expect([...q!.busyNs]).toEqual([SECOND, SECOND, SECOND, SECOND]);
});

test('no traffic at all: every window is empty, and nothing is left to wait for', () => {
  const model = idle({ lastsNs: 3 * SECOND, windowNs: SECOND, sources: [regular(0, 3 * SECOND)] });
  const { classes, totals, stop } = runToEnd(model);
  expect([...classes[0]!.offered]).toEqual([0, 0, 0]);
  expect(totals).toMatchObject({ started: 0, ended: 0, inside: 0 });
  expect(stop).toMatchObject({ reason: 'completed', atNs: 3 * SECOND });
});
