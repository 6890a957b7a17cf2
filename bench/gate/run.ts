/**
 * `npm run bench:gate [-- --checks 200]`: how often the gate of `hongfeng check` raises a false alarm, and how often it
 * finds a true regression. Prints the table of docs/ci.md; exit code 1 when an alarm is false or too few are found.
 */
import { parseArgs } from 'node:util';
import { SERVICE, site, SLOWER_SERVICE } from './scenarios.ts';
import { tryOut, type Trial } from './trial.ts';

const { values } = parseArgs({ options: { checks: { type: 'string', default: '200' } } });
const checks = Number(values.checks);
const LASTS = '75s';
/** Of a hundred. */
const FOUND_MIN = 0.99;

const unchanged = site({ service: SERVICE, hasUnrelated: false, lasts: LASTS });
const beside = site({ service: SERVICE, hasUnrelated: true, lasts: LASTS });
const slower = site({ service: SLOWER_SERVICE, hasUnrelated: false, lasts: LASTS });

const quiet = await tryAll(beside, checks);
const found = await tryAll(slower, Math.max(1, Math.round(checks / 2)));

const alarms = quiet.filter(({ exitCode }) => exitCode !== 0).length;
const unequal = quiet.filter(({ verdicts }) => verdicts.some((verdict) => verdict !== 'equal')).length;
const hits = found.filter(({ exitCode, verdicts }) => exitCode === 98 && verdicts[0] === 'regressed').length;
const growth = found.reduce((sum, { worseBy }) => sum + (worseBy ?? 0), 0) / found.length;

process.stdout.write(
  [
    '| change | checks | alarms | |',
    '|---|---|---|---|',
    `| an unrelated component added | ${quiet.length} | ${alarms} | numbers not equal to the last digit in ${unequal} |`,
    `| service time ${SERVICE} → ${SLOWER_SERVICE} | ${found.length} | ${hits} | P99 ${(growth * 100).toFixed(1)} % higher |`,
    '',
  ].join('\n'),
);
process.exitCode = alarms === 0 && hits >= FOUND_MIN * found.length ? 0 : 1;

/** Seeds 1, 2, … */
async function tryAll(after: string, count: number): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let seed = 1; seed <= count; seed++) {
    trials.push(await tryOut(unchanged, after, String(seed)));
    process.stderr.write(`\r${seed} of ${count} `);
  }
  process.stderr.write('\n');
  return trials;
}
