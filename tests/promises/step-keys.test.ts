import { test } from 'vitest';
import { checkKey, rowsOf } from './keys/check.ts';
import { STEP_KEYS } from './keys/steps.ts';

test.each(rowsOf(STEP_KEYS))('%s', (_key, entry) => {
  checkKey(entry);
});
