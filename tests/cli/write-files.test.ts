import { expect, test } from 'vitest';
import { UserError } from '../../src/base/diagnostics.ts';
import { writeFiles } from '../../src/cli/write-files.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { claimFolder } from '../../src/cli/write-reports.ts';
import { fakeIo, run, TINY } from './fake-io.ts';

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

test('a folder that cannot be made is an error at once, wherever it is', () => {
  const { files } = nodeIo();
  const io = fakeIo();
  expect(() => {
    files.makeFolder('/proc/hongfeng/out');
  }).toThrow('ENOENT');
  io.writeText('blocked', 'a file');
  expect(() => {
    files.makeFolder(`${io.folder}/blocked/out`);
  }).toThrow('ENOTDIR');
  files.makeFolder(`${io.folder}/a/b/c`);
  files.makeFolder(`${io.folder}/a/b/c`);
  expect(files.isFolder(`${io.folder}/a/b/c`)).toBe(true);
});

test.each(['result.json', 'run.json', 'timeline.csv', 'stations.csv', 'report.html', 'charts'])(
  'what is in the way of %s is found before the run: 2',
  async (name) => {
    const io = fakeIo();
    io.writeText('site.yaml', TINY);
    if (name === 'charts') {
      io.files.makeFolder('reports/tiny');
      io.writeText(`reports/tiny/${name}`, '');
    } else io.files.makeFolder(`reports/tiny/${name}`);
    const { code, stderr } = await run(io, 'run', 'site.yaml', '--quiet');
    expect(code).toBe(2);
    expect(stderr).toContain(`reports/tiny/${name} is a`);
    expect(io.names().filter((each) => each.includes('result.json'))).toEqual([]);
  },
);

test('claiming a folder makes it and leaves nothing in it', () => {
  const io = fakeIo();
  claimFolder(io, `${io.folder}/out`);
  expect(io.files.isFolder(`${io.folder}/out`)).toBe(true);
  expect(io.names()).toEqual([]);
  const readOnly = fakeIo({
    files: () => ({
      write: () => {
        throw Object.assign(new Error('read-only'), { code: 'EROFS' });
      },
    }),
  });
  expect(() => {
    claimFolder(readOnly, `${readOnly.folder}/out`);
  }).toThrow(new UserError(`cannot write to ${readOnly.folder}/out: the file system is read-only`, 2));
});
