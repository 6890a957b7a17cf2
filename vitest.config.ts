import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';

const THEORY = 'tests/theory-full/**/*.test.ts';
const PROCESS = 'tests/process/**/*.test.ts';
const BROWSER = 'tests/browser/**/*.test.ts';

/** Tests run the compiled files, as users do: code that goes through vitest's own loader is several times slower. */
const compiled: Plugin = {
  name: 'compiled',
  enforce: 'pre',
  resolveId(source) {
    const file = /\/src\/(.+)\.ts$/.exec(source)?.[1];
    const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
    return file === undefined || !existsSync(at(`src/${file}.ts`)) ? null : at(`dist/${file}.js`);
  },
};

const common = {
  globalSetup: './tests/compile-sources.ts',
  server: { deps: { external: [/\/dist\//] } },
};

export default defineConfig({
  test: {
    // Both cores of a small machine: what waits for the tests has nothing else to do.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [compiled],
        test: {
          ...common,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [THEORY, PROCESS, BROWSER],
          testTimeout: 60_000,
          // One process for many files: what they load is loaded and made fast once. None leaves anything behind for the next.
          isolate: false,
        },
      },
      // Real processes and threads: run with the whole build, which makes the bundle.
      {
        plugins: [compiled],
        test: { ...common, name: 'process', include: [PROCESS], testTimeout: 60_000, fileParallelism: false },
      },
      // Hundreds of replications against closed forms: minutes, not seconds.
      { plugins: [compiled], test: { ...common, name: 'theory', include: [THEORY], testTimeout: 1_800_000 } },
      { test: { name: 'browser', include: [BROWSER], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
