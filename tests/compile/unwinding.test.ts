import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import { slicePlan } from '../../src/compile/slices/plan.ts';
import { inlineRequest } from '../../src/compile/tree/inline.ts';
import { makeSite } from '../../src/compile/tree/site.ts';
import { Op } from '../../src/model/opcodes.ts';
import * as build from './build.ts';
import { anyScenario } from './random-scenario.ts';
import { walkProgram } from './walk-program.ts';

test('whatever an activation takes it gives back in reverse order, on every way through it', () => {
  const occurred = new Set<number>();
  fc.assert(
    fc.property(anyScenario([1, 2, 10, 20, 40]), (scenario) => {
      const model = compileModel(scenario, { slice: 1, files: build.NO_FILES });
      const { mistakes, ends } = walkProgram(model);
      expect(mistakes).toEqual([]);
      expect(ends).toBeGreaterThan(0);
      for (const op of model.program.op) occurred.add(op);
    }),
    { numRuns: 300, seed: 1 },
  );
  // The property is worth nothing for instructions that the scenarios never made.
  const needed = [
    Op.ACQUIRE,
    Op.RELEASE,
    Op.PICK,
    Op.DROP,
    Op.PAIR,
    Op.LIMIT,
    Op.LOOP,
    Op.BREAK,
    Op.CALL,
    Op.FORK,
  ];
  expect(
    [...needed, Op.SEND, Op.REPLY, Op.SPOILT, Op.FORGIVE, Op.TRAVEL, Op.SHARD].filter(
      (op) => !occurred.has(op),
    ),
  ).toEqual([]);
}, 60_000);

test('so do sliced programs, background visits included', () => {
  let echoes = 0;
  let sliced = 0;
  fc.assert(
    fc.property(anyScenario([20, 40, 60, 64]), (scenario) => {
      const site = makeSite(scenario, nowhere);
      const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
      for (const slice of slicePlan(site, trees)
        .allowed.filter((k) => k > 1)
        .slice(0, 3)) {
        const model = compileModel(scenario, { slice, files: build.NO_FILES });
        expect(walkProgram(model).mistakes).toEqual([]);
        sliced++;
        echoes += model.backgrounds.length;
      }
    }),
    { numRuns: 300, seed: 2 },
  );
  expect(sliced).toBeGreaterThan(10);
  expect(echoes).toBeGreaterThan(10);
}, 60_000);

test('the walker finds a token that is not given back', () => {
  const stations = {
    app: build.station({ servers: 1, threads: build.threads(1), operations: { ask: [build.fail(0.5)] } }),
  };
  const model = compileModel(build.scenario({ stations, requests: { r: build.request(['app.ask']) } }), {
    slice: 1,
    files: build.NO_FILES,
  });
  const op = model.program.op.map((code) => (code === Op.RELEASE ? Op.REPLY : code));
  expect(walkProgram({ ...model, program: { ...model.program, op } }).mistakes.length).toBeGreaterThan(0);
});
