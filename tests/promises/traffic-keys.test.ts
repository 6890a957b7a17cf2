import { test } from 'vitest';
import { checkKey, rowsOf } from './keys/check.ts';
import { TRAFFIC_KEYS } from './keys/traffic.ts';

test.each(rowsOf(TRAFFIC_KEYS))('%s', (_key, entry) => {
  checkKey(entry);
});
