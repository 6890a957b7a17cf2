/** The table of keys is the language's: no key without an entry, no entry without a key. */
import { expect, test } from 'vitest';
import { FILE_KEYS } from './keys/file.ts';
import { LAYER_KEYS } from './keys/layers.ts';
import { STATION_KEYS } from './keys/stations.ts';
import { STEP_KEYS } from './keys/steps.ts';
import { TRAFFIC_KEYS } from './keys/traffic.ts';
import { SCHEMA_KEYS } from './schema-keys.ts';

test('every key of the schema has an entry in which changing it changes an output', () => {
  const tables = [FILE_KEYS, TRAFFIC_KEYS, STATION_KEYS, LAYER_KEYS, STEP_KEYS];
  expect(tables.flatMap(Object.keys).sort()).toEqual([...SCHEMA_KEYS]);
});
