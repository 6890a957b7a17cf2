/**
 * `npm run bench:modes [-- --case double-11] [--speed-up 60] [--minutes 2] [--seeds 8] [--jobs 2]`: what slicing and
 * sampling in time err by, beside exact runs with another seed. Prints the tables of docs/modes.md, the same on every
 * machine; each run has a process of its own.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { casesOf, SIZES } from './cases.ts';
import { compareModes, type Simulate } from './compare.ts';
import type { JobResult } from './job.ts';
import { tableOf } from './table.ts';

const CHILD = fileURLToPath(new URL('child.js', import.meta.url));
const OUTPUT_BYTES_MAX = 1 << 28;
const execute = promisify(execFile);

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true },
    'speed-up': { type: 'string', default: String(SIZES.speedUp) },
    minutes: { type: 'string', default: String(SIZES.minutes) },
    seeds: { type: 'string', default: String(SIZES.seeds) },
    jobs: { type: 'string', default: '2' },
  },
});

/** At most `jobsMax` at a time, in the order in which they were asked for. */
function inChildren(jobsMax: number): Simulate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (...job) => {
    if (running >= jobsMax) await new Promise<void>((resume) => waiting.push(resume));
    else running++;
    try {
      const args = [CHILD, ...job.map((part) => JSON.stringify(part))];
      const { stdout } = await execute(process.execPath, args, { maxBuffer: OUTPUT_BYTES_MAX });
      return JSON.parse(stdout) as JobResult;
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

const cases = casesOf({
  speedUp: Number(values['speed-up']),
  minutes: Number(values.minutes),
  seeds: Number(values.seeds),
});
const chosen = cases.filter(({ id }) => values.case === undefined || values.case.includes(id));
if (chosen.length === 0) throw new Error(`cases: ${cases.map(({ id }) => id).join(', ')}`);
const simulate = inChildren(Number(values.jobs));
const comparisons = chosen.map((each) => compareModes(each, simulate));
for (const comparison of comparisons) process.stdout.write(`${tableOf(await comparison)}\n`);
