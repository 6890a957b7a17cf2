import { describe, expect, test } from 'vitest';
import type { AlertFinding } from '../../src/analysis/findings.ts';
import { findingsOf } from '../promises/world.ts';

/** The desk stands still for ten seconds, and for one: what it cannot take is turned away. */
const SITE = `
scenario: site
clock: { lasts: 60s, warmUp: 1s, window: 1s }
traffic: { rate: 100/s }
stations:
  desk: { servers: 10, waitingRoom: 0, service: 5ms }
requests:
  buy: { path: [desk] }
disturbances:
  - { id: dip, at: 20s, lasts: 10s, station: desk, capacity: 0% }
  - { id: blip, at: 40s, lasts: 1s, station: desk, capacity: 0% }
`;

function alertsOf(...rules: string[]): AlertFinding[] {
  return [
    ...findingsOf({ text: `${SITE}alerts:\n${rules.map((rule) => `  - { ${rule} }\n`).join('')}` }).alerts,
  ];
}

const alertOf = (rule: string): AlertFinding => alertsOf(`id: a, target: "*", ${rule}`)[0]!;

const S = 1e9;
/** In seconds. */
const timesOf = ({ firings }: AlertFinding) =>
  firings.map(({ pendingNs, firedNs, resolvedNs }) => [
    pendingNs / S,
    firedNs / S,
    resolvedNs === null ? null : resolvedNs / S,
  ]);

describe('an alert', () => {
  test('fires at the first edge at which its condition holds, and resolves at the first at which it does not', () => {
    expect(timesOf(alertOf('when: errors > 50%'))).toEqual([
      [21, 21, 31],
      [41, 41, 42],
    ]);
  });

  test('with for: only once it has held so long without a break', () => {
    const long = alertOf('when: errors > 50%, for: 5s');
    expect(long.firings).toHaveLength(1);
    const [pending, fired] = timesOf(long)[0]!;
    expect(fired! - pending!).toBe(5);
    expect(pending).toBe(21);
    expect(alertOf('when: errors > 50%, for: 9s').firings).toHaveLength(1);
    expect(alertOf('when: errors > 50%, for: 12s')).toMatchObject({
      firings: [],
      firesIn: 0,
      firstFiredNs: null,
    });
  });

  test('looks back over so long: a blip weighs less, and lasts longer', () => {
    expect(alertOf('when: errors > 50%').firings).toHaveLength(2);
    const over = alertOf('when: errors > 50%, over: 10s');
    expect(over.firings).toHaveLength(1);
    // Half of the last ten seconds: from the middle of the dip to five seconds behind it.
    const [pending, , resolved] = timesOf(over)[0]!;
    expect(pending).toBeGreaterThanOrEqual(25);
    expect(pending).toBeLessThanOrEqual(26);
    expect(resolved).toBeGreaterThanOrEqual(35);
    expect(resolved).toBeLessThanOrEqual(36);
  });

  test('over several lengths, and of several conditions, needs them all', () => {
    expect(alertOf('when: errors > 50%, over: [10s, 1s]').firings).toHaveLength(1);
    const [, , resolved] = timesOf(alertOf('when: errors > 50%, over: [10s, 1s]'))[0]!;
    expect(resolved).toBeLessThanOrEqual(32);
    expect(alertOf('when: errors > 50% and throughput > 1k/s').firings).toEqual([]);
  });

  test('counts errors per second where it is told to, as seed C does', () => {
    const found = alertOf('when: errors.perSec > 0.1/s, over: 30s, for: 2s, severity: critical');
    expect(found).toMatchObject({ severity: 'critical', overNs: [30 * S], forNs: 2 * S, firesIn: 1 });
    expect(found.firstFiredNs).toBe(23 * S);
    // Looking back 30 s it never gets over the two of them.
    expect(found.firings).toMatchObject([{ resolvedNs: null }]);
  });

  test('is one for each target that has the measure', () => {
    const found = alertsOf(
      'id: a, target: "station:*", when: util > 1%',
      'id: b, target: "request:buy", when: mean > 1h',
    );
    expect(found.map(({ id, target, firesIn }) => [id, target, firesIn])).toEqual([
      ['a', 'station:desk', 1],
      ['b', 'request:buy', 0],
    ]);
  });

  test('of what has no value does not hold', () => {
    expect(alertOf('when: p99.9 > 1ns').firings).toEqual([]);
    expect(alertOf('when: p99.9 > 1ns, over: 60s, for: 0s').firesIn).toBe(0);
    expect(alertOf('when: p50 > 1ns').firesIn).toBe(1);
  });
});
