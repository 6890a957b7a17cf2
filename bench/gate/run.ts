/**
 * `npm run bench:gate [-- --checks 200]`: how often the gate of `hongfeng check` raises a false alarm, how often it finds a
 * true regression, and how often `compare --attribute` names the change that brought it about among others that do no
 * harm. Prints the tables of docs/ci.md; exit code 1 when an alarm is false, or too few are found or attributed rightly.
 */
import { parseArgs } from 'node:util';
import { CULPRIT, SERVICE, site, SLOWER_SERVICE } from './scenarios.ts';
import { attributeP99, tryOut, type Attributed, type Trial } from './trial.ts';

const { values } = parseArgs({ options: { checks: { type: 'string', default: '200' } } });
const checks = Number(values.checks);
const LASTS = '75s';
/** Of a hundred. */
const FOUND_MIN = 0.99;

const before = { service: SERVICE, hasUnrelated: false, lasts: LASTS };
const unchanged = site(before);
const beside = site({ ...before, hasUnrelated: true });
const slower = site({ service: SLOWER_SERVICE, hasUnrelated: true, hasHarmless: true, lasts: LASTS });

const quiet = await tryAll(checks, (seed) => tryOut(unchanged, beside, seed));
const found = await tryAll(Math.max(1, Math.round(checks / 2)), async (seed) => ({
  trial: await tryOut(unchanged, slower, seed),
  attributed: await attributeP99(unchanged, slower, seed),
}));

const alarms = quiet.filter(({ exitCode }) => exitCode !== 0).length;
const unequal = quiet.filter(({ verdicts }) => verdicts.some((verdict) => verdict !== 'equal')).length;
const hits = found.filter(({ trial }) => isRegression(trial)).length;
const right = found.filter(({ trial, attributed }) => isRegression(trial) && isRight(attributed)).length;
const mean = (of: (each: (typeof found)[number]) => number): number =>
  found.reduce((sum, each) => sum + of(each), 0) / found.length;
const growth = mean(({ trial }) => trial.worseBy ?? 0);
const share = mean(({ attributed }) => attributed.share);
const candidates = Math.min(...found.map(({ attributed }) => attributed.candidates));

process.stdout.write(
  [
    '| change | checks | alarms | |',
    '|---|---|---|---|',
    `| an unrelated component added | ${quiet.length} | ${alarms} | numbers not equal to the last digit in ${unequal} |`,
    `| service time ${SERVICE} → ${SLOWER_SERVICE}, among changes that do no harm | ${found.length} | ${hits} | P99 ${(growth * 100).toFixed(1)} % higher |`,
    '',
    '| the P99 is attributed to | of | to the service time | its share of the change |',
    '|---|---|---|---|',
    `| one of ${candidates} changes | ${found.length} | ${right} | ${(share * 100).toFixed(1)} % |`,
    '',
  ].join('\n'),
);
const isGood = alarms === 0 && Math.min(hits, right) >= FOUND_MIN * found.length;
process.exitCode = isGood ? 0 : 1;

function isRegression({ exitCode, verdicts }: Trial): boolean {
  return exitCode === 98 && verdicts[0] === 'regressed';
}

/** To that one input alone, and most of the change. */
function isRight({ inputs, share: part }: Attributed): boolean {
  return inputs.length === 1 && inputs[0] === CULPRIT && part > 0.5;
}

/** Seeds 1, 2, … */
async function tryAll<Result>(count: number, tryOne: (seed: string) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let seed = 1; seed <= count; seed++) {
    results.push(await tryOne(String(seed)));
    process.stderr.write(`\r${seed} of ${count} `);
  }
  process.stderr.write('\n');
  return results;
}
