/** A small assembler: models written by hand, so that the interpreter is tested without the compiler. */
import type {
  CallSite,
  Fork,
  Group,
  Limiter,
  Model,
  Program,
  Source,
  Balancer,
  Background,
} from '../../src/model/model.ts';
import { UNLIMITED } from '../../src/model/model.ts';
import { Op } from '../../src/model/opcodes.ts';
import { buildTable, TABLE_LENGTH } from '../../src/random/quantile-table.ts';

export const SECOND = 1e9;

/** Quantile tables every test model carries. */
export const Table = { exponential: 0, constant: 1 } as const;

const tables = new Float64Array(2 * TABLE_LENGTH);
tables.set(buildTable({ family: 'exponential', mean: 1 }), 0);
tables.set(buildTable({ family: 'constant', mean: 1 }), TABLE_LENGTH);

export interface Instruction {
  readonly op: keyof typeof Op;
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
  readonly d?: number;
  readonly x?: number;
}

export function program(instructions: readonly Instruction[], registers = 4, timeRegisters = 2): Program {
  const ints = (key: 'a' | 'b' | 'c' | 'd'): Int32Array =>
    Int32Array.from(instructions, (line) => line[key] ?? 0);
  return {
    op: Int32Array.from(instructions, (line) => Op[line.op]),
    a: ints('a'),
    b: ints('b'),
    c: ints('c'),
    d: ints('d'),
    x: Float64Array.from(instructions, (line) => line.x ?? 0),
    streams: instructions.map((line, address) => `${line.op}/${address}`),
    registerCount: registers,
    timeRegisterCount: timeRegisters,
  };
}

export function group(name: string, options: Partial<Group> = {}): Group {
  return {
    name,
    role: 'servers',
    station: 0,
    instanceCount: 1,
    serverCount: 1,
    waitingRoomMax: UNLIMITED,
    discipline: 'fcfs',
    levels: 1,
    scale: 1,
    rates: null,
    ...options,
  };
}

export function poisson(ratePerSec: number, lastsNs: number, warmUpNs = 0): Source {
  return openSource(ratePerSec, lastsNs, warmUpNs, { process: 'poisson' });
}

export function regular(ratePerSec: number, lastsNs: number): Source {
  return openSource(ratePerSec, lastsNs, 0, { process: 'deterministic' });
}

export function openSource(
  ratePerSec: number,
  lastsNs: number,
  warmUpNs: number,
  arrivals: Extract<Source, { model: 'open' }>['arrivals'],
): Source {
  return {
    model: 'open',
    name: 'traffic',
    pieces: [
      { fromNs: -warmUpNs, toNs: lastsNs, startPerSec: ratePerSec, endPerSec: ratePerSec, shape: 'linear' },
    ],
    arrivals,
    noise: null,
    classes: [{ fromNs: -warmUpNs, cumulative: [4294967296] }],
    regions: [],
  };
}

/** Arrivals at given instants (ns), all of class 0 unless said. */
export function trace(atNs: readonly number[], classIds: readonly number[] = atNs.map(() => 0)): Source {
  return {
    model: 'trace',
    name: 'trace',
    atNs: Float64Array.from(atNs),
    classIds: Int32Array.from(classIds),
    classes: [{ fromNs: 0, cumulative: [4294967296] }],
    regions: [],
  };
}

export interface Parts {
  readonly lastsNs: number;
  readonly sampling?: Model['sampling'];
  readonly warmUpNs?: number;
  readonly windowNs?: number;
  readonly drainNs?: number;
  readonly seed?: string;
  readonly groups?: readonly Group[];
  readonly balancers?: readonly Balancer[];
  readonly limiters?: readonly Limiter[];
  readonly calls?: readonly CallSite[];
  readonly retryBudgets?: Model['retryBudgets'];
  readonly forks?: readonly Fork[];
  readonly backgrounds?: readonly Background[];
  readonly disturbances?: Model['disturbances'];
  readonly instructions: readonly Instruction[];
  readonly sources: readonly Source[];
  readonly timeoutsNs?: readonly number[];
  readonly classes?: Model['classes'];
  readonly regionDelaysNs?: Model['regionDelaysNs'];
}

export function assemble(parts: Parts): Model {
  return {
    scenario: 'test',
    seed: parts.seed ?? 'test',
    slice: 1,
    sampling: parts.sampling ?? null,
    warmUpNs: parts.warmUpNs ?? 0,
    lastsNs: parts.lastsNs,
    windowNs: parts.windowNs ?? parts.lastsNs,
    drainNs: parts.drainNs ?? 1e15,
    phases: [{ name: 'all', fromNs: 0, toNs: parts.lastsNs }],
    disturbances: parts.disturbances ?? [],
    stations: [
      {
        name: 'station',
        layer: 'station',
        replicas: 1,
        simulatedReplicas: 1,
        hostsPerReplica: 0,
        pricePerReplicaHour: null,
      },
    ],
    layers: ['station'],
    groups: parts.groups ?? [],
    balancers: parts.balancers ?? [],
    limiters: parts.limiters ?? [],
    fronts: { stations: {}, pools: {}, limiters: {} },
    calls: parts.calls ?? [],
    retryBudgets: parts.retryBudgets ?? [],
    retryLoads: [],
    forks: parts.forks ?? [],
    program: program(parts.instructions),
    requestsExpected: (parts.classes ?? [0]).map(() => 0),
    classes: parts.classes ?? [{ name: 'request', start: 0, priority: 0, timeout: -1, value: null }],
    operations: [],
    sources: parts.sources,
    regions: [],
    regionDelaysNs: parts.regionDelaysNs ?? [],
    tables,
    timeoutsNs: parts.timeoutsNs ?? [],
    backgrounds: parts.backgrounds ?? [],
  };
}
