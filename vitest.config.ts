import { defineConfig } from 'vitest/config';

const THEORY = 'tests/theory-full/**/*.test.ts';
const BROWSER = 'tests/browser/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: [THEORY, BROWSER] } },
      // Hundreds of replications against closed forms: minutes, not seconds.
      { test: { name: 'theory', include: [THEORY], testTimeout: 1_800_000 } },
      { test: { name: 'browser', include: [BROWSER], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
