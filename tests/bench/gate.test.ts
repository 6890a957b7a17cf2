/** The study of the gate in small: false alarms, missed regressions, and which change brought them about. `npm run bench:gate` is the whole of it. */
import { expect, test, vi } from 'vitest';
import { CULPRIT, SERVICE, site, SLOWER_SERVICE } from '../../bench/gate/scenarios.ts';
import { attributeP99, tryOut } from '../../bench/gate/trial.ts';

vi.setConfig({ testTimeout: 120_000 });

const unchanged = { service: SERVICE, hasUnrelated: false };

test.each(['1', '2', '3'])('an unrelated component changes no number, seed %s', async (seed) => {
  const options = { ...unchanged, lasts: '20s' };
  const { exitCode, verdicts } = await tryOut(site(options), site({ ...options, hasUnrelated: true }), seed);
  expect(exitCode).toBe(0);
  expect(verdicts).toEqual(['equal', 'equal', 'equal', 'equal', 'equal']);
});

test.each(['1', '2'])('a P99 some 6 %% higher at 85 %% load is found, seed %s', async (seed) => {
  const options = { ...unchanged, lasts: '75s' };
  const slower = site({ ...options, service: SLOWER_SERVICE });
  const { exitCode, verdicts, worseBy } = await tryOut(site(options), slower, seed);
  expect([exitCode, verdicts[0]]).toEqual([98, 'regressed']);
  expect(worseBy).toBeGreaterThan(0.04);
  expect(worseBy).toBeLessThan(0.09);
});

test('a P99 some 6 % higher is the work of the service time, and not of what else was changed', async () => {
  const options = { ...unchanged, lasts: '75s' };
  const changed = site({ ...options, service: SLOWER_SERVICE, hasUnrelated: true, hasHarmless: true });
  const { inputs, share, candidates } = await attributeP99(site(options), changed, '1');
  expect(inputs).toEqual([CULPRIT]);
  expect(share).toBeGreaterThan(0.9);
  expect(share).toBeLessThan(1.1);
  // The door, the desk's service, its waiting room, and the second system as a whole.
  expect(candidates).toBe(4);
});

test('where the service time stays, no P99 has moved and nothing is attributed', async () => {
  const options = { ...unchanged, lasts: '20s' };
  const changed = site({ ...options, hasUnrelated: true });
  expect(await attributeP99(site(options), changed, '1')).toMatchObject({ inputs: [], share: 0 });
});

test('2 % more service time at 85 % load is reported, though the tolerance lets it pass', async () => {
  const options = { ...unchanged, lasts: '75s' };
  const slower = site({ ...options, service: '10.2ms' });
  const found = await tryOut(site(options), slower, '1', '--reps', '5', '--tolerance', '1%');
  expect(found.exitCode).toBe(98);
});
