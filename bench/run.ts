/**
 * `npm run bench [-- --case w1] [--rounds 5] [--json]`: CPU time per request of the compiled build beside that of a C
 * program for the same workload.
 *
 * Goals: numbers that can be compared between two commits on a busy machine. So each run has a process of its own,
 * counts CPU time, alternates with the yardstick, and the least of the rounds counts: neighbours on the core only add.
 * Not goals: wall time, peak speed of a warmed-up loop; what V8 needs to compile the loop is part of it.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES, IN_FLIGHT, type Case } from './cases.ts';
import type { InFlight, Speed } from './measure.ts';
import * as rows from './rows.ts';
import { measureStartUp } from './start-up.ts';
import { Yardstick } from './yardstick.ts';

const CHILD = fileURLToPath(new URL('child.js', import.meta.url));
/** Requests of the two runs whose memory is compared, and their windows: as many in both, since each takes memory. */
const SHORT = 1e7;
const LONG = 1e8;
const WINDOW_NS = 1e9;

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

interface Timed {
  readonly runs: readonly Speed[];
  readonly yardstickNs: readonly number[];
}

function child(id: string, ...numbers: readonly number[]): unknown {
  return JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', CHILD, id, ...numbers.map(String)], { encoding: 'utf8' }),
  );
}

function chosenCases(): readonly Case[] {
  const ids = values.case ?? CASES.map(({ id }) => id);
  return ids.map((id) => {
    const found = CASES.find((each) => each.id === id);
    if (found === undefined)
      throw new Error(`no case ${id}; there are ${CASES.map((each) => each.id).join(', ')}`);
    return found;
  });
}

function timeCase({ id, workload, requests }: Case, rounds: number, yardstick: Yardstick | null): Timed {
  const runs: Speed[] = [];
  const yardstickNs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (yardstick !== null) yardstickNs.push(yardstick.nsPerRequest(workload, requests));
    runs.push(child(id, requests) as Speed);
  }
  const digests = new Set(runs.map(({ digest }) => digest));
  if (digests.size !== 1) throw new Error(`case ${id} gave different results: ${[...digests].join(', ')}`);
  return { runs, yardstickNs };
}

function leastOrNull(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : Math.min(...numbers);
}

/** The floors are in proportion to the yardstick's W1, also when that case was not asked for. */
function yardstickW1(
  timed: ReadonlyMap<Case, Timed>,
  yardstick: Yardstick | null,
  rounds: number,
): number | null {
  const w1 = CASES[0]!;
  const known = timed.get(w1)?.yardstickNs;
  if (known !== undefined || yardstick === null) return leastOrNull(known ?? []);
  return Math.min(...Array.from({ length: rounds }, () => yardstick.nsPerRequest(w1.id, w1.requests)));
}

function speedRows(timed: ReadonlyMap<Case, Timed>, w1Ns: number | null): rows.Row[] {
  const all = [...timed].map(([{ id, title, floorNs }, { runs, yardstickNs }]) =>
    rows.speedRow(`${id}: ${title}`, {
      nsPerRequest: Math.min(...runs.map((run) => run.nsPerRequest)),
      yardstickNs: leastOrNull(yardstickNs),
      floorNs: floorNs === null ? null : rows.scaledFloorNs(floorNs, w1Ns),
    }),
  );
  for (const [{ id }, { runs }] of timed) {
    const gc = rows.median(runs.map((run) => run.gcShare));
    all.push(
      rows.limitRow(
        `${id}: garbage collection`,
        gc,
        rows.GC_SHARE_MAX,
        (share) => `${(share * 100).toFixed(2)} %`,
      ),
    );
  }
  return all;
}

/** What a time-out that never fires costs, where both cases were asked for. */
function timeOutRows(timed: ReadonlyMap<Case, Timed>): rows.Row[] {
  const nsOf = (id: string): number[] =>
    [...timed]
      .filter(([each]) => each.id === id)
      .flatMap(([, { runs }]) => runs.map((run) => run.nsPerRequest));
  const [without, withIt] = [nsOf('w1'), nsOf('w1-timeout')];
  if (without.length === 0 || withIt.length === 0) return [];
  const measured = `${(Math.min(...withIt) - Math.min(...without)).toFixed(0)} ns`;
  return [{ what: 'a time-out that never fires', measured, yardstick: '', floor: '', ok: null }];
}

function startUpRow(w1Ns: number | null): rows.Row {
  const { cpuMs, nodeMs } = measureStartUp();
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  const limit = rows.scaledFloorNs(rows.START_UP_MS_MAX, w1Ns);
  const what = `start-up to the first event (Node alone ${ms(nodeMs)})`;
  return rows.limitRow(what, cpuMs, limit, ms);
}

function memoryRows(): rows.Row[] {
  const inFlight = child(IN_FLIGHT.id, IN_FLIGHT.requests) as InFlight;
  const [short, long] = [SHORT, LONG].map(
    (requests) => (child(CASES[0]!.id, requests, (WINDOW_NS * requests) / SHORT) as Speed).residentMaxMb,
  );
  const bytes = (value: number): string => `${value.toFixed(0)} B`;
  const growth = `w1: memory at 1e8 requests ÷ at 1e7 (${short!.toFixed(0)} MB)`;
  const each = `memory per request in flight (${(inFlight.requests / 1e6).toFixed(2)} million)`;
  return [
    rows.limitRow(each, inFlight.residentBytes, rows.IN_FLIGHT_BYTES_MAX, bytes),
    rows.limitRow(growth, long! / short!, rows.MEMORY_GROWTH_MAX, (value) => value.toFixed(2)),
  ];
}

const rounds = Number(values.rounds);
const cases = chosenCases();
const yardstick = Yardstick.compile();
try {
  const timed = new Map(cases.map((each) => [each, timeCase(each, rounds, yardstick)]));
  const w1Ns = yardstickW1(timed, yardstick, rounds);
  const table = [
    ...speedRows(timed, w1Ns),
    ...timeOutRows(timed),
    startUpRow(w1Ns),
    ...(values.case === undefined ? memoryRows() : []),
  ];
  if (values.json) {
    const runs = Object.fromEntries([...timed].map(([{ id }, each]) => [id, each]));
    process.stdout.write(`${JSON.stringify({ yardstickW1Ns: w1Ns, table, cases: runs }, null, 2)}\n`);
  } else {
    process.stdout.write(rows.printRows(table));
    const digests = [...timed].map(([{ id }, { runs }]) => `${id} ${runs[0]!.digest}`);
    process.stdout.write(`results: ${digests.join(', ')}\n`);
    if (yardstick === null)
      process.stdout.write('There is no C compiler here: floors are not scaled to this machine.\n');
  }
} finally {
  yardstick?.remove();
}
