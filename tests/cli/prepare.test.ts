/** How often a scenario is simulated, and in which mode, where nobody said. */
import { expect, test, vi } from 'vitest';
import { prepare } from '../../src/cli/prepare.ts';
import { load, validScenario } from '../promises/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A histogram for each of so many classes and windows: five such runs take more memory than they may. */
const CLASSES = Array.from({ length: 80 }, (_, i) => `c${i}`);
const LONG = `
scenario: long
clock: { lasts: 2000s, warmUp: 10s, window: 1s }
traffic: { rate: 20k/s, mix: { ${CLASSES.map((name) => `${name}: 1.25%`).join(', ')} } }
stations: { desk: { replicas: 100, servers: 10, service: { exponential: 20ms } } }
requests: { ${CLASSES.map((name) => `${name}: { path: [desk] }`).join(', ')} }
`;

test('where memory holds one replication only, it is the one that --reps 1 gives', () => {
  const loaded = load({ text: LONG });
  const prepared = (replications: number | null) =>
    prepare(loaded, validScenario({ text: LONG }, loaded), new Map(), {
      mode: 'auto',
      slice: null,
      replications,
    });
  expect(() => prepared(5)).toThrow(/5 replications would take/);
  const [chosen, asked] = [prepared(null), prepared(1)];
  expect(chosen.replications).toBe(1);
  expect(chosen.mode).toEqual(asked.mode);
  expect(chosen.model.slice).toBe(asked.model.slice);
});
