/** Scenarios in station words, written as briefly as the language would: everything not said has its plain default. */
import type {
  Balance,
  DistributionSpec,
  Host,
  OpenTraffic,
  RequestClass,
  Scenario,
  Station,
  Step,
  TokenBucket,
} from '../../src/scenario/types.ts';

export const NO_FILES: ReadonlyMap<string, string> = new Map();

export type AnyStep = Step;

export const ms = 1e6;
export const seconds = 1e9;

export const constant = (meanNs: number): DistributionSpec => ({ family: 'constant', meanNs });
export const exponential = (meanNs: number): DistributionSpec => ({ family: 'exponential', meanNs });

const BALANCE: Balance = { policy: 'round-robin', choices: 2, weights: null, shared: false, keys: null };

export function balance(policy: Balance['policy'], rest: Partial<Balance> = {}): Balance {
  return { ...BALANCE, policy, ...rest };
}

export function station(rest: Partial<Station> = {}): Station {
  return {
    replicas: 1,
    balance: BALANCE,
    servers: null,
    discipline: 'fcfs',
    waitingRoomMax: Infinity,
    service: null,
    threads: null,
    pool: null,
    limits: [],
    on: null,
    region: null,
    layer: '',
    pricePerReplicaHour: null,
    operations: {},
    ...rest,
  };
}

/** One server, exponential service of 1 ms. */
export function desk(rest: Partial<Station> = {}): Station {
  return station({ servers: 1, service: exponential(ms), ...rest });
}

export function threads(count: number, acquireTimeoutNs: number | null = null): Station['threads'] {
  return { count, waitingRoomMax: Infinity, acquireTimeoutNs };
}

export function pool(perCaller: number, acquireTimeoutNs: number | null = null): Station['pool'] {
  return { perCaller, waitingRoomMax: Infinity, acquireTimeoutNs };
}

export function bucket(ratePerSec: number, rest: Partial<TokenBucket> = {}): TokenBucket {
  return { algorithm: 'token-bucket', ratePerSec, burst: 10, scope: 'replica', name: null, ...rest };
}

export function request(path: readonly string[], rest: Partial<RequestClass> = {}): RequestClass {
  return { path, priority: 0, timeoutNs: null, value: null, ...rest };
}

/** A machine like the reference: what runs on it takes exactly its reference time. */
export const NEUTRAL_HOST: Host = {
  sockets: 1,
  cores: 8,
  smt: 1,
  clockGhz: 2.6,
  referenceClockGhz: 2.6,
  memoryGib: 64,
  numa: 'bound',
  pageKib: 4,
  hugePageCoverage: 0,
  smtYield: 1.25,
  remoteLatencyRatio: 1.75,
  memoryStallShare: 0.3,
  pageWalkShare: 0.06,
  usl: null,
  pricePerHour: null,
};

export function openTraffic(ratePerSec: number, mix: Readonly<Record<string, number>>): OpenTraffic {
  return {
    model: 'open',
    scale: 1,
    curve: [{ atNs: 0, ratePerSec, shape: 'step', phase: null }],
    arrivals: { process: 'poisson' },
    noise: null,
    mix: [{ atNs: 0, shares: mix }],
    regions: [],
  };
}

export type Parts = Partial<Omit<Scenario, 'stations' | 'requests'>> & {
  readonly stations: Readonly<Record<string, Station>>;
  readonly requests: Readonly<Record<string, RequestClass>>;
  readonly ratePerSec?: number;
};

/** Traffic is one Poisson stream, classes in equal parts, unless said otherwise. */
export function scenario({ stations, requests, ratePerSec = 100, ...rest }: Parts): Scenario {
  const names = Object.keys(requests);
  const mix = Object.fromEntries(names.map((name) => [name, 1 / names.length]));
  const layered = Object.entries(stations).map(([name, each]) => [
    name,
    { ...each, layer: each.layer || name },
  ]);
  return {
    id: 'test',
    alerts: [],
    title: null,
    description: null,
    seed: 'test',
    clock: { from: null, lastsNs: 100 * seconds, warmUpNs: 10 * seconds, windowNs: seconds },
    traffic: [openTraffic(ratePerSec, mix)],
    disturbances: [],
    rttNs: {},
    hosts: {},
    stations: Object.fromEntries(layered) as Scenario['stations'],
    requests,
    budgets: [],
    claimsFile: null,
    ...rest,
  };
}

export const serve = (time: DistributionSpec, at: string | null = null): Step => ({
  verb: 'serve',
  time,
  at,
});
export const delay = (time: DistributionSpec, label: string | null = null): Step => ({
  verb: 'delay',
  time,
  label,
});
export const forward: Step = { verb: 'forward' };
export const reply: Step = { verb: 'reply' };
export const send = (target: string): Step => ({ verb: 'send', target });
export const fail = (probability: number): Step => ({ verb: 'fail', probability });

type CallStep = Extract<Step, { verb: 'call' }>;

export function call(target: string, rest: Partial<Omit<CallStep, 'verb' | 'target'>> = {}): CallStep {
  return { verb: 'call', target, timeoutNs: null, retry: null, onFailure: 'fail', ...rest };
}

export function retry(
  attempts: number,
  budget: { ratio: number; burst: number } | null = null,
): CallStep['retry'] {
  return { attempts, backoff: { baseNs: ms, capNs: 10 * ms, jitter: 'none' }, budget };
}

export function parallel(join: 'all' | 'any', ...branches: readonly (readonly Step[])[]): Step {
  return { verb: 'parallel', branches, join };
}

export function choose(...options: readonly (readonly [number, readonly Step[]])[]): Step {
  return { verb: 'choose', options: options.map(([share, steps]) => ({ share, steps })) };
}

export function repeat(law: 'constant' | 'geometric', mean: number, ...steps: readonly Step[]): Step {
  return { verb: 'repeat', times: { law, mean }, steps };
}

type CacheStep = Extract<Step, { verb: 'cache' }>;

export function cache(hitRatio: number, rest: Partial<Omit<CacheStep, 'verb' | 'hitRatio'>> = {}): CacheStep {
  return { verb: 'cache', target: null, hitRatio, classes: null, onHit: [], onMiss: [], ...rest };
}
