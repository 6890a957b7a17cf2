/** Code written for one model gives what the kernel gives, whatever the scenario says. */
import { expect, test } from 'vitest';
import { CASES, modelOf as benchModel } from '../../../bench/cases.ts';
import { digestOf } from '../../../bench/digest.ts';
import { compileModel } from '../../../src/compile/compile.ts';
import { chooseSampling } from '../../../src/compile/sampling/choose.ts';
import type { Model } from '../../../src/model/model.ts';
import { makeKernel } from '../../../src/run/kernel/kernel.ts';
import { Machine } from '../../../src/run/machine.ts';
import type { Measurements } from '../../../src/run/measurements.ts';
import { Run, type RunOptions } from '../../../src/run/run.ts';
import { Library } from '../../../src/run/specialise/factories.ts';
import { resumePoints } from '../../../src/run/specialise/resume-points.ts';
import { isWorthSpecialising, rulesFor } from '../../../src/run/specialise/specialise.ts';
import { writeOut } from '../../../src/run/specialise/written.ts';
import { FILE_KEYS } from '../../promises/keys/file.ts';
import { worldWith } from '../../promises/keys/key.ts';
import { STATION_KEYS } from '../../promises/keys/stations.ts';
import { STEP_KEYS } from '../../promises/keys/steps.ts';
import { TRAFFIC_KEYS } from '../../promises/keys/traffic.ts';
import { modelOf, validScenario, type World } from '../../promises/world.ts';

function measured(model: Model, options: RunOptions): Measurements {
  const run = new Run(model, options);
  while (run.advance(500) === 'more');
  return run.measurements();
}

function expectSame(model: Model): void {
  const kernel = measured(model, {});
  const special = measured(model, { longEvents: 1 }); // written for the model after the first events
  expect(digestOf(special)).toBe(digestOf(kernel));
  expect(special.calls).toEqual(kernel.calls);
  expect(special.limiters).toEqual(kernel.limiters);
}

/** One world for each key of the language, in which the key has a value of its own. */
const WORLDS: readonly (readonly [string, World])[] = Object.entries({
  ...STEP_KEYS,
  ...STATION_KEYS,
  ...TRAFFIC_KEYS,
  ...FILE_KEYS,
}).flatMap(([key, entry]) => ('shows' in entry ? [[key, worldWith(entry.base, entry.set)] as const] : []));

test('most keys of the language have a scenario that is small enough', () => {
  const small = WORLDS.filter(([, world]) => isWorthSpecialising(modelOf(world)));
  expect(small.length).toBeGreaterThan(100);
});

test.each(WORLDS)('%s', (_key, world) => {
  const model = modelOf(world);
  if (isWorthSpecialising(model)) expectSame(model);
});

test.each(CASES)('bench case $id', (each) => {
  expectSame(benchModel(each, 20_000));
});

test.each(CASES)('$id: every address and source gets a function of its own', (each) => {
  const m = new Machine(benchModel(each, 1_000), 1_000);
  const library = new Library();
  const { interpret } = makeKernel(m, library.take);
  const { text, withoutCopy } = writeOut(interpret, rulesFor(m, library));
  expect(withoutCopy).toEqual([]);
  expect(text.match(/^function turn\$/gm)!.length).toBeGreaterThanOrEqual(resumePoints(m.model).length);
  expect(text.match(/^function arrive\$/gm)).toHaveLength(1);
});

test('slots that run out, and time that is left out', () => {
  const overloaded = benchModel({ ...CASES[0]!, id: 'in-flight', requestsPerSec: 100e3 }, 20_000);
  const roomy = measured(overloaded, {});
  expect(digestOf(measured(overloaded, { longEvents: 1, slotsFirst: 128 }))).toBe(digestOf(roomy));

  const scenario = validScenario({
    text: `
scenario: sampled
clock: { lasts: 10m, warmUp: 1s, window: 10s }
traffic: { rate: 500/s, mix: { one: 100% } }
stations: { desk: { servers: 2, service: { exponential: 2ms } } }
requests: { one: { path: [desk] } }
`,
  });
  const options = { slice: 1, files: new Map<string, string>() };
  const { plan } = chooseSampling(scenario, { ...options, targetEvents: 200_000 });
  const model = compileModel(scenario, { ...options, sampling: plan });
  expect(model.sampling).not.toBeNull();
  expectSame(model);
});
