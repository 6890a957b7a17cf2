import { test } from 'vitest';
import { checkKey, rowsOf } from './keys/check.ts';
import { LAYER_KEYS } from './keys/layers.ts';

test.each(rowsOf(LAYER_KEYS))('%s', (_key, entry) => {
  checkKey(entry);
});
