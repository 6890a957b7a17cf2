/** How the simulated answer compares with the exact one as a station fills up: the table of docs/accuracy.md. */
import { expect, test } from 'vitest';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import { mg1 } from '../../src/theory/mg1.ts';
import { mmc, mmcSojournQuantileSec } from '../../src/theory/mmc.ts';
import { measure } from '../theory/sim/measure.ts';
import { simulate, type Replications } from '../theory/sim/simulate.ts';

const UTILIZATIONS = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
const REPLICATIONS = 20;
/** Customers of a replication at no load; chance grows with 1/(1 − ρ), and so does the length. */
const CUSTOMERS = 20_000;
const SERVICE_SEC = 0.001;

interface Queue {
  readonly name: string;
  readonly servers: number;
  readonly service: string;
  /** Exact mean wait and, where a closed form has it, P99 of wait and service, s. */
  readonly exact: (arrivalRatePerSec: number) => { readonly waitSec: number; readonly p99Sec: number | null };
}

const exponential = (serverCount: number): Queue => ({
  name: `M/M/${serverCount}`,
  servers: serverCount,
  service: '{ exponential: 1ms }',
  exact: (arrivalRatePerSec) => {
    const queue = { arrivalRatePerSec, serviceRatePerSec: 1 / SERVICE_SEC, serverCount };
    return { waitSec: mmc(queue).meanWaitSec, p99Sec: mmcSojournQuantileSec(queue, 0.99) };
  },
});

const lognormal: Queue = {
  name: 'M/G/1, lognormal with CV 2',
  servers: 1,
  service: '{ lognormal: { mean: 1ms, cv: 2 } }',
  exact: (arrivalRatePerSec) => {
    // E[S²] = (1 + CV²)·E[S]²; for the lognormal E[S³] = (1 + CV²)³·E[S]³.
    const service = {
      meanSec: SERVICE_SEC,
      secondSec2: 5 * SERVICE_SEC ** 2,
      thirdSec3: 125 * SERVICE_SEC ** 3,
    };
    return { waitSec: mg1({ arrivalRatePerSec, service }).meanWaitSec, p99Sec: null };
  },
};

const ms = (sec: number): string => (sec * 1000).toPrecision(4);

/** A row of the table, and how many standard errors each figure is off. */
function compare(queue: Queue, utilization: number): { row: string; standardErrors: readonly number[] } {
  const ratePerSec = (queue.servers * utilization) / SERVICE_SEC;
  const lasts = `${Math.ceil(CUSTOMERS / (1 - utilization) / ratePerSec)}s`;
  const scenario = [
    `traffic: { rate: ${ratePerSec}/s }`,
    `stations: { desk: { servers: ${queue.servers}, service: ${queue.service} } }`,
    'requests: { customer: { path: [desk] } }',
    '',
  ].join('\n');
  const clock = { lasts, warmUp: '5s' };
  const id = `accuracy-${queue.servers}-${Math.round(utilization * 100)}`;
  const runs = simulate(
    id,
    { clock, replications: REPLICATIONS, scenario },
    'full',
    `${queue.name} ${utilization}`,
  );
  const exact = queue.exact(ratePerSec);
  const wait = estimate(runs, 'wait desk mean', exact.waitSec);
  const p99 = estimate(runs, 'sojourn desk p99', exact.p99Sec);
  const cells = [queue.name, `${Math.round(utilization * 100)} %`, ...wait.cells, ...p99.cells];
  return { row: `| ${cells.join(' | ')} |`, standardErrors: [wait.standardErrors, p99.standardErrors] };
}

function estimate({ model, runs }: Replications, measured: string, exactSec: number | null) {
  if (exactSec === null) return { cells: ['–', '–', '–'], standardErrors: 0 };
  const values = runs.map((run) => measure(measured, model, [run]).value);
  const interval = meanInterval(values, 0.95);
  if (interval.kind !== 'interval') throw new Error('no interval');
  const halfWidth = (interval.upper - interval.lower) / 2;
  const cells = [
    ms(exactSec),
    `${ms(interval.point)} ± ${ms(halfWidth)}`,
    percent(interval.point / exactSec - 1),
  ];
  // 2.09: t quantile of 19 degrees of freedom.
  return { cells, standardErrors: ((interval.point - exactSec) / halfWidth) * 2.09 };
}

const percent = (ratio: number): string => `${ratio < 0 ? '−' : '+'}${Math.abs(ratio * 100).toFixed(2)} %`;

test('of waits and percentiles, from 30 to 95 % utilization', async () => {
  const queues = [exponential(1), exponential(4), exponential(16), lognormal];
  const rows = queues.flatMap((queue) => UTILIZATIONS.map((utilization) => compare(queue, utilization)));
  // 42 figures: beyond 4.2 standard errors of 19 degrees of freedom once in fifty sets of seeds.
  expect(rows.filter(({ standardErrors }) => standardErrors.some((off) => Math.abs(off) > 4.2))).toEqual([]);
  const page = `# Accuracy by utilization

Simulated and exact answers side by side, as a station fills up: ${REPLICATIONS} replications of
${CUSTOMERS.toLocaleString('en')}/(1 − utilization) requests a row, mean service 1 ms, 95 % confidence intervals. The engine has no
time step, so nothing is biased as waits grow; what grows is the chance in a run of given length. Percentiles are read
from histograms whose bins are at most 0.4 % wide. The closed forms stand in \`src/theory\` with their sources.
How often such intervals cover the true value: \`docs/coverage.md\`.

\`npm run test:theory -- accuracy\` checks this page byte by byte and every row within 4.2 standard errors.

| queue | utilization | mean wait, exact, ms | simulated | off | P99 at the station, exact, ms | simulated | off |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(({ row }) => row).join('\n')}
`;
  await expect(page).toMatchFileSnapshot('../../docs/accuracy.md');
});
