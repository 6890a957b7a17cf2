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
  const text = `
scenario: long
clock: { lasts: 100ms }
traffic: { rate: 500/s }
stations: { desk: { servers: 1, service: { value: 1ms, source: test, confidence: cited, range: 1ms to 2ms } } }
requests: { view: { path: [desk] } }
`;
  const of = (...set: string[]) =>
    findingsOf({ text, set: set.map((each) => `stations.desk.service.${each}`) });
  const { ledger, requests } = of();
  expect(of('value=2ms').requests).not.toEqual(requests);
  for (const change of ['source=another', 'confidence=measured', 'range=1ms to 3ms']) {
    const changed = of(change);
    expect(changed.requests, change).toEqual(requests);
    expect(changed.ledger, change).not.toEqual(ledger);
  }
});
