import { expect, test } from 'vitest';
import { prepareScenario, type ScenarioOptions } from '../../src/cli/prepare-scenario.ts';
import { withChosenWarmUp } from '../../src/cli/warm-up.ts';
import { Run } from '../../src/run/run.ts';
import { fakeIo } from './fake-io.ts';

/** Some six million events, of which a sampled run simulates a fifth. */
const STEADY = `
scenario: steady
clock: { lasts: 1h, window: 1m }
traffic: { rate: 800/s }
stations:
  desk: { servers: 1, service: { exponential: 1ms } }
requests:
  page: { path: [desk] }
`;

test('the pilot that chooses the warm-up is as long whether the run leaves time out or not', async () => {
  const io = fakeIo();
  io.writeText('steady.yaml', STEADY);
  const firstPilotNs = async (mode: ScenarioOptions['mode']): Promise<number> => {
    const shared = { file: 'steady.yaml', seed: null, overrides: [], untilNs: null };
    const options = { ...shared, mode, slice: null, replications: 5 };
    const known = prepareScenario(io, options, '0.0.0');
    let lengthNs = 0;
    await withChosenWarmUp(io, options, '0.0.0', known, (pilot) => {
      lengthNs = pilot.lastsNs;
      const run = new Run(pilot);
      run.stop('interrupted');
      run.advance(1);
      return Promise.resolve(run.measurements());
    });
    return lengthNs;
  };
  const exactNs = await firstPilotNs('exact');
  // Two million events of those predicted.
  expect(exactNs).toBeLessThan(3600e9 / 2);
  expect(await firstPilotNs('sampled')).toBe(exactNs);
});
