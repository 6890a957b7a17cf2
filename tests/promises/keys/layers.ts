/** Parameters of every kind of the catalogue, each changed where it can be felt, and station words on top of them. */
import type { KeyTable, Shown } from './key.ts';
import { layerWords } from './stations.ts';

interface Kind {
  /** Required parameters, with a comma behind each. */
  readonly required: string;
  /** More words of the layer. */
  readonly rest: string;
  /** Whether the bare name of the layer means an operation. */
  readonly hasDefault: boolean;
  /** What the one request class visits. */
  readonly path: string;
  /** The layer as one of another kind. */
  readonly other: string;
  /** Parameter → new value, and where it shows when not in the requests. */
  readonly changes: Readonly<Record<string, string | readonly [value: string, shows: Shown]>>;
}

const OPERATION = 'operations: { ask: [{ serve: { exponential: 5ms } }] }';
const PROXY = '[it, desk]';

const KINDS: Readonly<Record<string, Kind>> = {
  cdn: {
    required: 'for: [view], ',
    rest: 'hit: 50%',
    hasDefault: true,
    path: PROXY,
    other: 'kind: nginx, replicas: 1',
    changes: { hit: '90%', for: '[buy]', edgeTime: '20ms', originTime: '30ms' },
  },
  'go-service': {
    required: 'replicas: 2, ',
    rest: `cores: 1, ${OPERATION}`,
    hasDefault: false,
    path: '[it.ask]',
    other: `kind: java-service, replicas: 2, cores: 1, threads: 1, ${OPERATION}`,
    changes: { replicas: '4', cores: '4' },
  },
  'java-service': {
    required: 'replicas: 2, ',
    rest: `cores: 1, threads: 2, ${OPERATION}`,
    hasDefault: false,
    path: '[it.ask]',
    other: `kind: nginx, replicas: 2, workers: 1, ${OPERATION}`,
    changes: { replicas: '4', cores: '4', threads: '1', threadQueue: '0' },
  },
  kafka: {
    required: 'brokers: 2, ',
    rest: 'ioThreads: 1, work: { exponential: 5ms }',
    hasDefault: true,
    path: '[it]',
    other: 'kind: local-cache',
    changes: { brokers: '4', ioThreads: '4', work: '2ms', acknowledge: '9ms' },
  },
  'local-cache': {
    required: '',
    rest: '',
    hasDefault: true,
    path: '[it, desk]',
    other: 'kind: kafka, brokers: 1',
    changes: { lookup: '1us' },
  },
  lvs: {
    required: 'replicas: 2, ',
    rest: 'cores: 1, work: { exponential: 1ms }',
    hasDefault: true,
    path: PROXY,
    other: 'kind: nginx, replicas: 2',
    changes: { replicas: '4', cores: '4', work: '2ms', wait: '9ms' },
  },
  mysql: {
    required: 'databases: 2, ',
    rest: 'cores: 1, connections: 2, readWork: { exponential: 2ms }, writeWork: { exponential: 2ms }',
    hasDefault: false,
    path: '[it.select, it.insert, it.update]',
    other: 'kind: go-service, replicas: 1, operations: { select: [], insert: [], update: [{ serve: 1ms }] }',
    changes: {
      databases: '4',
      tablesPerDatabase: ['{ value: 8, confidence: cited }', 'ledger'],
      cores: '4',
      readWork: '1ms',
      readWait: '9ms',
      writeWork: '1ms',
      writeWait: '9ms',
      connections: '9',
      acquireTimeout: '10ms',
    },
  },
  nginx: {
    required: 'replicas: 2, ',
    rest: 'workers: 1, work: { exponential: 1ms }',
    hasDefault: true,
    path: PROXY,
    other: 'kind: waf, replicas: 2',
    changes: { replicas: '4', workers: '4', work: '2ms', wait: '9ms' },
  },
  'redis-cluster': {
    required: 'shards: 2, ',
    rest: '',
    hasDefault: true,
    path: '[it.get, it.set, it.script]',
    other: 'kind: go-service, replicas: 1, operations: { get: [], set: [], script: [{ serve: 1ms }] }',
    changes: { shards: '4', command: '1ms', script: '1ms', roundTrip: '2ms' },
  },
  'spring-cloud-gateway': {
    required: 'replicas: 2, ',
    rest: 'cores: 2, work: { exponential: 2ms }',
    hasDefault: true,
    path: PROXY,
    other: 'kind: nginx, replicas: 2',
    changes: { replicas: '4', cores: '4', work: '1ms', wait: '9ms' },
  },
  waf: {
    required: 'replicas: 2, ',
    rest: 'cores: 2, work: { exponential: 2ms }',
    hasDefault: true,
    path: PROXY,
    other: 'kind: nginx, replicas: 2',
    changes: { replicas: '4', cores: '4', work: '1ms', wait: '9ms' },
  },
};

/** Two classes, of which the second lets the rest of a path be seen. */
function site({ required, rest, path }: Kind, kind: string): string {
  return `
scenario: kinds
clock: { lasts: 300ms, warmUp: 100ms, window: 100ms }
traffic: { rate: 600/s, mix: { view: 70%, buy: 30% } }
layers:
  it: { kind: ${kind}, ${required}${rest} }
stations:
  desk: { servers: 4, service: 1ms }
requests:
  view: { path: ${path} }
  buy: { path: ${path} }
`;
}

function parameters(kind: string, spec: Kind): KeyTable {
  const base = { text: site(spec, kind) };
  const changes = Object.entries(spec.changes).map(([name, change]) => {
    const [value, shows] = typeof change === 'string' ? ([change, 'requests'] as const) : change;
    return [`layers.*(${kind}).${name}`, { base, set: [`layers.it.${name}=${value}`], shows }] as const;
  });
  const other = { base, set: [`layers.it={ ${spec.other} }`], shows: 'requests' as const };
  return { ...Object.fromEntries(changes), [`layers.*(${kind}).kind`]: other };
}

/** Parameters come last: where a word is one of them too (replicas, threads), they are what a single value means. */
export const LAYER_KEYS: KeyTable = Object.fromEntries(
  Object.entries(KINDS).flatMap(([kind, spec]) => [
    ...Object.entries(
      layerWords(
        kind,
        spec.required.replace('view', 'ask').replace('replicas: 2', 'replicas: 3'),
        spec.hasDefault,
      ),
    ),
    ...Object.entries(parameters(kind, spec)),
  ]),
);
