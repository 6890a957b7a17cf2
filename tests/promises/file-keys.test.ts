import { test } from 'vitest';
import { checkKey, rowsOf } from './keys/check.ts';
import { FILE_KEYS } from './keys/file.ts';

test.each(rowsOf(FILE_KEYS))('%s', (_key, entry) => {
  checkKey(entry);
});
