import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';

const THEORY = 'tests/theory-full/**/*.test.ts';
const PROCESS = 'tests/process/**/*.test.ts';
const BROWSER = 'tests/browser/**/*.test.ts';

/** Long simulations run the compiled files, as users do: code that goes through vitest's own loader is several times slower. */
const compiled: Plugin = {
  name: 'compiled',
  enforce: 'pre',
  resolveId(source) {
    const file = /\/src\/(.+)\.ts$/.exec(source)?.[1];
    return file === undefined ? null : fileURLToPath(new URL(`dist/${file}.js`, import.meta.url));
  },
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: [THEORY, PROCESS, BROWSER] } },
      // Real processes and threads, which load the compiled files: run with the build.
      { test: { name: 'process', include: [PROCESS], testTimeout: 60_000, fileParallelism: false } },
      // Hundreds of replications against closed forms: minutes, not seconds.
      {
        plugins: [compiled],
        test: {
          name: 'theory',
          include: [THEORY],
          testTimeout: 1_800_000,
          server: { deps: { external: [/\/dist\//] } },
        },
      },
      { test: { name: 'browser', include: [BROWSER], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
