/** Small models and measurements made by hand, so that every expected number can be worked out on paper. */
import { analyse } from '../../src/analysis/analyse.ts';
import type { AnalysisInput } from '../../src/analysis/context.ts';
import type { Findings } from '../../src/analysis/findings.ts';
import { Histogram, WINDOW_SUB_BITS } from '../../src/measure/histogram.ts';
import { UNLIMITED, type Group, type Limiter, type Model, type StationInfo } from '../../src/model/model.ts';
import { CAUSE_COUNT } from '../../src/model/opcodes.ts';
import type {
  ClassMeasurements,
  GroupMeasurements,
  GroupTotals,
  LimiterMeasurements,
  Measurements,
} from '../../src/run/measurements.ts';
import type { Budget, Condition, Scenario } from '../../src/scenario/types.ts';

export const SECOND_NS = 1e9;
export const MS = 1e6;

export function station(name: string, extra: Partial<StationInfo> = {}): StationInfo {
  return {
    name,
    layer: name,
    replicas: 1,
    simulatedReplicas: 1,
    hostsPerReplica: 1,
    pricePerReplicaHour: null,
    ...extra,
  };
}

export function group(name: string, extra: Partial<Group> = {}): Group {
  return {
    name,
    role: 'servers',
    station: 0,
    instanceCount: 1,
    serverCount: 2,
    waitingRoomMax: UNLIMITED,
    discipline: 'fcfs',
    levels: 1,
    scale: 1,
    rates: null,
    ...extra,
  };
}

/** Ten windows of 1 s: five of phase `calm`, five of phase `peak`; one class `buy`, one group `shop` of 2 servers. */
export function model(extra: Partial<Model> = {}): Model {
  return {
    scenario: 'test',
    seed: 'seed',
    slice: 1,
    sampling: null,
    warmUpNs: 0,
    lastsNs: 10 * SECOND_NS,
    windowNs: SECOND_NS,
    drainNs: 60 * SECOND_NS,
    phases: [
      { name: 'calm', fromNs: 0, toNs: 5 * SECOND_NS },
      { name: 'peak', fromNs: 5 * SECOND_NS, toNs: 10 * SECOND_NS },
    ],
    disturbances: [],
    stations: [station('shop')],
    layers: ['shop'],
    groups: [group('shop')],
    balancers: [],
    limiters: [],
    fronts: { stations: {}, pools: {}, limiters: {} },
    calls: [],
    forks: [],
    program: {
      op: new Int32Array(),
      a: new Int32Array(),
      b: new Int32Array(),
      c: new Int32Array(),
      d: new Int32Array(),
      x: new Float64Array(),
      streams: [],
      registerCount: 1,
      timeRegisterCount: 0,
    },
    classes: [{ name: 'buy', start: 0, priority: 0, timeout: -1, value: null }],
    requestsExpected: [0],
    retryBudgets: [],
    retryLoads: [],
    operations: [],
    sources: [],
    regions: [],
    regionDelaysNs: [],
    tables: new Float64Array(),
    timeoutsNs: [],
    backgrounds: [],
    ...extra,
  };
}

export function limiter(name: string, extra: Partial<Limiter> = {}): Limiter {
  return { name, station: 0, instanceCount: 1, tokens: 100, perNs: SECOND_NS, burst: 10, scale: 1, ...extra };
}

/** A number for each of the ten windows: one for all, or one each. */
export function series(value: number | readonly number[] = 0): Float64Array {
  return typeof value === 'number' ? new Float64Array(10).fill(value) : Float64Array.from(value);
}

/** `count` observations of `ns`. */
export function histogramOf(entries: Readonly<Record<number, number>>, subBits?: number): Histogram {
  const histogram = new Histogram(subBits);
  for (const [ns, count] of Object.entries(entries))
    for (let i = 0; i < count; i++) histogram.record(Number(ns));
  return histogram;
}

export interface ClassParts {
  readonly offered?: number | readonly number[];
  readonly good?: number | readonly number[];
  readonly late?: number | readonly number[];
  /** By cause number. */
  readonly failures?: Readonly<Record<number, number | readonly number[]>>;
  readonly censored?: number;
  /** One histogram a phase. */
  readonly phases?: readonly Histogram[];
  /** One histogram a window, as coarse as those are. */
  readonly times?: readonly Histogram[];
}

export function requestClass(parts: ClassParts = {}): ClassMeasurements {
  return {
    offered: series(parts.offered ?? 0),
    good: series(parts.good ?? 0),
    late: series(parts.late ?? 0),
    failures: Array.from({ length: CAUSE_COUNT }, (_, cause) => series(parts.failures?.[cause] ?? 0)),
    sumNs: series(0),
    windowHistograms: parts.times ?? Array.from({ length: 10 }, () => new Histogram(WINDOW_SUB_BITS)),
    phaseHistograms: parts.phases ?? [new Histogram(), new Histogram()],
    censored: parts.censored ?? 0,
  };
}

type GroupSeries = Exclude<keyof GroupMeasurements, 'waits' | 'sojourns' | 'workNs'>;

export interface GroupParts extends Partial<Record<GroupSeries, number | readonly number[]>> {
  readonly sojourns?: readonly Histogram[];
  readonly waits?: readonly Histogram[];
  readonly workNs?: readonly (readonly number[])[];
}

export function groupMeasured(parts: GroupParts = {}): GroupMeasurements {
  const { sojourns, waits, workNs, ...rest } = parts;
  const of = (key: GroupSeries): Float64Array => series(rest[key] ?? 0);
  return {
    arrivals: of('arrivals'),
    starts: of('starts'),
    departures: of('departures'),
    rejected: of('rejected'),
    abandoned: of('abandoned'),
    busyNs: of('busyNs'),
    waitingNs: of('waitingNs'),
    waitingJobsMax: of('waitingJobsMax'),
    waitingJobsEnd: of('waitingJobsEnd'),
    waits: waits ?? [new Histogram(), new Histogram()],
    sojourns: sojourns ?? [new Histogram(), new Histogram()],
    workNs: (workNs ?? []).map((each) => Float64Array.from(each)),
  };
}

export const BALANCED: GroupTotals = {
  arrivals: 0,
  departures: 0,
  rejected: 0,
  abandoned: 0,
  waiting: 0,
  busy: 0,
  busyNs: 0,
  heldNs: 0,
  waitingNs: 0,
  waitedNs: 0,
};

export function limiterMeasured(
  asked: number | readonly number[],
  shed: number | readonly number[],
  /** By window; the beginning of every window in which something was shed unless said. */
  firstShedNs: Readonly<Record<number, number>> = {},
): LimiterMeasurements {
  const sheds = series(shed);
  const firsts = sheds.map((count, i) => firstShedNs[i] ?? (count > 0 ? i * SECOND_NS : Infinity));
  return { asked: series(asked), shed: sheds, firstShedNs: firsts };
}

export function measurements(extra: Partial<Measurements> = {}): Measurements {
  return {
    windows: Array.from({ length: 10 }, (_, i) => ({
      fromNs: i * SECOND_NS,
      toNs: (i + 1) * SECOND_NS,
      phase: i < 5 ? 0 : 1,
      weight: 1,
    })),
    sampling: null,
    classes: [requestClass()],
    groups: [groupMeasured()],
    groupTotals: [BALANCED],
    limiters: [],
    calls: [],
    operations: [],
    samples: [{ rowLength: 5, share: 1, rows: [] }],
    totals: { started: 0, ended: 0, inside: 0, events: 0, stockMin: 0 },
    stop: { reason: 'completed', atNs: 10 * SECOND_NS, runaway: null },
    ...extra,
  };
}

export function budget(expect: readonly Condition[], extra: Partial<Budget> = {}): Budget {
  return {
    id: 'b',
    target: 'request:buy',
    expect,
    window: null,
    level: 'error',
    minSamples: 1,
    why: null,
    warn: [],
    confidence: 0.95,
    baseline: null,
    abort: null,
    owner: null,
    runbook: null,
    ...extra,
  };
}

export function condition(metric: string, op: Condition['op'], limit: number): Condition {
  return { metric, op, limit, text: `${metric} ${op} ${limit}` };
}

export function scenario(extra: Partial<Scenario> = {}): Scenario {
  return {
    id: 'test',
    title: null,
    description: null,
    seed: 'seed',
    clock: { from: null, lastsNs: 10 * SECOND_NS, warmUpNs: 0, windowNs: SECOND_NS },
    traffic: [],
    rttNs: {},
    alerts: [],
    hosts: {},
    stations: {},
    requests: {},
    disturbances: [],
    budgets: [],
    claimsFile: null,
    ...extra,
  };
}

/** An exact run that was asked for. */
export const EVERY_REQUEST: AnalysisInput['sliceChoice'] = {
  mode: 'exact',
  slice: 1,
  choice: 'asked',
  predictedEvents: 0,
  auto: null,
  groups: [],
  errors: [],
};

/** One replication is enough for most tests. */
export type InputParts = Partial<AnalysisInput> & { readonly measurements?: Measurements };

export function input({ measurements: only = measurements(), ...extra }: InputParts = {}): AnalysisInput {
  return {
    scenario: scenario(),
    model: model(),
    replications: [only],
    plan: { asked: 1, seeds: ['seed'], stoppedBy: null, precision: null },
    advice: [],
    ledger: [],
    claims: [],
    unloaded: [],
    premises: [],
    sizing: null,
    pilot: null,
    sliceChoice: EVERY_REQUEST,
    overrides: [],
    untilNs: null,
    toolVersion: '0.0.0',
    sha256: '00',
    scenarioText: '',
    ...extra,
  };
}

export function findingsOf(extra: InputParts = {}): Findings {
  return analyse(input(extra));
}
