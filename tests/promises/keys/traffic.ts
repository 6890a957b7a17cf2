/** Keys of traffic, as one source and as one of a list. */
import { SITE } from './file.ts';
import { tableOf, type KeyTable, type Shown } from './key.ts';

const FILES = {
  'a.csv': 'seconds,rps,more\n0,200,300\n1,200,300\n',
  'b.csv': 'seconds,rps\n0,400\n1,400\n',
  'late.csv': 'seconds,then,rps\n0,0,200\n0.1,0.2,800\n1,1,800\n',
  'arrivals.csv': 'at\n0.01\n0.02\n0.03\n',
  'others.csv': 'at\n0.01\n0.02\n',
};

const MIX = 'mix: { view: 50%, buy: 50% }';

type Row = readonly [given: readonly string[], set: readonly string[], shows: Shown];

/** What each key is changed to; `*` stands for the source. */
const ROWS: Readonly<Record<string, Row>> = {
  '*.rate': [[], ['*.rate=300/s'], 'requests'],
  '*.scale': [[], ['*.scale=1.5'], 'requests'],
  '*.arrivals': [[], ['*.arrivals=deterministic'], 'requests'],
  '*.arrivals.renewal': [
    ['*.arrivals={ renewal: { constant: 1s } }'],
    ['*.arrivals.renewal={ exponential: 1s }'],
    'requests',
  ],
  '*.arrivals.batch': [['*.arrivals={ batch: { size: 2 } }'], ['*.arrivals.batch={ mean: 2 }'], 'requests'],
  '*.arrivals.batch.size': [['*.arrivals={ batch: { size: 2 } }'], ['*.arrivals.batch.size=4'], 'requests'],
  '*.arrivals.batch.mean': [['*.arrivals={ batch: { mean: 2 } }'], ['*.arrivals.batch.mean=4'], 'requests'],
  '*.arrivals.mmpp': [
    ...mmpp('mmpp=[{ factor: 1, for: 50ms }, { factor: 3, for: 20ms }, { factor: 0, for: 9ms }]'),
  ],
  '*.arrivals.mmpp[].factor': [...mmpp('mmpp[0].factor=2')],
  '*.arrivals.mmpp[].for': [...mmpp('mmpp[0].for=5ms')],
  '*.noise': [[], ['*.noise={ cv: 50%, correlation: 50ms }'], 'requests'],
  '*.noise.cv': [['*.noise={ cv: 20%, correlation: 50ms }'], ['*.noise.cv=60%'], 'requests'],
  '*.noise.correlation': [
    ['*.noise={ cv: 20%, correlation: 50ms }'],
    ['*.noise.correlation=5ms'],
    'requests',
  ],
  '*.mix': [[], ['*.mix={ view: 10%, buy: 90% }'], 'requests'],
  '*.mix[].at': [...mix('mix[1].at=200ms')],
  '*.mix[].shares': [...mix('mix[1].shares={ view: 50%, buy: 50% }')],
  '*.regions': [...regions('regions={ west: 10%, east: 90% }')],
  '*.regions[].at': [...regions('regions[1].at=200ms')],
  '*.regions[].shares': [...regions('regions[1].shares={ west: 50%, east: 50% }')],
  '*.curve': [...curve('curve=[{ at: 0s, rate: 100/s }]')],
  '*.curve[].at': [...curve('curve[1].at=250ms')],
  '*.curve[].rate': [...curve('curve[1].rate=2000/s')],
  '*.curve[].shape': [...curve('curve[1].shape=step')],
  '*.curve[].phase': [...curve('curve[1].phase=late', 'phases')],
  '*.rates': [...rates('rates={ csv: b.csv, time: seconds, rate: rps }')],
  '*.rates.csv': [...rates('rates.csv=b.csv')],
  '*.rates.time': [
    ['*={ rates: { csv: late.csv, time: seconds, rate: rps }, mix: { view: 50%, buy: 50% } }'],
    ['*.rates.time=then'],
    'requests',
  ],
  '*.rates.rate': [...rates('rates.rate=more')],
  '*.trace': [...trace('trace={ csv: others.csv }')],
  '*.trace.csv': [...trace('trace.csv=others.csv')],
  '*.closed': [...closed('closed={ users: 2, think: 1ms }')],
  '*.closed.users': [...closed('closed.users=2')],
  '*.closed.think': [...closed('closed.think=1ms')],
};

function mmpp(change: string): Row {
  return [
    ['*.arrivals={ mmpp: [{ factor: 1, for: 50ms }, { factor: 3, for: 20ms }] }'],
    [`*.arrivals.${change}`],
    'requests',
  ];
}

function mix(change: string): Row {
  const list =
    '[{ at: 0s, shares: { view: 90%, buy: 10% } }, { at: 100ms, shares: { view: 10%, buy: 90% } }]';
  return [[`*.mix=${list}`], [`*.${change}`], 'requests'];
}

/** Distances make regions matter: whoever comes from the west is 20 ms away. */
function regions(change: string): Row {
  const list =
    '[{ at: 0s, shares: { west: 90%, east: 10% } }, { at: 100ms, shares: { west: 10%, east: 90% } }]';
  const far = ['network={ rtt: { west: { east: 20ms } } }', 'stations.desk.region=east'];
  return [[...far, `*.regions=${list}`], [`*.${change}`], 'requests'];
}

function curve(change: string, shows: Shown = 'requests'): Row {
  const given = `*={ curve: [{ at: 0s, rate: 200/s }, { at: 150ms, rate: 800/s }], ${MIX} }`;
  return [[given], [`*.${change}`], shows];
}

function rates(change: string): Row {
  return [[`*={ rates: { csv: a.csv, time: seconds, rate: rps }, ${MIX} }`], [`*.${change}`], 'requests'];
}

function trace(change: string): Row {
  return [[`*={ trace: { csv: arrivals.csv }, ${MIX} }`], [`*.${change}`], 'requests'];
}

function closed(change: string): Row {
  return [[`*={ closed: { users: 3, think: { exponential: 5ms } }, ${MIX} }`], [`*.${change}`], 'requests'];
}

const LIST = SITE.replace(/^traffic: (.*)$/m, 'traffic: [$1, { rate: 50/s, mix: { view: 100% } }]');

const isRegional = (name: string): boolean => name.includes('.regions');

/** `others`: what the other sources need where regions matter. */
function rowsFor(key: string, path: string, others: readonly string[] = []): Record<string, Row> {
  const named = (text: string): string => text.replace(/^\*/, path);
  return Object.fromEntries(
    Object.entries(ROWS).map(([name, [given, set, shows]]) => [
      name.replace('*', key),
      [[...given.map(named), ...(isRegional(name) ? others : [])], set.map(named), shows],
    ]),
  );
}

export const TRAFFIC_KEYS: KeyTable = {
  ...tableOf(
    SITE,
    { traffic: [[], ['traffic.rate=300/s'], 'requests'], ...rowsFor('traffic', 'traffic') },
    FILES,
  ),
  ...tableOf(LIST, rowsFor('traffic[]', 'traffic[0]', ['traffic[1].regions={ west: 100% }']), FILES),
};
