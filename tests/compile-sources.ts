/** Tests run the compiled files: before the first of them, whatever is older than its source is compiled again. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';

const BUILD_INFO = 'dist/.tsbuildinfo';
/** tsc: errors were found, and files written all the same. What is wrong with types does not keep tests from running. */
const WRITTEN_WITH_ERRORS = 2;

export default function compileSources(): void {
  const startedAt = new Date();
  if (existsSync(BUILD_INFO) && newestSourceMs() < statSync(BUILD_INFO).mtimeMs) return;
  const compiler = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
  const { status } = spawnSync(process.execPath, compiler, { stdio: 'inherit' });
  if (status !== 0 && status !== WRITTEN_WITH_ERRORS) throw new Error(`tsc ended with ${status}`);
  // It leaves its file alone where nothing of what it says has changed.
  utimesSync(BUILD_INFO, startedAt, startedAt);
}

function newestSourceMs(): number {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  return files.reduce((newest, file) => Math.max(newest, statSync(`src/${file}`).mtimeMs), 0);
}
