/** An overload is called one, and with the second it began. */
import { describe, expect, test, vi } from 'vitest';
import type { Findings } from '../../../src/analysis/findings.ts';
import { findingsOf } from '../../promises/world.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = (curve: string, arrivals = 'poisson'): Findings =>
  findingsOf({
    text: `
scenario: site
clock: { lasts: 60s, warmUp: 5s }
traffic: { curve: ${curve}, arrivals: ${arrivals} }
stations: { desk: { servers: 4, service: { exponential: 4ms } } }
requests: { ask: { path: [desk] } }
`,
  });

const stateOf = ({ stations }: Findings): unknown => stations.find(({ phase }) => phase === null)?.state;

describe('capacity 1000/s', () => {
  test.each([17, 30, 45])('600/s, from second %d on 1300/s: overloaded from there', (at) => {
    const findings = site(`[{ at: 0s, rate: 600/s }, { at: ${at}s, rate: 1300/s, shape: step }]`);
    const { run } = findings.stability;
    expect(run.verdict).toBe('overloaded');
    expect(Math.abs((run.sinceNs ?? 0) - at * 1e9)).toBeLessThanOrEqual(1e9);
    expect(stateOf(findings)).toMatchObject({ verdict: 'overloaded', sinceNs: run.sinceNs });
  });

  test('a peak of ten seconds: backlogged, from its begin until the arithmetic says that it has drained', () => {
    // (1300 − 1000)·10 = 3000 jobs, drained by 400/s in 7.5 s.
    const { run } = site(
      '[{ at: 0s, rate: 600/s }, { at: 20s, rate: 1300/s, shape: step }, { at: 30s, rate: 600/s, shape: step }]',
    ).stability;
    expect(run.verdict).toBe('backlogged');
    expect(Math.abs((run.sinceNs ?? 0) - 20e9)).toBeLessThanOrEqual(1e9);
    expect(Math.abs((run.drainedNs ?? 0) - 37.5e9)).toBeLessThanOrEqual(1.5e9);
  });

  test('600/s: stable', () => {
    expect(site('[{ at: 0s, rate: 600/s }]').stability.run).toEqual({
      verdict: 'stable',
      sinceNs: null,
      drainedNs: null,
    });
  });
});

test('a ramp crosses the capacity at an instant that is known, and slowly: within one window', () => {
  // 5k/s at 0 s, 15k/s at 60 s: 10k/s at 30 s, and the queue is 83·t² from there: 83 jobs in the first second.
  const { stability } = findingsOf({
    text: `
scenario: ramp
clock: { lasts: 60s, warmUp: 5s }
traffic: { curve: [{ at: 0s, rate: 5k/s }, { at: 60s, rate: 15k/s }], arrivals: deterministic }
stations: { desk: { servers: 10, service: 1ms } }
requests: { ask: { path: [desk] } }
`,
  });
  expect(stability.run).toMatchObject({ verdict: 'overloaded', drainedNs: null });
  expect(Math.abs((stability.run.sinceNs ?? 0) - 30e9)).toBeLessThanOrEqual(1e9);
});
