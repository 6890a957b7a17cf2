import { describe, expect, test, vi } from 'vitest';
import { chooseWarmUp, mayChooseWarmUp } from '../../src/study/warm-up.ts';
import { input } from '../analysis/builders.ts';
import { modelOf, validScenario } from '../promises/world.ts';

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

function chosen(of: string) {
  const world = { text: of };
  const model = modelOf(world);
  return chooseWarmUp({ ...input({ model, scenario: validScenario(world) }) }, 2 * 1.1 * 20_000);
}

describe('the warm-up of a run that says none', () => {
  test('lasts until servers that begin idle are as busy as they stay', () => {
    // Next to no queue: 10/s of 5 s keep 50 servers busy, and their number approaches that as 1 − e^(−t / 5 s).
    const found = chosen(text('{ rate: 10/s }', '{ exponential: 5s }'));
    expect(found?.pilot).toMatchObject({ isPilot: true, isTrusted: true, refusal: null });
    expect(found?.warmUpNs).toBeGreaterThanOrEqual(5e9);
    expect(found?.warmUpNs).toBeLessThan(100e9);
    // Utilization with its start is too low.
    expect(found?.pilot.utilization?.relative).toBeLessThan(0);
  });

  test('is next to nothing where nothing has to fill up', () => {
    const found = chosen(text('{ rate: 10/s }', '{ constant: 1ms }'));
    expect(found?.pilot.isTrusted).toBe(true);
    expect(found?.warmUpNs).toBeLessThan(200e9);
  });

  test('is the same for the same seed', () => {
    const of = text('{ rate: 10/s }', '{ exponential: 5s }');
    expect(chosen(of)).toEqual(chosen(of));
  });

  test('is not for a rule to choose where the traffic changes with time', () => {
    const curve = '{ curve: [{ at: 0s, rate: 10/s }, { at: 100s, rate: 20/s }] }';
    expect(mayChooseWarmUp(modelOf({ text: text(curve, '{ constant: 1ms }') }))).toBe(false);
    expect(mayChooseWarmUp(modelOf({ text: text('{ rate: 10/s }', '{ constant: 1ms }') }))).toBe(true);
  });

  test('a pilot whose queue only grows says that its cut is a guess', () => {
    const found = chosen(text('{ rate: 10/s }', '{ exponential: 12s }', '400s'));
    expect(found?.pilot.isTrusted).toBe(false);
    expect(found?.warmUpNs).toBe(200e9);
  });
});
