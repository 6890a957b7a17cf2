/** Words of a station, written on a plain station and on a layer of every kind. */
import type { Entry, KeyTable, Shown } from './key.ts';

/**
 * The probe is asked by a front of two replicas and has an operation of its own; beside it stands another station with a
 * limit that several may share. HEAD and TAIL embrace the probe, written as a station or as a layer.
 */
const HEAD = `
scenario: words
clock: { lasts: 300ms, warmUp: 100ms, window: 100ms }
traffic: { rate: 1000/s, mix: { ask: 50%, pass: 50% }, regions: { east: 100% } }
network: { rtt: { east: { west: 10ms } } }
hosts: { machine: { cores: 1, clock: 3 GHz, referenceClock: 2 GHz } }
`;
const TAIL = `
requests:
  ask: { path: [front.go] }
  pass: { path: [other] }
`;
const OTHERS = `
  front: { replicas: 2, region: east, operations: { go: [{ call: probe.ask }] } }
  other: { servers: unlimited, service: 1ms, limit: { rate: 300/s, burst: 5, scope: global, name: shared } }
`;
const OWN =
  'replicas: 3, servers: 1, discipline: fcfs, balance: round-robin, operations: { ask: [{ serve: { exponential: 4ms } }] }';

type Row = readonly [given: readonly string[], set: readonly string[], shows: Shown];
const LIMIT = 'limit={ rate: 100/s, burst: 5 }';
const SHARED = 'limit={ rate: 300/s, burst: 5, scope: global, name: mine }';
const POPULAR = 'balance={ policy: key-hash, keys: { count: 20, zipf: 1 } }';

/** Changes of one word, relative to the probe. */
const WORDS: Readonly<Record<string, Row>> = {
  replicas: [[], ['replicas=4'], 'requests'],
  balance: [[], ['balance=random'], 'requests'],
  'balance.policy': [['balance={ policy: round-robin }'], ['balance.policy=random'], 'requests'],
  'balance.choices': [['balance={ policy: power-of-d, choices: 2 }'], ['balance.choices=3'], 'requests'],
  'balance.weights': [
    ['balance={ policy: weighted-round-robin, weights: [1, 1, 1] }'],
    ['balance.weights=[5, 1, 1]'],
    'requests',
  ],
  'balance.shared': [['balance={ policy: round-robin }'], ['balance.shared=true'], 'requests'],
  'balance.keys': [['balance={ policy: key-hash }'], ['balance.keys={ count: 20, zipf: 1 }'], 'requests'],
  'balance.keys.count': [[POPULAR], ['balance.keys.count=400'], 'requests'],
  'balance.keys.zipf': [[POPULAR], ['balance.keys.zipf=2'], 'requests'],
  servers: [[], ['servers=2'], 'requests'],
  discipline: [[], ['discipline=lifo'], 'requests'],
  waitingRoom: [[], ['waitingRoom=0'], 'requests'],
  threads: [[], ['threads=9'], 'stations'],
  'threads.count': [['threads={ count: 9 }'], ['threads.count=1'], 'stations'],
  'threads.waitingRoom': [['threads={ count: 1 }'], ['threads.waitingRoom=0'], 'requests'],
  'threads.acquireTimeout': [['threads={ count: 1 }'], ['threads.acquireTimeout=1ms'], 'requests'],
  pool: [[], ['pool={ perCaller: 1 }'], 'stations'],
  'pool.perCaller': [['pool={ perCaller: 2 }'], ['pool.perCaller=1'], 'stations'],
  'pool.waitingRoom': [['pool={ perCaller: 1 }'], ['pool.waitingRoom=0'], 'requests'],
  'pool.acquireTimeout': [['pool={ perCaller: 1 }'], ['pool.acquireTimeout=1ms'], 'requests'],
  limit: [[], [LIMIT], 'requests'],
  'limit.rate': [[LIMIT], ['limit.rate=20/s'], 'requests'],
  'limit.burst': [[LIMIT], ['limit.burst=1'], 'requests'],
  'limit.scope': [[LIMIT], ['limit.scope=service'], 'requests'],
  'limit.name': [[SHARED], ['limit.name=shared'], 'requests'],
  'limit[].rate': [[listed(LIMIT)], ['limit[0].rate=20/s'], 'requests'],
  'limit[].burst': [[listed(LIMIT)], ['limit[0].burst=1'], 'requests'],
  'limit[].scope': [[listed(LIMIT)], ['limit[0].scope=service'], 'requests'],
  'limit[].name': [[listed(SHARED)], ['limit[0].name=shared'], 'requests'],
  on: [[], ['on=machine'], 'requests'],
  region: [['region=east'], ['region=west'], 'requests'],
  layer: [[], ['layer=elsewhere'], 'layers'],
  price: [[], ['price=1 CNY/h'], 'cost'],
  operations: [[], ['operations={ ask: [{ serve: 1ms }] }'], 'requests'],
};

/** There is one algorithm so far; any other is refused. */
const ONLY: Readonly<Record<string, Row>> = {
  'limit.algorithm': [[LIMIT], ['limit.algorithm=leaky-bucket'], 'limiters'],
  'limit[].algorithm': [[listed(LIMIT)], ['limit[0].algorithm=leaky-bucket'], 'limiters'],
};

function listed(limit: string): string {
  return limit.replace('{', '[{').replace(/}$/, '}]');
}

/** The plain visit of a kind without a default operation. */
const SERVICE: Row = [['service=1ms'], ['service=3ms'], 'requests'];

function entriesFor(key: string, path: string, text: string, rows: Readonly<Record<string, Row>>): KeyTable {
  const named = (each: string): string => `${path}.${each}`;
  return Object.fromEntries(
    Object.entries(rows).map(([word, [given, set, shows]]) => {
      const base = { text, set: given.map(named) };
      const change = set.map(named);
      const entry = word in ONLY ? { base, set: change, refused: 'HF104' } : { base, set: change, shows };
      return [`${key}.${word}`, entry];
    }),
  );
}

const STATION = `${HEAD}stations:${OTHERS}  probe: { ${OWN} }${TAIL}`;
const plainly = (text: string): string => text.replace('probe.ask', 'probe');

export const STATION_KEYS: KeyTable = {
  ...entriesFor('stations.*', 'stations.probe', STATION, { ...WORDS, ...ONLY }),
  ...entriesFor('stations.*', 'stations.probe', plainly(STATION), { service: SERVICE }),
};

/** Where the bare name of a layer means an operation of its preset, a service time would be nobody's. */
function service(key: string, path: string, text: string, hasDefault: boolean): KeyTable {
  if (!hasDefault) return entriesFor(key, path, text, { service: SERVICE });
  const entry: Entry = { base: { text }, set: [`${path}.service=3ms`], warned: 'HF313' };
  return { [`${key}.service`]: entry };
}

/** All words of a station on a layer of this kind; `required` gives the kind what it needs. */
export function layerWords(kind: string, required: string, hasDefault: boolean): KeyTable {
  // A size that is both a parameter and a word is said once.
  const own = required.includes('replicas:') ? OWN.replace('replicas: 3, ', '') : OWN;
  const text = `${HEAD}layers:\n  probe: { kind: ${kind}, ${required}${own} }\nstations:${OTHERS}${TAIL}`;
  const key = `layers.*(${kind})`;
  return {
    ...entriesFor(key, 'layers.probe', text, { ...WORDS, ...ONLY }),
    ...service(key, 'layers.probe', plainly(text), hasDefault),
  };
}
