import { expect, test } from 'vitest';
import { UserError } from '../../src/base/diagnostics.ts';
import { writeFiles } from '../../src/cli/write-files.ts';
import { fakeIo } from './fake-io.ts';

const both = [
  { path: 'a.txt', data: 'new a' },
  { path: 'sub/b.txt', data: 'new b' },
];

test('writes all files, folders included, and leaves nothing else', () => {
  const io = fakeIo();
  writeFiles(io, `${io.folder}/out`, both);
  expect(io.names()).toEqual(['out/a.txt', 'out/sub/b.txt']);
  expect(io.readText('out/sub/b.txt')).toBe('new b');
});

test('a failure in the middle leaves the old files as they were, and no temporary ones', () => {
  let writes = 0;
  const io = fakeIo({
    files: (real) => ({
      write: (path, data) => {
        if (++writes === 2) throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
        real.write(path, data);
      },
    }),
  });
  io.files.makeFolder(`${io.folder}/out`);
  io.writeText('out/a.txt', 'old a');
  expect(() => {
    writeFiles(io, `${io.folder}/out`, both);
  }).toThrow(new UserError(`cannot write to ${io.folder}/out: the disk is full`, 2));
  expect(io.names()).toEqual(['out/a.txt']);
  expect(io.readText('out/a.txt')).toBe('old a');
});

test('files take their name only when all are complete', () => {
  const order: string[] = [];
  const io = fakeIo({
    files: (real) => ({
      write: (path, data) => {
        order.push('write');
        real.write(path, data);
      },
      rename: (from, to) => {
        order.push('rename');
        real.rename(from, to);
      },
    }),
  });
  writeFiles(io, `${io.folder}/out`, both);
  expect(order).toEqual(['write', 'write', 'rename', 'rename']);
});
