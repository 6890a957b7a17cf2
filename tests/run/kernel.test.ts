/**
 * Whatever code a run is compiled to, and however often its arrays are replaced by longer ones: the results are the same.
 */
import { expect, test } from 'vitest';
import { digestOf } from '../../bench/digest.ts';
import { compileModel } from '../../src/compile/compile.ts';
import { loadScenario } from '../../src/compile/load.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import type { Model } from '../../src/model/model.ts';
import { Run, type RunOptions } from '../../src/run/run.ts';
import { NO_FILES } from '../compile/build.ts';
import { scenarioOf } from '../scenarios/shipped.ts';

function compileText(text: string): Model {
  const { scenario, diagnostics } = loadScenario({ file: 'site.yaml', text, catalogue: {}, overrides: [] });
  if (scenario === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return compileModel(scenario, { slice: 1, files: NO_FILES });
}

function measured(model: Model, options: RunOptions): Measurements {
  const run = new Run(model, options);
  while (run.advance(1_000) === 'more');
  return run.measurements();
}

/** The first second of the peak, in which the site sheds; in a slice, so with background visits too. */
function peakOf(file: string): Model {
  const scenario = scenarioOf(file);
  const clock = { ...scenario.clock, lastsNs: 2e8, warmUpNs: 1e8 };
  const traffic = scenario.traffic.map((source) =>
    source.model === 'open' ? { ...source, curve: [{ ...source.curve[0]!, ratePerSec: 1e6 }] } : source,
  );
  return compileModel({ ...scenario, clock, traffic }, { slice: 10, files: NO_FILES });
}

test.each(['double-11.yaml', 'double-11-async.yaml'])('%s: slots from 65,536 on and from 128 on', (file) => {
  const model = peakOf(file);
  const roomy = measured(model, {});
  const grown = measured(model, { slotsFirst: 128 }); // grows again and again, to code of its own each time
  expect(digestOf(grown)).toBe(digestOf(roomy));
  expect(grown.calls).toEqual(roomy.calls);
  expect(grown.limiters).toEqual(roomy.limiters);
  expect(roomy.totals.started).toBeGreaterThan(10_000);
});

test('more events than slots: what long jobs on shared cores have left behind', () => {
  const model = compileText(`
scenario: stale
clock: { lasts: 5s, warmUp: 0s, window: 1s }
traffic: { rate: 2000/s, mix: { long: 0.2%, short: 99.8% } }
stations:
  cpu: { servers: 4, discipline: ps, operations: { long: [{ serve: 1000s }], short: [{ serve: 10us }] } }
requests:
  long: { path: [cpu.long] }
  short: { path: [cpu.short] }
`);
  const roomy = measured(model, {});
  const tight = measured(model, { slotsFirst: 128 });
  expect(digestOf(tight)).toBe(digestOf(roomy));
  expect(roomy.totals.inside).toBeLessThan(64); // so it was not for want of slots that the lists grew
});
