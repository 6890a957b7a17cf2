import { describe, expect, test, vi } from 'vitest';
import { followsOneLaw } from '../../src/analysis/start-up.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { Run } from '../../src/run/run.ts';
import { chooseWarmUp } from '../../src/study/warm-up.ts';
import { measure, modelOf } from '../promises/world.ts';

vi.setConfig({ testTimeout: 60_000 });

const text = (traffic: string, service: string, lasts = '2000s'): string => `
scenario: desk
clock: { lasts: ${lasts} }
traffic: ${traffic}
stations:
  desk: { servers: 100, discipline: fcfs, service: ${service} }
requests:
  customer: { path: [desk] }
`;

const PREDICTED_EVENTS = 2 * 1.1 * 20_000;

function chosen(of: string, simulate = measure) {
  return chooseWarmUp(modelOf({ text: of }), {
    predictedEvents: PREDICTED_EVENTS,
    simulate: (pilot) => Promise.resolve(simulate(pilot)),
  });
}

describe('the warm-up of a run that says none', () => {
  test('lasts until servers that begin idle are as busy as they stay', async () => {
    // Next to no queue: 10/s of 5 s keep 50 servers busy, and their number approaches that as 1 − e^(−t / 5 s).
    const found = await chosen(text('{ rate: 10/s }', '{ exponential: 5s }'));
    expect(found?.pilot).toMatchObject({ isPilot: true, isTrusted: true, refusal: null });
    expect(found?.warmUpNs).toBeGreaterThanOrEqual(5e9);
    expect(found?.warmUpNs).toBeLessThan(100e9);
    // Utilization with its start is too low.
    expect(found?.pilot.utilization?.relative).toBeLessThan(0);
  });

  test('is next to nothing where nothing has to fill up', async () => {
    const found = await chosen(text('{ rate: 10/s }', '{ constant: 1ms }'));
    expect(found?.pilot.isTrusted).toBe(true);
    expect(found?.warmUpNs).toBeLessThan(200e9);
  });

  test('is the same for the same seed', async () => {
    const of = text('{ rate: 10/s }', '{ exponential: 5s }');
    expect(await chosen(of)).toEqual(await chosen(of));
  });

  test('is not for a rule to choose where the traffic changes with time', () => {
    const curve = '{ curve: [{ at: 0s, rate: 10/s }, { at: 100s, rate: 20/s }] }';
    expect(followsOneLaw(modelOf({ text: text(curve, '{ constant: 1ms }') }))).toBe(false);
    expect(followsOneLaw(modelOf({ text: text('{ rate: 10/s }', '{ constant: 1ms }') }))).toBe(true);
  });

  test('a pilot whose queue only grows chooses none, and says why', async () => {
    const found = await chosen(text('{ rate: 10/s }', '{ exponential: 12s }', '400s'));
    expect(found).toMatchObject({ warmUpNs: null, pilot: { refusal: 'saturated', isTrusted: false } });
  });

  test('is not told by a pilot that was stopped, and no longer one is begun', async () => {
    const pilots: Measurements[] = [];
    const long = modelOf({ text: text('{ rate: 10/s }', '{ exponential: 5s }', '2000000s') });
    const found = await chooseWarmUp(long, {
      predictedEvents: 1000 * PREDICTED_EVENTS,
      simulate: (pilot) => {
        const run = new Run(pilot);
        run.advance(1000);
        run.stop('interrupted');
        run.advance(1);
        pilots.push(run.measurements());
        return Promise.resolve(pilots.at(-1)!);
      },
    });
    expect(found).toBeNull();
    expect(pilots.map(({ stop }) => stop.reason)).toEqual(['interrupted']);
  });
});
