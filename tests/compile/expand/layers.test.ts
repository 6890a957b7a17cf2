import { describe, expect, test } from 'vitest';
import { loadScenario, type Loaded } from '../../../src/compile/load.ts';
import type { Override } from '../../../src/scenario/overrides.ts';
import { CATALOGUE, SCENARIOS } from '../../scenario/shipped.ts';

const STORE = `
kind: store
title: A store
description: For these tests.
parameters:
  shards: { type: count, required: true, description: masters, example: 3, range: [1, 100], source: size, confidence: assumed }
  work: { type: distribution, value: { mean: 10us, cv: 0.3 }, description: time of a command, range: [5us, 40us], source: bench, confidence: cited }
  threads: { type: count, value: 8, description: threads, range: [1, 64], source: guess, confidence: assumed }
  region: { type: target, description: where it stands }
  for: { type: requests, description: classes, example: [view] }
station:
  replicas: $shards
  servers: 1
  region: $region
  balance: { policy: key-hash, shared: true }
  threads: { count: $threads, acquireTimeout: 1s }
  operations:
    get: [{ serve: $work }, { cache: { hit: 90%, for: $for } }]
    set: [{ serve: $work }]
defaultOperation: get
`;
const BIG = `
type: big
title: A big host
host: { cores: { value: 32, source: usual, confidence: assumed }, smt: 2, smtYield: { value: 1.2, source: bench, confidence: measured } }
`;

function load(layer: string, { hosts = '', overrides = [] as Override[] } = {}): Loaded {
  const text = `scenario: site
clock: { lasts: 10s, warmUp: 1s }
traffic: { rate: 100/s }
${hosts}
layers:
  redis: ${layer}
  app: { kind: store, shards: 1, operations: { run: [{ cpu: 1ms }, { call: redis }, { call: redis.set }] } }
requests: { view: { path: [app.run, redis] } }
`;
  return loadScenario({
    file: 'site.yaml',
    text,
    catalogue: { 'store.yaml': STORE, 'hosts/big.yaml': BIG },
    overrides,
  });
}

const codes = ({ diagnostics }: Loaded): string[] => diagnostics.map(({ code }) => code);

describe('a layer becomes a station', () => {
  test('parameters go into the template, in any place', () => {
    const { scenario, diagnostics } = load('{ kind: store, shards: 4, work: 20us, for: [view] }');
    expect(diagnostics).toEqual([]);
    const steps = scenario?.stations['redis']?.operations;
    expect(scenario?.stations['redis']).toMatchObject({ replicas: 4, servers: 1, layer: 'redis' });
    expect(steps?.['get']).toMatchObject([
      { verb: 'serve', time: { meanNs: 20_000 } },
      { verb: 'cache', classes: ['view'] },
    ]);
    expect(steps?.['set']).toMatchObject([{ verb: 'serve', time: { meanNs: 20_000 } }]);
  });

  test('what has no value leaves no trace', () => {
    const { scenario } = load('{ kind: store, shards: 4 }');
    expect(scenario?.stations['redis']?.region).toBeNull();
    expect(scenario?.stations['redis']?.operations['get']?.[1]).toMatchObject({
      verb: 'cache',
      classes: null,
    });
  });

  test('station words lie on top; pool, threads, balance and operations merge by key', () => {
    const layer =
      '{ kind: store, shards: 4, servers: 2, balance: { choices: 3 }, threads: { count: 9 }, operations: { set: [{ delay: 1ms }] } }';
    const station = load(layer).scenario?.stations['redis'];
    expect(station).toMatchObject({ servers: 2, balance: { policy: 'key-hash', shared: true, choices: 3 } });
    expect(station?.threads).toEqual({
      count: 9,
      waitingRoomMax: Number.POSITIVE_INFINITY,
      acquireTimeoutNs: 1e9,
    });
    expect(station?.operations['get']).toHaveLength(2);
    expect(station?.operations['set']).toMatchObject([{ verb: 'delay' }]);
  });

  test('a scalar for a word that is also a parameter is the parameter', () => {
    expect(
      load('{ kind: store, shards: 4, threads: 20 }').scenario?.stations['redis']?.threads,
    ).toMatchObject({ count: 20, acquireTimeoutNs: 1e9 });
  });

  test('its bare name is its default operation, in paths and calls; cpu is serve', () => {
    const { scenario, expandedText } = load('{ kind: store, shards: 4 }');
    expect(scenario?.requests['view']?.path).toEqual(['app.run', 'redis.get']);
    expect(scenario?.stations['app']?.operations['run']).toMatchObject([
      { verb: 'serve' },
      { target: 'redis.get' },
      { target: 'redis.set' },
    ]);
    expect(expandedText).not.toContain('cpu');
  });

  test('values far from the catalogue are a warning unless they were measured', () => {
    expect(codes(load('{ kind: store, shards: 4, work: 1ms }'))).toEqual(['HF204']);
    expect(
      codes(load('{ kind: store, shards: 4, work: { value: 1ms, source: perf, confidence: measured } }')),
    ).toEqual([]);
    expect(codes(load('{ kind: store, shards: 101 }'))).toEqual(['HF204']);
  });

  test('a mistake in a value is shown once, where the user wrote it, however often the template uses it', () => {
    const { diagnostics, scenario } = load('{ kind: store, shards: 4, work: { mean: 5, cv: 1 } }');
    expect(scenario).toBeNull();
    expect(
      diagnostics.map(({ code, line, sourceLine, col }) => [code, line, sourceLine?.slice(col - 1, col)]),
    ).toEqual([['HF201', 6, '5']]);
  });

  test('no map, no kind, an unknown kind, a name twice', () => {
    expect(codes(load('5'))).toEqual(['HF103']);
    expect(codes(load('{ shards: 3 }'))).toEqual(['HF102']);
    expect(codes(load('{ kind: stor, shards: 3 }'))).toEqual(['HF401']);
    expect(
      codes(load('{ kind: store, shards: 3 }\nstations: { redis: { servers: 1, service: 1ms } }\nlayers2:')),
    ).toContain('HF101');
  });

  test('a layer and a station of one name are a mistake', () => {
    const text =
      'scenario: a\nclock: { lasts: 1s }\ntraffic: { rate: 1/s }\nlayers: { a: { kind: store, shards: 1 } }\nstations: { a: { servers: 1, service: 1ms } }\nrequests: { r: { path: [a] } }\n';
    const { diagnostics } = loadScenario({
      file: 'a.yaml',
      text,
      catalogue: { 'store.yaml': STORE },
      overrides: [],
    });
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([['HF304', 5]]);
  });

  test('a broken catalogue is a fault of the catalogue', () => {
    const text =
      'scenario: a\nclock: { lasts: 1s }\ntraffic: { rate: 1/s }\nstations: { a: { servers: 1, service: 1ms } }\nrequests: { r: { path: [a] } }\n';
    const { diagnostics } = loadScenario({
      file: 'a.yaml',
      text,
      catalogue: { 'x.yaml': 'kind: x\nparameters: { y: { type: colour } }\n', 'z.yaml': 'title: z\n' },
      overrides: [],
    });
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ['HF403', 'x.yaml'],
      ['HF403', 'x.yaml'],
      ['HF403', 'z.yaml'],
    ]);
  });
});

describe('hosts', () => {
  test('a type gives the words that are not written', () => {
    const { scenario, ledger } = load('{ kind: store, shards: 4, on: box }', {
      hosts: 'hosts: { box: { type: big, smt: 1 } }',
    });
    expect(scenario?.hosts['box']).toMatchObject({
      cores: 32,
      smt: 1,
      smtYield: 1.2,
      remoteLatencyRatio: 1.75,
      usl: null,
    });
    expect(ledger.find(({ path }) => path === 'hosts.box.smtYield')).toMatchObject({
      origin: 'big',
      confidence: 'measured',
    });
    expect(ledger.find(({ path }) => path === 'hosts.box.remoteLatencyRatio')).toMatchObject({
      origin: 'default',
      value: '1.75',
    });
  });

  test('an unknown type has a similar name; without a type cores are needed', () => {
    expect(
      codes(load('{ kind: store, shards: 4, on: box }', { hosts: 'hosts: { box: { type: bg, cores: 4 } }' })),
    ).toEqual(['HF307']);
    expect(
      codes(load('{ kind: store, shards: 4, on: box }', { hosts: 'hosts: { box: { smt: 2 } }' })),
    ).toEqual(['HF102']);
  });
});

describe('overrides', () => {
  test('change a value before anything else looks at it', () => {
    const overrides = [
      { path: 'layers.redis.shards', value: '7' },
      { path: 'layers.app.operations.run[0].cpu', value: '{ mean: 3ms, cv: 1 }' },
      { path: 'traffic.rate', value: '5k/s' },
      { path: 'seed', value: '9' },
    ];
    const { scenario } = load('{ kind: store, shards: 4 }', { overrides });
    expect(scenario).toMatchObject({ seed: '9', traffic: [{ curve: [{ ratePerSec: 5000 }] }] });
    expect(scenario?.stations['redis']?.replicas).toBe(7);
    expect(scenario?.stations['app']?.operations['run']?.[0]).toMatchObject({ time: { meanNs: 3e6, cv: 1 } });
  });

  test.each([
    ['layers.rdis.shards', '7', 'HF009'],
    ['layers.app.operations.run[9].cpu', '1ms', 'HF009'],
    ['traffic.rate.x', '1', 'HF009'],
    ['a..b', '1', 'HF009'],
    ['[', '1', 'HF009'],
    ['traffic.rate', '5', 'HF201'],
    ['traffic.rte', '5/s', 'HF101'],
    ['traffic.rate', '{', 'HF004'],
  ])('%s=%s is refused with its place on the command line', (path, value, code) => {
    const { diagnostics, scenario } = load('{ kind: store, shards: 4 }', { overrides: [{ path, value }] });
    expect(scenario).toBeNull();
    expect(diagnostics.map((each) => [each.code, each.file, each.line])).toEqual([[code, '--set', 1]]);
  });
});

describe('the expanded text', () => {
  test.each(Object.entries(SCENARIOS))('%s runs again and means the same', (file, text) => {
    const first = loadScenario({ file, text, catalogue: CATALOGUE, overrides: [] });
    const again = loadScenario({ file, text: first.expandedText, catalogue: {}, overrides: [] });
    expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(again.scenario).toEqual(first.scenario);
  });

  test('says of every value where it comes from', () => {
    const { expandedText } = load('{ kind: store, shards: 4 }', {
      overrides: [{ path: 'traffic.rate', value: '7/s' }],
    });
    const lines = expandedText.split('\n').map((line) => line.replace(/ {2,}#/, ' #').trim());
    expect(lines).toContain('rate: 7/s # --set traffic.rate=7/s');
    expect(lines).toContain('replicas: 4 # site.yaml:6');
    expect(lines).toContain('- serve: { mean: 10us, cv: 0.3 } # catalogue store: work, cited: bench');
    const bare = expandedText
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#') && !line.includes(' # '));
    expect(bare.filter((line) => !/:$|^\s*-$/.test(line))).toEqual([]);
  });

  test('a path of the expanded form leads to the line of the user', () => {
    const { position } = load('{ kind: store, shards: 4 }');
    expect(position(['stations', 'redis', 'replicas'])).toMatchObject({ file: 'site.yaml', line: 6 });
    // The preset's own: the line that asked for the preset.
    expect(position(['stations', 'redis', 'servers'])).toMatchObject({
      file: 'site.yaml',
      line: 6,
      length: 'store'.length,
    });
    expect(position(['stations', 'app', 'operations', 'run', 1, 'call'])).toMatchObject({
      line: 7,
      length: 'redis'.length,
    });
  });
});
