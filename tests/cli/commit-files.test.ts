import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCommit } from '../../src/cli/commit-files.ts';
import { nodeIo } from '../../src/cli/node-io.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hongfeng-git-'));
  git('init', '--quiet');
  writeFileSync(join(folder, 'site.yaml'), 'scenario: before\n');
  git('add', '.');
  git('-c', 'user.name=n', '-c', 'user.email=n@example', 'commit', '--quiet', '-m', 'site');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: folder });
}

test('files are those of the commit, whatever is on the disk now', () => {
  writeFileSync(join(folder, 'site.yaml'), 'scenario: after\n');
  const { io, id } = openCommit(nodeIo(), 'HEAD', join(folder, 'site.yaml'));
  expect(id).toMatch(/^[0-9a-f]{40}$/);
  expect(new TextDecoder().decode(io.files.read(join(folder, 'site.yaml')))).toBe('scenario: before\n');
  expect(io.files.exists(join(folder, 'other.yaml'))).toBe(false);
});

test('a repository inside of the repository, which a pull request can bring along, is not obeyed', () => {
  const inner = join(folder, 'capacity');
  for (const each of ['objects', 'refs/remotes/origin']) mkdirSync(join(inner, each), { recursive: true });
  const mark = join(folder, 'obeyed');
  writeFileSync(join(inner, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(inner, 'refs/remotes/origin/main'), `${'1'.repeat(40)}\n`);
  writeFileSync(
    join(inner, 'config'),
    [
      '[core]\n repositoryformatversion = 1\n bare = false\n worktree = .',
      '[extensions]\n partialClone = evil',
      `[remote "evil"]\n url = ext::touch ${mark}\n promisor = true`,
      '[protocol "ext"]\n allow = always\n',
    ].join('\n'),
  );
  writeFileSync(join(inner, 'site.yaml'), 'scenario: evil\n');
  expect(() => openCommit(nodeIo(), 'origin/main', join(inner, 'site.yaml'))).toThrow(/git:origin\/main/);
  expect(existsSync(mark)).toBe(false);
});
