/** Parameters of every kind of the catalogue, each changed where it can be felt, and station words on top of them. */
import type { KeyTable, Shown } from './key.ts';
import { layerWords } from './stations.ts';

interface Kind {
  /** Required parameters, with a comma behind each. */
  readonly required: string;
  /** More words of the layer. */
  readonly rest: string;
  /** What the one request class visits. */
  readonly path: string;
  /** Parameter → new value, and where it shows; another kind for `kind`. */
  readonly changes: Readonly<Record<string, string | readonly [value: string, shows: Shown]>>;
}

const OPERATION = 'operations: { ask: [{ serve: { exponential: 5ms } }] }';
const PROXY = '[it, desk]';

const KINDS: Readonly<Record<string, Kind>> = {
  cdn: {
    required: 'for: [view], ',
    rest: 'hit: 50%',
    path: PROXY,
    changes: { kind: '', hit: '90%', for: '[buy]', edgeTime: '20ms', originTime: '30ms' },
  },
  'go-service': {
    required: 'replicas: 2, ',
    rest: `cores: 1, ${OPERATION}`,
    path: '[it.ask]',
    changes: { kind: 'java-service', replicas: '4', cores: '4' },
  },
  'java-service': {
    required: 'replicas: 2, ',
    rest: `cores: 1, ${OPERATION}`,
    path: '[it.ask]',
    changes: { kind: 'go-service', replicas: '4', cores: '4', threads: '1', threadQueue: ['1', 'requests'] },
  },
  kafka: {
    required: 'brokers: 2, ',
    rest: 'ioThreads: 1, work: { exponential: 5ms }',
    path: '[it]',
    changes: { brokers: '4', ioThreads: '4', work: '2ms', acknowledge: '9ms' },
  },
  'local-cache': { required: '', rest: '', path: '[it, desk]', changes: { lookup: '1us' } },
  lvs: {
    required: 'replicas: 2, ',
    rest: 'cores: 1, work: { exponential: 1ms }',
    path: PROXY,
    changes: { replicas: '4', cores: '4', work: '2ms', wait: '9ms' },
  },
  mysql: {
    required: 'databases: 2, ',
    rest: 'cores: 1, connections: 2, readWork: { exponential: 2ms }, writeWork: { exponential: 2ms }',
    path: '[it.select, it.insert, it.update]',
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
    path: PROXY,
    changes: { replicas: '4', workers: '4', work: '2ms', wait: '9ms' },
  },
  'redis-cluster': {
    required: 'shards: 2, ',
    rest: '',
    path: '[it.get, it.set, it.script]',
    changes: { shards: '4', command: '1ms', script: '1ms', roundTrip: '2ms' },
  },
  'spring-cloud-gateway': {
    required: 'replicas: 2, ',
    rest: 'cores: 2, work: { exponential: 2ms }',
    path: PROXY,
    changes: { replicas: '4', cores: '4', work: '1ms', wait: '9ms' },
  },
  waf: {
    required: 'replicas: 2, ',
    rest: 'cores: 2, work: { exponential: 2ms }',
    path: PROXY,
    changes: { replicas: '4', cores: '4', work: '1ms', wait: '9ms' },
  },
};
