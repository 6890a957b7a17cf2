/**
 * `npm run bench:peers [-- --requests 100000] [--rounds 5]`: W1 to W4 in other simulators, in hongfeng and in C, as a
 * Markdown table: what each takes, and mean and utilization beside theory, so that one sees that all simulate the same.
 *
 * Rounds alternate between the programs and have a seed each; times are medians, means have an interval over the rounds.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import { BENCH_FOLDER, CASES } from '../cases.ts';
import { median } from '../rows.ts';
import { Yardstick } from '../yardstick.ts';
import { PEER_CASES, type PeerCase, type PeerResult } from './cases.ts';

const OURS = fileURLToPath(new URL('hongfeng.js', import.meta.url));
const SIMPY = `${BENCH_FOLDER}peers/simpy_model.py`;
/** The one of the path, and the one that Debian's packages belong to. */
const PYTHONS = ['python3', '/usr/bin/python3'];

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
  },
});
const requests = Number(values.requests);
const seeds = Array.from({ length: Number(values.rounds) }, (_, round) => String(round + 1));

type Program = (peerCase: PeerCase, seed: string) => PeerResult;

function run(command: string, args: readonly string[]): PeerResult {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' })) as PeerResult;
}

const ours =
  (count: (id: string) => number): Program =>
  ({ id }, seed) =>
    run(process.execPath, [OURS, id, String(count(id)), seed]);

function simpy(): Program | null {
  const python = PYTHONS.find((each) => spawnSync(each, ['-c', 'import simpy']).status === 0);
  return python === undefined ? null : ({ id }, seed) => run(python, [SIMPY, id, String(requests), seed]);
}

/** Its draws are always the same: no seed. */
function inC(yardstick: Yardstick): Program {
  return ({ id, serviceUs }) => {
    const { nsPerRequest, mean } = yardstick.run(id, fullLength(id));
    const meanUs = mean * serviceUs;
    return { program: 'C yardstick', requests: fullLength(id), nsPerRequest, meanUs, utilization: NaN };
  };
}

function fullLength(id: string): number {
  return CASES.find((each) => each.id === id)!.requests;
}

function tableOf(peerCase: PeerCase, programs: readonly Program[]): string[] {
  const results = programs.map((): PeerResult[] => []);
  for (const seed of seeds) programs.forEach((program, i) => results[i]!.push(program(peerCase, seed)));
  const nsOf = (rounds: readonly PeerResult[]): number => median(rounds.map((each) => each.nsPerRequest));
  const [first] = results;
  const { id, title, meanUs, utilization } = peerCase;
  const theory = meanUs === null ? 'no closed form' : `${meanUs.toFixed(1)} µs`;
  return [
    `### ${id}: ${title}`,
    '',
    '| program | requests | ns a request | relative | mean response | utilization |',
    '|---|--:|--:|--:|--:|--:|',
    `| theory (stationary) | | | | ${theory} | ${percent(utilization)} |`,
    ...results.map((rounds) => {
      const ns = nsOf(rounds);
      const cells = [
        rounds[0]!.program,
        rounds[0]!.requests.toLocaleString('en'),
        ns.toFixed(0),
        `× ${(ns / nsOf(first!)).toPrecision(3)}`,
        meanText(rounds.map((each) => each.meanUs)),
        percent(rounds.reduce((sum, each) => sum + each.utilization, 0) / rounds.length),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

function meanText(meansUs: readonly number[]): string {
  const interval = meanInterval(meansUs, 0.95);
  if (interval.kind === 'none' || interval.lower === interval.upper)
    return `${meansUs[0]!.toFixed(1)} µs (one seed)`;
  return `${interval.point.toFixed(1)} µs ± ${(interval.upper - interval.point).toFixed(1)}`;
}

function percent(share: number): string {
  return Number.isNaN(share) ? '' : `${(share * 100).toFixed(1)} %`;
}

const yardstick = Yardstick.compile();
const peer = simpy();
const missing = [
  ...(peer === null ? ['SimPy is not installed: apt-get install python3-simpy3, or pip install simpy'] : []),
  ...(yardstick === null ? ['there is no C compiler: apt-get install gcc libc6-dev'] : []),
];
try {
  const programs = [
    ours(fullLength),
    ours(() => requests),
    ...(peer === null ? [] : [peer]),
    ...(yardstick === null ? [] : [inC(yardstick)]),
  ];
  for (const each of PEER_CASES) process.stdout.write(`${tableOf(each, programs).join('\n')}\n`);
  for (const each of missing) process.stderr.write(`${each}\n`);
} finally {
  yardstick?.remove();
}
