import { expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import type { Model } from '../../src/model/model.ts';
import type { Step } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import { call, desk, exponential, ms, request, scenario, serve, station } from './build.ts';

function compile(parts: build.Parts): Model {
  return compileModel(scenario(parts), { slice: 1, files: build.NO_FILES });
}

function names(model: Model): string[] {
  return model.program.streams.filter((stream) => stream !== '');
}

const service = (steps: readonly Step[]) => station({ servers: 2, operations: { ask: steps } });

test('adding a component, a class or a deadline elsewhere renames no stream and no salt', () => {
  const steps = [
    serve(exponential(ms)),
    call('redis', { timeoutNs: ms }),
    build.parallel('all', [call('db')], [call('redis')]),
    build.send('log'),
    serve(exponential(ms)),
  ];
  const stations = { app: service(steps), redis: desk(), db: desk({ replicas: 3 }), log: desk() };
  const before = compile({ stations, requests: { r: request(['app.ask']) } });
  const after = compile({
    stations: {
      waf: desk(),
      ...stations,
      mail: desk(),
      app: service([call('mail', { timeoutNs: 5 }), ...steps]),
    },
    requests: { q: request(['mail']), r: request(['waf', 'app.ask']) },
  });
  expect(names(after)).toEqual(expect.arrayContaining(names(before)));
  const salts = (model: Model): number[] => [...model.calls, ...model.forks].map(({ salt }) => salt);
  expect(salts(after)).toEqual(expect.arrayContaining(salts(before)));
  expect(after.balancers).toEqual(expect.arrayContaining([...before.balancers]));
});

test('each static occurrence of a step has a stream of its own, numbered in the order of the request', () => {
  const steps = [
    call('db'),
    build.choose([0.5, [call('db')]], [0.5, [serve(exponential(ms))]]),
    serve(exponential(ms)),
  ];
  const model = compile({
    stations: { app: service(steps), db: desk() },
    requests: { r: request(['app.ask']) },
  });
  expect(names(model)).toEqual([
    'db/service#1',
    'app.ask/choose#1/0',
    'db/service#2',
    'app.ask/serve#1',
    'app.ask/serve.2#1',
  ]);
});

test('a deadline on one call leaves the numbers of later ones alone', () => {
  const steps = (timeoutNs: number | null): Step[] => [call('db', { timeoutNs }), call('db')];
  const modelOf = (timeoutNs: number | null) =>
    compile({
      stations: { app: service(steps(timeoutNs)), db: desk() },
      requests: { r: request(['app.ask']) },
    });
  const plain = modelOf(null);
  const timed = modelOf(ms);
  const inline = (model: Model): string =>
    model.program.streams[model.classes[0]!.start + (model === plain ? 2 : 3)]!;
  expect(inline(plain)).toBe('db/service#2');
  expect(inline(timed)).toBe('db/service#2');
});

test('no two drawing instructions of one class share a stream', () => {
  const steps = [
    call('db'),
    call('db'),
    build.delay(exponential(ms)),
    build.fail(0.5),
    build.delay(exponential(ms)),
  ];
  const model = compile({
    stations: { app: service(steps), db: desk({ replicas: 2 }) },
    requests: { r: request(['app.ask']) },
  });
  expect(new Set(names(model)).size).toBe(names(model).length);
});
