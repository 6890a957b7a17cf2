import { describe, expect, test, vi } from 'vitest';
import type { RetryLoadFinding } from '../../../src/analysis/findings.ts';
import { findingsOf } from '../../promises/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/** 400/s read and 100/s write; writing takes 4 visits of 1 ms to the database and only it is retried. */
const SITE = `
scenario: site
clock: { lasts: 20s, warmUp: 1s }
traffic: { rate: 500/s, mix: { read: 80%, write: 20% } }
stations:
  app:
    operations:
      read: [{ call: db }]
      write: [{ call: db.write, timeout: 1s, retry: { attempts: 3 } }]
  db: { servers: 2, replicas: 1, service: 1ms, operations: { write: [{ repeat: 4, do: [{ serve: 1ms }] }] } }
requests: { read: { path: [app.read] }, write: { path: [app.write] } }
`;

const loads = (...set: string[]): readonly RetryLoadFinding[] =>
  findingsOf({ text: SITE, set }).stability.retryLoads;

describe('hidden capacity', () => {
  test('work of 400 reads + 100 × 4 per second, with all writes made three times 400 + 1200', () => {
    const [db, ...others] = loads();
    expect(others).toEqual([]);
    expect(db).toMatchObject({ group: 'db', layer: 'db', status: 'safe' });
    expect(Math.abs((db?.attempts ?? 0) - 2)).toBeLessThan(0.05);
    expect(db?.hiddenPerSec).toBeCloseTo((db?.capacityPerSec ?? 0) / (db?.attempts ?? 1), 9);
  });

  test('one server is below its capacity and above the hidden one', () => {
    const [db] = loads('stations.db.servers=1');
    expect(db?.status).toBe('vulnerable');
    expect(db!.offeredPeakPerSec).toBeGreaterThan(db!.hiddenPerSec);
    expect(db!.offeredPeakPerSec).toBeLessThan(db!.capacityPerSec);
  });

  test('twice the load is too much without any retry', () => {
    expect(loads('stations.db.servers=1', 'traffic.rate=1500/s')).toMatchObject([{ status: 'overloaded' }]);
  });

  test('a retry budget bounds the attempts', () => {
    const [db] = loads('stations.app.operations.write[0].retry.budget=10%');
    // 400 + 400 × 1.1
    expect(Math.abs((db?.attempts ?? 0) - 1.05)).toBeLessThan(0.005);
  });

  test('what a limiter in front sheds does not come', () => {
    const limited = 'stations.app.limit={ rate: 250/s, burst: 10 }';
    const [db] = loads('stations.db.servers=1', 'traffic.rate=1500/s', limited);
    expect(Math.abs((db?.offeredPeakPerSec ?? 0) / 250 - 1)).toBeLessThan(0.15);
    expect(db?.status).not.toBe('overloaded');
  });

  test('servers that no retry reaches are not listed', () => {
    expect(loads('stations.app.operations.write[0]={ call: db.write, timeout: 1s }')).toEqual([]);
  });
});
