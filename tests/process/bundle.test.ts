/** What the bundler changes (packed catalogue, bundled tables, other modules of yaml) changes no result. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fakeIo, run } from '../cli/fake-io.ts';
import { PROGRAM } from './compiled.ts';

const SMOKE = fileURLToPath(new URL('../../scenarios/smoke.yaml', import.meta.url));

test('the program as it is shipped finds what its sources find', async () => {
  const io = fakeIo();
  const argv = ['run', SMOKE, '--json', '--quiet', '--no-charts', '--reps', '2', '--until', '3s', '--out'];
  const { code, stdout } = await run(io, ...argv, 'by-sources');
  expect(code).toBe(0);
  expect(execFileSync(PROGRAM, [...argv, `${io.folder}/by-bundle`], { encoding: 'utf8' })).toBe(stdout);
});
