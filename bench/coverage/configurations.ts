/** What is simulated: small networks whose true answers are known, written in the scenario language. */

export type Network =
  | { readonly kind: 'mmc'; readonly serverCount: number }
  | { readonly kind: 'mg1' }
  | { readonly kind: 'tandem' }
  | { readonly kind: 'layered' };

/** A class `customer` over one or more stations; wait and utilization are read at `group`. */
export interface Configuration {
  readonly id: string;
  readonly title: string;
  readonly network: Network;
  /** Of the fullest station, as planned: it sets the length of a replication. */
  readonly utilization: number;
  readonly requestsPerSec: number;
  readonly group: string;
  /** Stations and path. */
  readonly body: readonly string[];
}

/** Mean service time of every server and connection. */
export const SERVICE_SEC = 1e-3;
/** Squared coefficient of variation of the lognormal service. */
export const LOGNORMAL_SCV = 1;
/** A thread works for a mean of `beforeSec`, then holds on while the database answers. */
export const LAYERED = { threadCount: 4, beforeSec: 0.5e-3, connectionCount: 2 };

const EXPONENTIAL = '{ exponential: 1ms }';
const PATH_DESK = 'requests: { customer: { path: [desk] } }';

function manyServers(serverCount: number, utilization: number): Configuration {
  return {
    id: `mm${serverCount}-${utilization * 100}`,
    title: `M/M/${serverCount}, ρ ${utilization}`,
    network: { kind: 'mmc', serverCount },
    utilization,
    requestsPerSec: (serverCount * utilization) / SERVICE_SEC,
    group: 'desk',
    body: [`stations: { desk: { servers: ${serverCount}, service: ${EXPONENTIAL} } }`, PATH_DESK],
  };
}

function lognormal(utilization: number): Configuration {
  const cv = Math.sqrt(LOGNORMAL_SCV);
  return {
    id: `mg1-${utilization * 100}`,
    title: `M/G/1, lognormal with CV ${cv}, ρ ${utilization}`,
    network: { kind: 'mg1' },
    utilization,
    requestsPerSec: utilization / SERVICE_SEC,
    group: 'desk',
    body: [`stations: { desk: { servers: 1, service: { lognormal: { mean: 1ms, cv: ${cv} } } } }`, PATH_DESK],
  };
}

/** Two M/M/1 in a row; the second is looked at. */
function tandem(utilization: number): Configuration {
  return {
    id: `tandem-${utilization * 100}`,
    title: `two M/M/1 in tandem, ρ ${utilization}`,
    network: { kind: 'tandem' },
    utilization,
    requestsPerSec: utilization / SERVICE_SEC,
    group: 'second',
    body: [
      'stations:',
      `  first: { servers: 1, service: ${EXPONENTIAL} }`,
      `  second: { servers: 1, service: ${EXPONENTIAL} }`,
      'requests: { customer: { path: [first, second] } }',
    ],
  };
}

/** Threads held through a call; wait and utilization are those of the threads. */
function layered(utilization: number, requestsPerSec: number): Configuration {
  const { threadCount, connectionCount } = LAYERED;
  return {
    id: `layered-${utilization * 100}`,
    title: `layered, ${threadCount} threads held, ρ ${utilization}`,
    network: { kind: 'layered' },
    utilization,
    requestsPerSec,
    group: 'web.threads',
    body: [
      'stations:',
      '  web:',
      `    threads: ${threadCount}`,
      '    operations: { page: [{ delay: { exponential: 500us } }, { call: database.read }] }',
      '  database:',
      `    threads: ${connectionCount}`,
      `    operations: { read: [{ delay: ${EXPONENTIAL} }] }`,
      'requests: { customer: { path: [web.page] } }',
    ],
  };
}

export const CONFIGURATIONS: readonly Configuration[] = [
  manyServers(1, 0.5),
  manyServers(1, 0.8),
  manyServers(1, 0.9),
  manyServers(16, 0.7),
  lognormal(0.5),
  lognormal(0.8),
  tandem(0.7),
  layered(0.6, 1_312),
];

/** @throws {RangeError} when there is none of that name. */
export function configurationOf(id: string): Configuration {
  const found = CONFIGURATIONS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`no configuration ${id}`);
  return found;
}
