import { test } from 'vitest';
import { checkKey, rowsOf } from './keys/check.ts';
import { STATION_KEYS } from './keys/stations.ts';

test.each(rowsOf(STATION_KEYS))('%s', (_key, entry) => {
  checkKey(entry);
});
