/** The shipped retry storm, and the settings its header promises to help. */
import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { findingsOf } from '../promises/world.ts';
import { textOf } from './shipped.ts';

const run = (...set: string[]): Findings => findingsOf({ text: textOf('retry-storm.yaml'), set });

describe('scenarios/retry-storm.yaml', () => {
  test('a dip of two seconds leaves it down for good', () => {
    const { stability, verdict } = run();
    expect(verdict.status).toBe('does-not-hold');
    expect(stability.run).toEqual({ verdict: 'metastable', sinceNs: 20e9, drainedNs: null });
    expect(stability.recoveries).toMatchObject([{ disturbance: 'db-dip', status: 'metastable' }]);
    expect(stability.retryLoads).toMatchObject([{ group: 'db', attempts: 4, status: 'vulnerable' }]);
    expect(stability.retryLoads[0]?.hiddenPerSec).toBeCloseTo(250, 6);
  });

  test('one of one second it gets over', () => {
    const { stability, verdict } = run('disturbances[0].lasts=1s');
    expect(verdict.status).toBe('holds');
    expect(stability.recoveries).toMatchObject([{ status: 'recovered' }]);
  });

  test('and with a retry budget the long one too', () => {
    const { stability } = run('stations.app.operations.order[0].retry.budget=10%');
    expect(stability.recoveries).toMatchObject([{ status: 'recovered' }]);
    expect(stability.retryLoads).toMatchObject([{ status: 'safe' }]);
  });

  test('its header names the settings that are tested here', () => {
    const text = textOf('retry-storm.yaml');
    expect(text).toContain("--set 'disturbances[0].lasts=1s'");
    expect(text).toContain("--set 'stations.app.operations.order[0].retry.budget=10%'");
  });
});
