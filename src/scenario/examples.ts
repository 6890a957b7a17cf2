/** What to write for a key that is missing or holds the wrong kind of value. */
import type { Path } from './types.ts';

const EXAMPLES: Readonly<Record<string, string>> = {
  scenario: 'my-site',
  clock: '{ lasts: 12m }',
  lasts: '12m',
  traffic: '{ rate: 100/s }',
  curve: '[{ at: 0s, rate: 100/s }]',
  mix: '{ view: 80%, buy: 20% }',
  regions: '{ east: 60%, west: 40% }',
  layers: '{ web: { kind: nginx, workers: 8 } }',
  stations: '{ desk: { servers: 4, service: 5ms } }',
  operations: '{ run: [{ serve: 5ms }] }',
  requests: '{ view: { path: [desk] } }',
  hosts: '{ compute: { cores: 32 } }',
  budgets: '[{ id: latency, target: "*", expect: p99 < 200ms }]',
  alerts: '[{ id: errors, target: "*", when: errors > 10%, over: 5m, for: 2m }]',
  disturbances: '[{ id: dip, at: 20s, lasts: 2s, station: desk, capacity: 20% }]',
  capacity: '20%',
  path: '[desk]',
  rate: '100/s',
  at: '0s',
  mean: '5ms',
  cv: '0.8',
  service: '5ms',
  serve: '5ms',
  delay: '5ms',
  balance: 'round-robin',
  shared: 'true',
  weights: '[3, 1]',
  pool: '{ perCaller: 10 }',
  perCaller: '10',
  limit: '{ rate: 10k/s, burst: 2k }',
  burst: '2k',
  retry: '{ attempts: 2, budget: 10% }',
  backoff: '{ base: 20ms, cap: 200ms }',
  parallel: '[{ call: desk }, { call: store }]',
  choose: '[{ share: 20%, do: [] }, { share: 80%, do: [] }]',
  cache: '{ hit: 95%, miss: [{ call: store }] }',
  do: '[{ serve: 5ms }]',
  share: '20%',
  hit: '95%',
  for: '[view]',
  id: 'latency',
  target: '"*"',
  expect: 'p99 < 200ms',
  from: '2025-11-10T23:58:00+08:00',
};

/** Of maps whose keys the user names. */
const NAMED: Readonly<Record<string, string>> = {
  stations: '{ servers: 4, service: 5ms }',
  requests: '{ path: [desk] }',
  hosts: '{ cores: 32 }',
  operations: '[{ serve: 5ms }]',
};

/** An example of what may stand at `path`, as `key: value`; null when there is none. */
export function exampleAt(path: Path): string | null {
  const key = String(path[path.length - 1]);
  const parent = String(path[path.length - 2]);
  const isNamed = (path.length === 2 || parent === 'operations') && Object.hasOwn(NAMED, parent);
  const table = isNamed ? NAMED : EXAMPLES;
  const example = table[isNamed ? parent : key];
  return example !== undefined && (isNamed || Object.hasOwn(table, key)) ? `${key}: ${example}` : null;
}
