import { expect, test } from 'vitest';
import { fakeIo, run, TINY } from './fake-io.ts';

/** A title that GitHub Actions would obey, and a reason that would begin a line of JUnit with a command. */
const HOSTILE = `title: "A ##[add-mask]secret shop"\n${TINY}`;

const budgeted = (why: string): string =>
  HOSTILE.replace(/budgets:[\s\S]*$/, '').trimEnd() +
  `\nbudgets:\n  - { id: fast, target: "request:buy", expect: p95 < 1us, why: ${JSON.stringify(why)} }\n`;

test.each(['text', 'json', 'junit', 'github', 'markdown', 'openmetrics'])(
  'in GitHub Actions a scenario gives no commands, printed as %s',
  async (format) => {
    const io = fakeIo({ env: { GITHUB_ACTIONS: 'true' } });
    io.writeText('site.yaml', budgeted('::stop-commands::x'));
    const { stdout, stderr } = await run(
      ...([io, 'check', 'site.yaml', '--reps', '2', '--no-charts', '--format', format] as const),
    );
    for (const line of `${stdout}\n${stderr}`.split('\n')) {
      expect(line).not.toContain('##[');
      if (/^\s*::/.test(line)) expect(line).toMatch(/^::(error|warning) /);
    }
    expect(io.names()).toContain('reports/tiny/check.json'); // it was simulated, not refused
    expect(stdout + stderr).toContain('stop-commands');
  },
);
