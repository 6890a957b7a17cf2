/** The workloads: ordinary scenario files on the ordinary path, only their length is set here. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileModel } from '../src/compile/compile.ts';
import { loadScenario } from '../src/compile/load.ts';
import type { Model } from '../src/model/model.ts';

export interface Case {
  /** Name on the command line, and of the scenario file. */
  readonly id: string;
  /** Of the yardstick. */
  readonly workload: string;
  readonly title: string;
  readonly requestsPerSec: number;
  /** Requests of a full run. */
  readonly requests: number;
  /** Most CPU time per request in ns, on a machine whose yardstick takes `FLOOR_YARDSTICK_NS` for W1; null: no floor. */
  readonly floorNs: number | null;
}

export const CASES: readonly Case[] = [
  { id: 'w1', workload: 'w1', title: 'M/M/1, ρ 0.8', requestsPerSec: 80e3, requests: 3e7, floorNs: 300 },
  {
    id: 'w2',
    workload: 'w2',
    title: 'five M/M/4 in tandem, ρ 0.8',
    requestsPerSec: 320e3,
    requests: 1e7,
    floorNs: 1500,
  },
  {
    id: 'w3',
    workload: 'w3',
    title: '1,000 M/M/1, random, ρ 0.7',
    requestsPerSec: 700e3,
    requests: 2e7,
    floorNs: 750,
  },
  {
    id: 'w4',
    workload: 'w4',
    title: 'three tiers, threads held',
    requestsPerSec: 32e3,
    requests: 1e7,
    floorNs: 900,
  },
  {
    id: 'fleet',
    workload: 'fleet',
    title: '50,000 M/M/1, random, ρ 0.7',
    requestsPerSec: 35e6,
    requests: 1e7,
    floorNs: null,
  },
  {
    id: 'w1-timeout',
    workload: 'w1',
    title: 'w1, a time-out on each request',
    requestsPerSec: 80e3,
    requests: 3e7,
    floorNs: null,
  },
];

/** One million requests in flight; measured for memory, not for speed. */
export const IN_FLIGHT: Case = {
  id: 'in-flight',
  workload: 'w1',
  title: 'requests in flight',
  requestsPerSec: 100e3,
  requests: 2e6,
  floorNs: null,
};

/** The folder bench/ itself, whether this file runs from there or compiled under dist/bench/. */
export const BENCH_FOLDER = fileURLToPath(new URL('.', import.meta.url)).replace(
  /dist\/bench\/bench\/$/,
  'bench/',
);

/**
 * Model of a case with about `requests` requests, cut into windows of the scenario's length or `windowNs`.
 *
 * @throws {Error} when its scenario file is not sound.
 */
export function modelOf({ id, requestsPerSec }: Case, requests: number, windowNs?: number): Model {
  const file = `${BENCH_FOLDER}scenarios/${id}.yaml`;
  const { scenario, diagnostics } = loadScenario({
    file,
    text: readFileSync(file, 'utf8'),
    catalogue: {},
    overrides: [],
  });
  if (scenario === null) throw new Error(`${file}: ${JSON.stringify(diagnostics)}`);
  const lastsNs = Math.round((requests / requestsPerSec) * 1e9);
  const clock = { ...scenario.clock, lastsNs, windowNs: windowNs ?? scenario.clock.windowNs };
  return compileModel({ ...scenario, clock }, { slice: 1, files: new Map() });
}
