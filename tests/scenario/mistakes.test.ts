import { describe, expect, test } from 'vitest';
import { CODES } from '../../src/scenario/codes.ts';
import { codes, load, siteText } from './load.ts';

const STEPS = (steps: string): string =>
  `stations: { desk: { servers: 1, service: 5ms, operations: { run: ${steps} } } }\nrequests: { view: { path: [desk.run] } }\n`;

describe('one mistake, one code', () => {
  test.each([
    ['HF101', 'stations: { desk: { servers: 1, servise: 5ms, service: 5ms } }'],
    ['HF102', 'clock: { warmUp: 1s }'],
    ['HF103', 'stations: [desk]'],
    ['HF104', 'stations: { desk: { servers: 1, service: 5ms, discipline: fifo } }'],
    ['HF105', 'requests: { view: { path: [] } }'],
    ['HF106', 'stations: { desk: { servers: 1, service: 5ms, balance: [random] } }'],
    ['HF107', 'stations: { desk: { servers: 1, service: 5ms, breaker: { like: resilience4j } } }'],
    ['HF108', 'requests: { "my view": { path: [desk] } }'],
    ['HF201', 'clock: { lasts: 10 }'],
    ['HF202', 'stations: { desk: { servers: 0, service: 5ms } }'],
    ['HF203', 'traffic: { curve: [{ at: 1s, rate: 5/s }] }'],
    ['HF204', 'clock: { lasts: 10s, warmUp: 11s }'],
    ['HF205', 'budgets: [{ id: a, target: "*", expect: p99 under 5ms }]'],
    ['HF301', 'requests: { view: { path: [disk] } }'],
    ['HF301', STEPS('[{ call: desk.walk }]')],
    ['HF301', STEPS('[{ serve: 1ms, at: nowhere }]')],
    ['HF302', STEPS('[{ call: desk.run }]')],
    ['HF303', 'stations: { desk: { servers: 1, service: 5ms }, spare: { servers: 1, service: 5ms } }'],
    [
      'HF304',
      'budgets: [{ id: a, target: "*", expect: p99 < 5ms }, { id: a, target: "*", expect: p99 < 9ms }]',
    ],
    ['HF305', 'traffic: { rate: 1/s, mix: { view: 95% } }'],
    ['HF305', STEPS('[{ choose: [{ share: 50%, do: [] }, { share: 40%, do: [] }] }]')],
    ['HF306', 'traffic: { rate: 1/s, mix: { vieww: 100% } }'],
    ['HF307', 'stations: { desk: { on: compute, service: 5ms } }'],
    [
      'HF308',
      'network: { rtt: { east: { west: 3ms } } }\nstations: { desk: { servers: 1, service: 5ms, region: north } }',
    ],
    ['HF309', 'budgets: [{ id: a, target: "request:vew", expect: p99 < 5ms }]'],
    ['HF310', 'budgets: [{ id: a, target: "*", expect: p99 < 5ms, window: peak }]'],
    ['HF311', 'budgets: [{ id: a, target: "*", expect: util < 80% }]'],
    ['HF321', 'budgets: [{ id: a, target: "*", expect: p99 < 5ms, window: { worst: 1500ms } }]'],
    ['HF322', 'budgets: [{ id: a, target: "station:desk", expect: p99 < 5ms, window: { worst: 2s } }]'],
    ['HF323', 'budgets: [{ id: a, target: "*", expect: cost.perHour < 5 CNY }]'],
    ['HF324', 'budgets: [{ id: a, target: "*", expect: p99 < 5ms, window: { worst: 1h } }]'],
    ['HF312', 'stations: { desk: { service: 5ms } }'],
    ['HF313', 'stations: { desk: { servers: 1, service: 5ms, balance: { policy: random, choices: 3 } } }'],
    [
      'HF314',
      'traffic: { rate: 1/s, mix: { view: 100% } }\nrequests: { view: { path: [desk] }, buy: { path: [desk] } }',
    ],
    ['HF315', STEPS('[{ repeat: 1000, do: [{ repeat: 1000, do: [{ serve: 1ms }] }] }]')],
    ['HF316', 'clock: { lasts: 1h, window: 100ms }'],
    ['HF317', 'stations: { client: { servers: 1, service: 5ms } }\nrequests: { view: { path: [client] } }'],
    [
      'HF317',
      'layers: { client: { kind: redis-cluster, shards: 1 } }\nrequests: { view: { path: [client] } }',
    ],
    ['HF401', 'layers: { cache: { kind: redis-clustr } }\nrequests: { view: { path: [cache] } }'],
    ['HF402', 'layers: { cache: { kind: redis-cluster } }\nrequests: { view: { path: [cache] } }'],
    [
      'HF204',
      'layers: { cache: { kind: redis-cluster, shards: 1, command: 1ms } }\nrequests: { view: { path: [cache] } }',
    ],
  ])('%s %s', (code, text) => {
    const found = codes(text);
    expect([...new Set(found)]).toContain(code);
    const foreign = found.filter((each) => each !== code);
    // A circle is also unbounded, a broken share also names no one: nothing else may follow from one mistake.
    expect(foreign.filter((each) => !(code === 'HF306' && each === 'HF314'))).toEqual([]);
  });

  test('every code of the language is one of these, or about files, YAML and overrides', () => {
    expect(Object.keys(CODES).every((code) => /^HF\d{3}$/.test(code))).toBe(true);
  });
});

describe('says where and what to write', () => {
  test('line, column, length and line of the mistake', () => {
    const text = siteText('stations:\n  desk: { servers: 1, servis: 5ms, service: 5ms }\n');
    const [found] = load(text).diagnostics;
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.includes('servis'));
    expect(found).toMatchObject({
      code: 'HF101',
      file: 'site.yaml',
      line: line + 1,
      col: (lines[line] ?? '').indexOf('servis') + 1,
      length: 'servis'.length,
      sourceLine: lines[line],
      help: expect.stringContaining('"service"') as string,
    });
  });

  test('all mistakes of a file at once, sorted by place', () => {
    const text = siteText(
      'stations: { desk: { servers: none, service: 5 } }\nbudgets: [{ id: a, target: "x", expect: p99 < 5 }]\nseeed: 3\n',
    );
    const { diagnostics, scenario } = load(text);
    expect(scenario).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(['HF201', 'HF201', 'HF309', 'HF205', 'HF101']);
    const places = diagnostics.map(({ line, col }) => line * 1000 + col);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('a misspelt key is one mistake, not also a missing one', () => {
    expect(codes('requests: { view: { pth: [desk] } }')).toEqual(['HF101']);
    expect(
      codes('layers: { web: { kind: nginx, replica: 3 } }\nrequests: { view: { path: [web] } }'),
    ).toEqual(['HF101']);
  });

  test('a station that could not be read does not make its callers wrong', () => {
    const text =
      'stations:\n  desk: { servers: 1, operatons: { run: [{ serve: 1ms }] } }\nrequests: { view: { path: [desk.run] } }';
    expect(codes(text)).toEqual(['HF101']);
  });

  test('at most as many as asked, errors before warnings', () => {
    const stations = Array.from({ length: 50 }, (_, i) => `  s${i}: { servers: 1, service: ${i} }`).join(
      '\n',
    );
    const text = siteText(`stations:\n  desk: { servers: 1, service: 1ms }\n${stations}\n`);
    expect(load(text).diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(50);
  });
});

describe('keys of later capabilities are known by name', () => {
  test.each([
    ...[
      'breaker',
      'compensate',
      'hpa',
      'resources',
      'degrade',
      'hedge',
      'cancel',
      'canary',
      'tenants',
      'faults',
    ],
    ...['gc', 'quota', 'placement', 'autoscale', 'saga'],
  ])('%s', (key) => {
    const inStation = load(siteText(`stations: { desk: { servers: 1, service: 5ms, ${key}: {} } }\n`));
    const inLayer = load(siteText(`layers: { desk: { kind: redis-cluster, shards: 1, ${key}: {} } }\n`));
    const atTop = load(siteText(`${key}: {}\n`));
    const inStep = load(siteText(STEPS(`[{ call: desk, ${key}: x }]`)));
    for (const { scenario, diagnostics } of [inStation, inLayer, atTop, inStep]) {
      expect(scenario).toBeNull();
      expect(diagnostics.map(({ code }) => code)).toEqual(['HF107']);
    }
  });
});

describe('a value that is none of several forms', () => {
  const help = (text: string) =>
    load(siteText(text)).diagnostics.map((each) => `${each.code} ${each.message}: ${each.help ?? ''}`);

  test('names the keys that would make it one', () => {
    expect(help('traffic: {}')).toEqual([
      'HF106 an empty map is none of the forms this takes: it needs one of the keys rate, curve, rates, trace, closed',
    ]);
    expect(help(STEPS('[{ timeout: 5ms }]'))).toEqual([
      'HF102 missing key "call" in stations.desk.operations.run[0]: add call:',
    ]);
  });

  test('is judged by the form it is nearest to', () => {
    expect(help('traffic: { curve: [{ at: 0s, rate: 5 }] }')).toEqual([
      'HF201 a rate needs a unit: "5": write 5/s for per second',
    ]);
    expect(help(STEPS('[{ parallel: [{ cal: desk }, { call: desk }] }]'))[0]).toMatch(
      /^HF101 unknown key "cal".*similar name exists: "call"$/,
    );
    expect(help('stations: { desk: { servers: 1, service: { means: 5ms, cv: 1 } } }')).toEqual([
      'HF101 unknown key "means" in stations.desk.service: a key with a similar name exists: "mean"',
    ]);
    expect(help('stations: { desk: { servers: 1, service: { expnential: 5ms } } }')[0]).toContain(
      '"exponential"',
    );
    expect(help('stations: { desk: { servers: 1, service: 5ms, threads: many } }')[0]).toContain(
      'not a number',
    );
    expect(help('stations: { desk: { servers: 1, service: 5ms, balance: least-conections } }')[0]).toContain(
      'HF104',
    );
  });
});
