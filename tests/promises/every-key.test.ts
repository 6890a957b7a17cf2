/** The table of keys is the language's: no key without an entry, no entry without a key. */
import { expect, test } from 'vitest';

import { FILE_KEYS } from './keys/file.ts';
import { LAYER_KEYS } from './keys/layers.ts';
import { STATION_KEYS } from './keys/stations.ts';
import { STEP_KEYS } from './keys/steps.ts';
import { TRAFFIC_KEYS } from './keys/traffic.ts';
import { SCHEMA_KEYS } from './schema-keys.ts';
import { findingsOf } from './world.ts';

test('every key of the schema has an entry in which changing it changes an output', () => {
  const tables = [FILE_KEYS, TRAFFIC_KEYS, STATION_KEYS, LAYER_KEYS, STEP_KEYS];
  expect(tables.flatMap(Object.keys).sort()).toEqual([...SCHEMA_KEYS]);
});

test('every key of the long form of a value has an effect: the value in the results, its origin in the ledger', () => {
  const site = (long: string): string => `
scenario: long
clock: { lasts: 100ms }
traffic: { rate: 500/s }
stations: { desk: { servers: 1, service: { ${long} } } }
requests: { view: { path: [desk] } }
`;
  const LONG = 'value: 1ms, source: test, confidence: cited, range: 1ms to 2ms';
  const of = (from: string, to: string) => findingsOf({ text: site(LONG.replace(from, to)) });
  const { ledger, requests } = of('', '');
  expect(of('value: 1ms', 'value: 2ms').requests).not.toEqual(requests);
  for (const [from, to] of [
    ['source: test', 'source: another'],
    ['cited', 'measured'],
    ['to 2ms', 'to 3ms'],
  ] as const) {
    const changed = of(from, to);
    expect(changed.requests, to).toEqual(requests);
    expect(changed.ledger, to).not.toEqual(ledger);
  }
});
