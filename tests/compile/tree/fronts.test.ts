import { expect, test } from 'vitest';
import { nowhere } from '../../../src/compile/refusal.ts';
import { frontsOf } from '../../../src/compile/tree/fronts.ts';
import { inlineRequest } from '../../../src/compile/tree/inline.ts';
import { makeSite } from '../../../src/compile/tree/site.ts';
import type { Fronts } from '../../../src/model/model.ts';
import type { Step } from '../../../src/scenario/types.ts';
import {
  bucket,
  call,
  choose,
  desk,
  parallel,
  pool,
  repeat,
  reply,
  request,
  scenario,
  station,
} from '../build.ts';

/** `front` calls `app`, which makes these steps, and then `db`; `a` and `b` have a limiter each. */
function fronts(...steps: Step[]): Fronts {
  const limits = [bucket(10)];
  const site = makeSite(
    scenario({
      stations: {
        front: station({ operations: { ask: [call('app.run'), call('db')] } }),
        app: station({ operations: { run: steps } }),
        a: desk({ limits }),
        b: desk({ limits, pool: pool(2) }),
        db: desk(),
      },
      requests: { r: request(['front.ask']) },
    }),
    nowhere,
  );
  return frontsOf(site, [inlineRequest(site, 'r')]);
}

const beforeDb = (...steps: Step[]) => fronts(...steps).stations['db'];

test('what is passed before a reply stands in front of what the caller does next, what comes behind it does not', () => {
  expect(beforeDb(call('a'), call('b'))).toEqual(['a.limit', 'b.limit']);
  expect(beforeDb(call('a'), reply, call('b'))).toEqual(['a.limit']);
  expect(beforeDb(reply, call('a'), reply)).toEqual([]);
  expect(fronts(call('a'), reply, call('b')).stations['b']).toEqual(['a.limit', 'b.limit']);
});

test('a reply in one option leaves the others waiting', () => {
  expect(beforeDb(choose([0.5, [reply]], [0.5, []]), call('b'))).toEqual(['b.limit']);
  expect(beforeDb(choose([0.5, [reply, call('a')]], [0.5, []]), call('b'))).toEqual(['b.limit']);
  expect(beforeDb(choose([0.5, [reply]], [0.5, [reply]]), call('b'))).toEqual([]);
});

test('from the second turn on, the end of a turn stands in front of its begin', () => {
  const turns = (mean: number) => fronts(repeat('constant', mean, call('b'), call('a')));
  expect(turns(2).limiters).toEqual({ 'b.limit': ['a.limit'], 'a.limit': ['b.limit'] });
  expect(turns(1).limiters).toEqual({ 'b.limit': [], 'a.limit': ['b.limit'] });
  expect(beforeDb(repeat('geometric', 0.5, choose([0.5, [reply]], [0.5, []]), call('a')))).toEqual([
    'a.limit',
  ]);
});

test('one of two branches without a limiter is enough to go on', () => {
  expect(beforeDb(parallel('any', [call('a')], []))).toEqual([]);
  expect(beforeDb(parallel('any', [call('a')], [call('b')]))).toEqual(['a.limit', 'b.limit']);
});

test('a connection is taken before the limiters of the station it leads to', () => {
  const { pools, stations } = fronts(call('a'), call('b'));
  expect(pools).toEqual({ 'b.pool@app': ['a.limit'] });
  expect(stations['b']).toEqual(['a.limit', 'b.limit']);
});
