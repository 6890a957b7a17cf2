/** Keys of the file itself, its clock, its budgets, its requests and its hosts. */
import { tableOf, type KeyTable } from './key.ts';

/** Two classes at one desk that is 60 % busy, for a third of a second. */
export const SITE = `
scenario: site
clock: { lasts: 300ms, warmUp: 100ms, window: 100ms }
traffic: { rate: 600/s, mix: { view: 50%, buy: 50% } }
stations:
  desk: { servers: 1, service: { exponential: 1ms } }
requests:
  view: { path: [desk] }
  buy: { path: [desk] }
`;

const CLAIM = (text: string): string => `[{ id: c, source: s, says: x, finding: ${text}, about: [desk] }]`;
const BROKEN = 'budgets=[{ id: b, target: "*", expect: "goodput > 1M/s", minSamples: 1 }]';
const BUDGET = 'budgets=[{ id: b, target: "*", expect: "p50 < 100ms" }]';
const PHASES =
  'traffic={ curve: [{ at: 0s, rate: 600/s, phase: one }, { at: 150ms, rate: 600/s, phase: two }, { at: 250ms, rate: 600/s, phase: three }], mix: { view: 100% } }';

const FILE = tableOf(
  SITE,
  {
    scenario: [[], ['scenario=other'], 'text'],
    title: [[], ['title=The night'], 'text'],
    description: [[], ['description=What it is about'], 'page'],
    seed: [[], ['seed=other'], 'requests'],
    claims: [['claims=a.yaml'], ['claims=b.yaml'], 'claims'],
    clock: [[], ['clock={ lasts: 200ms, warmUp: 100ms, window: 100ms }'], 'requests'],
    'clock.from': [[], ['clock.from="2025-11-10T23:58:00+08:00"'], 'page'],
    'clock.lasts': [[], ['clock.lasts=200ms'], 'requests'],
    'clock.warmUp': [[], ['clock.warmUp=20ms'], 'requests'],
    'clock.window': [[], ['clock.window=50ms'], 'timeline'],
    requests: [[], ['requests={ view: { path: [desk, desk] }, buy: { path: [desk] } }'], 'requests'],
    'requests.*.path': [[], ['requests.view.path=[desk, desk]'], 'requests'],
    'requests.*.priority': [['stations.desk.discipline=priority'], ['requests.view.priority=1'], 'requests'],
    'requests.*.timeout': [[], ['requests.view.timeout=1ms'], 'requests'],
    'requests.*.value': [['stations.desk.price=1 CNY/h'], ['requests.view.value=1 CNY'], 'cost'],
    stations: [[], ['stations={ desk: { servers: 2, service: 1ms } }'], 'requests'],
    layers: [[], ['layers={ front: { kind: go-service, replicas: 1, service: 1ms } }'], 'stations'],
    hosts: [
      ['hosts={ machine: { cores: 1 } }', 'stations.desk={ on: machine, service: 1ms }'],
      ['hosts={ machine: { cores: 2 } }'],
      'stations',
    ],
    network: [...regions([], ['network={ rtt: { west: { east: 40ms } } }'])],
    'network.rtt': [...regions([], ['network.rtt={ west: { east: 40ms } }'])],
  },
  { 'a.yaml': CLAIM('one'), 'b.yaml': CLAIM('two') },
);

function regions(given: readonly string[], set: readonly string[]) {
  const site = [
    'traffic.regions={ west: 100% }',
    'network={ rtt: { west: { east: 10ms } } }',
    'stations.desk.region=east',
  ];
  return [[...site, ...given], set, 'requests'] as const;
}

const BASELINE =
  'budgets=[{ id: b, target: "*", expect: "p50 < 100ms", baseline: { max: +3%, floor: 1ms } }]';
const during = (window: string): string =>
  `budgets=[{ id: b, target: "*", expect: "mean < 100ms", minSamples: 1, window: ${window} }]`;

/** Windows as a setting for all budgets. */
function stretchDefaults() {
  const given = (window: string): string[] => [PHASES, BUDGET, `budgetDefaults={ window: ${window} }`];
  const row = (window: string, key: string, value: string) =>
    [
      `budgetDefaults.window.${key}`,
      [given(window), [`budgetDefaults.window.${key}=${value}`], 'budgets'],
    ] as const;
  return Object.fromEntries([
    row('{ from: 0s, to: 300ms }', 'from', '200ms'),
    row('{ from: 0s, to: 300ms }', 'to', '100ms'),
    row('{ after: one }', 'after', 'two'),
    row('{ worst: 100ms }', 'worst', '200ms'),
    row('{ worst: 100ms, within: one }', 'within', 'two'),
    row('{ slices: 100ms, good: 99% }', 'slices', '300ms'),
    row('{ slices: 100ms, good: 99% }', 'good', '50%'),
  ]);
}

const BUDGETS = tableOf(SITE, {
  budgets: [[], [BUDGET], 'budgets'],
  'budgets[].id': [[BUDGET], ['budgets[0].id=other'], 'budgets'],
  'budgets[].target': [[BUDGET], ['budgets[0].target=request:buy'], 'budgets'],
  'budgets[].expect': [[BUDGET, 'budgets[0].minSamples=1'], ['budgets[0].expect=p50 < 1us'], 'verdict'],
  'budgets[].window': [[PHASES, BUDGET], ['budgets[0].window=two'], 'budgets'],
  'budgets[].level': [
    [BUDGET, 'budgets[0].expect=p50 < 1us', 'budgets[0].minSamples=1'],
    ['budgets[0].level=warn'],
    'verdict',
  ],
  'budgets[].minSamples': [[BUDGET], ['budgets[0].minSamples=10'], 'verdict'],
  'budgets[].why': [[BUDGET], ['budgets[0].why=because'], 'page'],
  'budgets[].owner': [[BUDGET], ['budgets[0].owner=the shop'], 'page'],
  'budgets[].runbook': [[BUDGET], ['budgets[0].runbook=wiki/desk'], 'page'],
  'budgets[].warn': [[BUDGET, 'budgets[0].minSamples=1'], ['budgets[0].warn=p50 < 1us'], 'page'],
  'budgets[].confidence': [[BUDGET], ['budgets[0].confidence=90%'], 'budgets'],
  'budgets[].baseline': [[BUDGET], ['budgets[0].baseline={ max: +3% }'], 'budgets'],
  'budgets[].baseline.max': [[BASELINE], ['budgets[0].baseline.max=+5%'], 'budgets'],
  'budgets[].baseline.floor': [[BASELINE], ['budgets[0].baseline.floor=2ms'], 'budgets'],
  'budgets[].window.from': [[during('{ from: 0s, to: 300ms }')], ['budgets[0].window.from=200ms'], 'budgets'],
  'budgets[].window.to': [[during('{ from: 0s, to: 300ms }')], ['budgets[0].window.to=100ms'], 'budgets'],
  'budgets[].window.after': [[PHASES, during('one')], ['budgets[0].window={ after: one }'], 'budgets'],
  'budgets[].window.worst': [[during('{ worst: 100ms }')], ['budgets[0].window.worst=200ms'], 'budgets'],
  'budgets[].window.within': [
    [PHASES, during('{ worst: 100ms, within: one }')],
    ['budgets[0].window.within=two'],
    'budgets',
  ],
  'budgets[].window.slices': [
    [during('{ slices: 100ms, good: 99% }')],
    ['budgets[0].window.slices=300ms'],
    'budgets',
  ],
  'budgets[].window.good': [
    [during('{ slices: 100ms, good: 99% }')],
    ['budgets[0].window.good=50%'],
    'budgets',
  ],
  'budgets[].abort': [[BROKEN], ['budgets[0].abort={ after: 100ms }'], 'stop'],
  'budgets[].abort.after': [
    [BROKEN, 'budgets[0].abort={ after: 100ms }'],
    ['budgets[0].abort.after=200ms'],
    'stop',
  ],
  budgetDefaults: [[BUDGET], ['budgetDefaults={ minSamples: 10 }'], 'verdict'],
  'budgetDefaults.window': [[PHASES, BUDGET, 'budgetDefaults={}'], ['budgetDefaults.window=two'], 'budgets'],
  'budgetDefaults.level': [
    [BUDGET, 'budgets[0].expect=p50 < 1us', 'budgetDefaults={ minSamples: 1 }'],
    ['budgetDefaults.level=warn'],
    'verdict',
  ],
  ...stretchDefaults(),
  'budgetDefaults.confidence': [[BUDGET, 'budgetDefaults={}'], ['budgetDefaults.confidence=90%'], 'budgets'],
  'budgetDefaults.baseline': [
    [BUDGET, 'budgetDefaults={}'],
    ['budgetDefaults.baseline={ max: 3% }'],
    'budgets',
  ],
  'budgetDefaults.baseline.max': [
    [BUDGET, 'budgetDefaults={ baseline: { max: 3%, floor: 1ms } }'],
    ['budgetDefaults.baseline.max=5%'],
    'budgets',
  ],
  'budgetDefaults.baseline.floor': [
    [BUDGET, 'budgetDefaults={ baseline: { max: 3%, floor: 1ms } }'],
    ['budgetDefaults.baseline.floor=0.1%'],
    'budgets',
  ],
  'budgetDefaults.minSamples': [[BUDGET, 'budgetDefaults={}'], ['budgetDefaults.minSamples=10'], 'verdict'],
});

const ALERT = 'alerts=[{ id: busy, target: "*", when: throughput > 1/s, over: 200ms, for: 100ms }]';

const ALERTS = tableOf(SITE, {
  alerts: [[], [ALERT], 'alerts'],
  'alerts[].id': [[ALERT], ['alerts[0].id=other'], 'alerts'],
  'alerts[].target': [[ALERT], ['alerts[0].target=request:buy'], 'alerts'],
  'alerts[].when': [[ALERT], ['alerts[0].when=throughput > 1G/s'], 'alerts'],
  'alerts[].over': [[ALERT], ['alerts[0].over=[100ms, 200ms]'], 'alerts'],
  'alerts[].for': [[ALERT], ['alerts[0].for=300ms'], 'alerts'],
  'alerts[].severity': [[ALERT], ['alerts[0].severity=page'], 'alerts'],
  'alerts[].why': [[ALERT], ['alerts[0].why=because'], 'page'],
});

const DIP = 'disturbances=[{ id: dip, at: 50ms, lasts: 50ms, station: desk, capacity: 10% }]';

const DISTURBANCES = tableOf(SITE, {
  disturbances: [[], [DIP], 'requests'],
  'disturbances[].id': [[DIP], ['disturbances[0].id=other'], 'stability'],
  'disturbances[].at': [[DIP], ['disturbances[0].at=100ms'], 'requests'],
  'disturbances[].lasts': [[DIP], ['disturbances[0].lasts=100ms'], 'requests'],
  'disturbances[].station': [
    [DIP, 'stations.till={ servers: 1, service: 1ms }', 'requests.view.path=[till, desk]'],
    ['disturbances[0].station=till'],
    'requests',
  ],
  'disturbances[].layer': [
    [
      'stations.till={ servers: 1, service: 1ms }',
      'requests.view.path=[till, desk]',
      'disturbances=[{ id: dip, at: 50ms, lasts: 50ms, layer: desk, capacity: 10% }]',
    ],
    ['disturbances[0].layer=till'],
    'requests',
  ],
  'disturbances[].capacity': [[DIP], ['disturbances[0].capacity=50%'], 'requests'],
});

const HOST = [
  'hosts={ machine: { sockets: 2, cores: 2, smt: 2, hugePages: 2MiB, price: 1 CNY/h } }',
  'stations.desk={ on: machine, replicas: 2, service: { exponential: 1ms } }',
  'traffic.rate=2000/s',
];
const hostKey = (
  word: string,
  value: string,
  given: readonly string[] = [],
  shows: 'requests' | 'cost' = 'requests',
) => [[...HOST, ...given], [`hosts.machine.${word}=${value}`], shows] as const;

const HOSTS = tableOf(SITE, {
  'hosts.*.type': hostKey('type', 'compute'),
  'hosts.*.sockets': hostKey('sockets', '4', ['hosts.machine.numa=interleaved']),
  'hosts.*.cores': hostKey('cores', '1'),
  'hosts.*.smt': hostKey('smt', '1'),
  'hosts.*.clock': hostKey('clock', '3 GHz', ['hosts.machine.referenceClock=2 GHz']),
  'hosts.*.referenceClock': hostKey('referenceClock', '2 GHz', ['hosts.machine.clock=3 GHz']),
  'hosts.*.numa': hostKey('numa', 'bound', ['hosts.machine.numa=interleaved']),
  'hosts.*.hugePages': hostKey('hugePages', 'none'),
  'hosts.*.hugePageCoverage': hostKey('hugePageCoverage', '10%'),
  'hosts.*.smtYield': hostKey('smtYield', '1.0'),
  'hosts.*.remoteLatencyRatio': hostKey('remoteLatencyRatio', '3'),
  'hosts.*.memoryStallShare': hostKey('memoryStallShare', '60%'),
  'hosts.*.pageWalkShare': hostKey('pageWalkShare', '20%'),
  'hosts.*.usl': hostKey('usl', '{ sigma: 0.1, kappa: 0.01 }', ['hosts.machine.smt=1']),
  'hosts.*.usl.sigma': hostKey('usl.sigma', '0.2', [
    'hosts.machine.smt=1',
    'hosts.machine.usl={ sigma: 0.1, kappa: 0.01 }',
  ]),
  'hosts.*.usl.kappa': hostKey('usl.kappa', '0.1', [
    'hosts.machine.smt=1',
    'hosts.machine.usl={ sigma: 0.1, kappa: 0.01 }',
  ]),
  'hosts.*.price': hostKey('price', '2 CNY/h', [], 'cost'),
});

/** Nothing runs out of memory yet: whoever writes it is told. */
const MEMORY: KeyTable = {
  'hosts.*.memory': { base: { text: SITE, set: HOST }, set: ['hosts.machine.memory=64GiB'], warned: 'HF313' },
};

export const FILE_KEYS: KeyTable = { ...FILE, ...BUDGETS, ...DISTURBANCES, ...ALERTS, ...HOSTS, ...MEMORY };
