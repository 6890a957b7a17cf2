import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { fakeIo, run, TINY } from './fake-io.ts';

const TEXT = readFileSync('docs/ci.md', 'utf8');

const blocks = (language: string): string[] =>
  [...TEXT.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, body = '']) =>
    name === language ? [body] : [],
  );

interface GithubStep {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const [github, gitlab] = blocks('yaml').map((text) => parse(text) as unknown) as [
  { readonly jobs: { readonly check: { readonly steps: readonly GithubStep[] } } },
  {
    readonly capacity: {
      readonly script: readonly string[];
      readonly artifacts: { readonly reports: unknown };
    };
  },
];
const steps = github.jobs.check.steps;
const scripts = steps.flatMap((step) => step.run ?? []);

/** The words of a command line; of quotes only those that the examples have. */
function wordsOf(line: string, variables: Readonly<Record<string, string>>): string[] {
  const filled = line.replace(/\$\{?(\w+)[^}"]*\}?/g, (_, name: string) => variables[name] ?? '');
  return [...filled.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

const hongfengIn = (line: string, variables: Readonly<Record<string, string>> = {}): string[] =>
  wordsOf(line.slice(line.indexOf('hongfeng ') + 'hongfeng '.length).replace(/\s+#.*$/, ''), variables);

test('every command in the documentation of the gate is one that hongfeng knows', () => {
  const lines = [...blocks('sh'), ...scripts, ...gitlab.capacity.script]
    .flatMap((text) => text.split('\n'))
    .filter((line) => /^(npx )?hongfeng /.test(line));
  expect(lines.length).toBeGreaterThanOrEqual(6);
  for (const line of lines) expect(parseCommandLine(hongfengIn(line), '1').kind, line).toBe('command');
});

test.each([
  ['GitHub', () => scripts.find((text) => text.includes('hongfeng')), { BASE: 'main' }],
  ['GitLab', () => gitlab.capacity.script.find((text) => text.startsWith('npx hongfeng')), { BASE: 'main' }],
])('the command for %s judges a pull request against its base', async (_, find, variables) => {
  const command = (find() ?? '').replace('origin/', '');
  const io = fakeIo({ env: { CI: 'true' } });
  io.files.makeFolder('capacity');
  const site = TINY.replace('scenario: tiny', 'scenario: site').replace('lasts: 20s', 'lasts: 60s');
  io.writeText('capacity/site.yaml', site);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e', ...args], { cwd: io.folder });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  const options = ['--no-charts', '-q'];
  expect((await run(io, ...hongfengIn(command, variables), ...options)).code).toBe(0);
  io.writeText('capacity/site.yaml', site.replace('20ms', '30ms'));
  expect((await run(io, ...hongfengIn(command, variables), ...options)).code).toBe(98);
  // What the next steps of both examples read.
  for (const name of ['summary.md', 'junit.xml', 'metrics.txt']) {
    expect(io.names()).toContain(`reports/site/${name}`);
  }
});

test('GitLab finds its reports where they are written', () => {
  expect(gitlab.capacity.artifacts.reports).toEqual({
    junit: 'reports/*/junit.xml',
    metrics: 'reports/site/metrics.txt',
  });
});

test('no expression of GitHub stands in a script, where a name could become a command', () => {
  for (const script of scripts) expect(script).not.toContain('${{');
});

test('the step that comments makes one comment, and changes it from then on', () => {
  const io = fakeIo();
  const script = scripts.find((text) => text.includes('gh api')) ?? '';
  io.files.makeFolder('reports/site');
  io.writeText('reports/site/summary.md', '<!-- hongfeng:site -->\n**x**\n');
  io.files.makeFolder('bin');
  const gh = join(io.folder, 'bin', 'gh');
  writeFileSync(gh, '#!/bin/sh\necho "$*" >> calls.txt\ncase "$*" in *--paginate*) cat ids.txt ;; esac\n', {
    mode: 0o755,
  });
  const env = {
    ...process.env,
    PATH: `${join(io.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    REPO: 'o/r',
    PR: '7',
  };
  const comment = (ids: string): string[] => {
    io.writeText('ids.txt', ids);
    io.writeText('calls.txt', '');
    execFileSync('bash', ['-e', '-c', script], { cwd: io.folder, env });
    return io.readText('calls.txt').trim().split('\n');
  };
  const body = 'body=@reports/site/summary.md';
  expect(comment('').at(-1)).toBe(`api repos/o/r/issues/7/comments -F ${body}`);
  expect(comment('42\n43\n').at(-1)).toBe(`api -X PATCH repos/o/r/issues/comments/42 -F ${body}`);
  expect(comment('')[0]).toContain('startswith("<!-- hongfeng:site -->")');
});
