import { describe, expect, test } from 'vitest';
import { fakeIo, run, TINY } from './fake-io.ts';

interface Validation {
  readonly files: readonly {
    readonly file: string;
    readonly valid: boolean;
    readonly problem: string | null;
    readonly diagnostics: readonly { readonly code: string; readonly line: number }[];
  }[];
}

describe('validate', () => {
  test('checks all files, the rest too when one is broken', async () => {
    const io = fakeIo();
    io.writeText('good.yaml', TINY);
    io.writeText('bad.yaml', TINY.replace('servers', 'severs'));
    const { code, stdout, stderr } = await run(io, 'validate', 'missing.yaml', 'bad.yaml', 'good.yaml');
    expect(code).toBe(104);
    expect(stdout).toContain('missing.yaml: there is no such file');
    expect(stdout).toContain('bad.yaml:6:');
    expect(stdout).toContain('good.yaml: valid\n');
    expect(stderr).toBe('');
  });

  test('a valid file exits 0', async () => {
    const io = fakeIo();
    io.writeText('good.yaml', TINY);
    const { code, stdout } = await run(io, 'validate', 'good.yaml');
    expect([code, stdout]).toEqual([0, 'good.yaml: valid\n']);
  });

  test('--json prints one document', async () => {
    const io = fakeIo();
    io.writeText('good.yaml', TINY);
    io.writeText('bad.yaml', TINY.replace('servers', 'severs'));
    const { stdout } = await run(io, 'validate', '--json', 'good.yaml', 'bad.yaml', 'none.yaml');
    const { files } = JSON.parse(stdout) as Validation;
    expect(files.map(({ file, valid }) => [file, valid])).toEqual([
      ['good.yaml', true],
      ['bad.yaml', false],
      ['none.yaml', false],
    ]);
    expect(files[1]?.diagnostics[0]).toMatchObject({ code: 'HF101', line: 6 });
    expect(files[2]?.problem).toContain('no such file');
  });

  test('--set is checked too', async () => {
    const io = fakeIo();
    io.writeText('good.yaml', TINY);
    const { code, stdout } = await run(io, 'validate', 'good.yaml', '--set', 'stations.desk.servers=0');
    expect(code).toBe(104);
    expect(stdout).toContain('--set:1:');
  });
});

test('schema prints a draft-07 document', async () => {
  const { code, stdout } = await run(fakeIo(), 'schema');
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as Record<string, unknown>)['$schema']).toContain('draft-07');
});

test('expand prints the station-level form, which is a valid scenario with the same content', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY);
  const { code, stdout } = await run(io, 'expand', 'site.yaml');
  expect(code).toBe(0);
  const again = fakeIo();
  again.writeText('site.yaml', stdout);
  expect((await run(again, 'validate', 'site.yaml')).stdout).toContain('site.yaml: valid');
});

describe('init', () => {
  test('writes a scenario that validates and runs unedited, and says what to do next', async () => {
    const io = fakeIo();
    const first = await run(io, 'init', 'shop');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('Next: hongfeng run shop/hongfeng.yaml');
    expect(io.names()).toEqual(['shop/hongfeng.schema.json', 'shop/hongfeng.yaml']);
    const { code, stdout } = await run(io, 'run', 'shop/hongfeng.yaml', '--no-charts');
    expect(code).toBe(0);
    expect(stdout).toContain('HOLDS');
  });

  test('never overwrites without --force', async () => {
    const io = fakeIo();
    io.writeText('hongfeng.yaml', 'mine');
    const refused = await run(io, 'init');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('hongfeng.yaml exists; --force overwrites');
    expect(io.readText('hongfeng.yaml')).toBe('mine');
    expect(io.names()).toEqual(['hongfeng.yaml']);
    expect((await run(io, 'init', '--force')).code).toBe(0);
    expect(io.readText('hongfeng.yaml')).toContain('scenario: my-site');
  });
});
