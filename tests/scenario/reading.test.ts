import { describe, expect, test } from 'vitest';
import type { DistributionSpec } from '../../src/scenario/types.ts';
import { loadScenario, type Loaded, type LoadInput } from '../../src/compile/load.ts';
import { load, siteText, sound } from './load.ts';

function service(text: string): DistributionSpec | null | undefined {
  return sound(`stations: { desk: { servers: 1, service: ${text} } }\n`).stations['desk']?.service;
}

test.each<[string, DistributionSpec]>([
  ['5ms', { family: 'constant', meanNs: 5e6 }],
  ['{ mean: 2ms, cv: 0 }', { family: 'constant', meanNs: 2e6 }],
  ['{ mean: 2ms, cv: 80% }', { family: 'lognormal', meanNs: 2e6, cv: 0.8 }],
  ['{ constant: 5ms }', { family: 'constant', meanNs: 5e6 }],
  ['{ exponential: 1s }', { family: 'exponential', meanNs: 1e9 }],
  ['{ erlang: { mean: 2ms, k: 4 } }', { family: 'erlang', meanNs: 2e6, k: 4 }],
  ['{ gamma: { mean: 2ms, cv: 0.5 } }', { family: 'gamma', meanNs: 2e6, cv: 0.5 }],
  ['{ hyperexponential: { mean: 2ms, cv: 2 } }', { family: 'hyperexponential', meanNs: 2e6, cv: 2 }],
  ['{ lognormal: { mean: 2ms, cv: 3 } }', { family: 'lognormal', meanNs: 2e6, cv: 3 }],
  [
    '{ boundedPareto: { lower: 1ms, upper: 10s, alpha: 1.5 } }',
    { family: 'bounded-pareto', lowerNs: 1e6, upperNs: 1e10, alpha: 1.5 },
  ],
  ['{ uniform: [1ms, 3ms] }', { family: 'uniform', lowNs: 1e6, highNs: 3e6 }],
  [
    '{ quantiles: { max: 8ms, min: 1ms, p50: 2ms, p99.9: 7ms } }',
    {
      family: 'quantiles',
      points: [
        { p: 0, ns: 1e6 },
        { p: 0.5, ns: 2e6 },
        { p: 0.999, ns: 7e6 },
        { p: 1, ns: 8e6 },
      ],
    },
  ],
  ['{ csv: a.csv, column: ms, unit: ms }', { family: 'csv', file: 'a.csv', column: 'ms', unitNs: 1e6 }],
])('service %s', (text, spec) => {
  expect(service(text)).toEqual(spec);
});

test('a lognormal by its median and 99th percentile has these quantiles', () => {
  const spec = service('{ lognormal: { p50: 2ms, p99: 9ms } }');
  if (spec?.family !== 'lognormal') throw new Error('expected a lognormal');
  const sigma = Math.sqrt(Math.log(1 + spec.cv ** 2));
  const median = spec.meanNs * Math.exp(-(sigma ** 2) / 2);
  expect(median / 2e6).toBeCloseTo(1, 6);
  expect((median * Math.exp(2.3263478740408408 * sigma)) / 9e6).toBeCloseTo(1, 6);
});

describe('defaults', () => {
  const scenario = sound('');

  test('a station', () => {
    expect(scenario.stations['desk']).toEqual({
      replicas: 1,
      balance: { policy: 'round-robin', choices: 2, weights: null, shared: false, keys: null },
      servers: 1,
      discipline: 'fcfs',
      waitingRoomMax: Number.POSITIVE_INFINITY,
      service: { family: 'constant', meanNs: 5e6 },
      threads: null,
      pool: null,
      limits: [],
      on: null,
      region: null,
      layer: 'desk',
      pricePerReplicaHour: null,
      operations: {},
    });
  });

  test('a run', () => {
    expect(scenario).toMatchObject({
      id: 'site',
      title: null,
      seed: 'hongfeng',
      budgets: [],
      claimsFile: null,
      rttNs: {},
    });
    expect(scenario.clock).toEqual({ from: null, lastsNs: 10e9, warmUpNs: 1e9, windowNs: 1e9 });
    expect(scenario.requests).toEqual({
      view: { path: ['desk'], priority: 0, timeoutNs: null, value: null },
    });
  });

  test('the only class has all traffic; with several the mix must be said', () => {
    expect(scenario.traffic[0]).toMatchObject({
      mix: [{ atNs: 0, shares: { view: 1 } }],
      noise: null,
      arrivals: { process: 'poisson' },
    });
    const two = load(siteText('requests: { view: { path: [desk] }, buy: { path: [desk] } }\n'));
    expect(two.diagnostics.map(({ code }) => code)).toEqual(['HF102']);
  });

  test('the warm-up is a tenth, at most a minute; windows grow so that 2000 suffice', () => {
    expect(sound('clock: { lasts: 1h }\n').clock).toMatchObject({ warmUpNs: 60e9, windowNs: 2e9 });
    expect(sound('clock: { lasts: 24h }\n').clock.windowNs).toBe(50e9);
    expect(sound('clock: { lasts: 1h, warmUp: 0s, window: 10s }\n').clock).toMatchObject({
      warmUpNs: 0,
      windowNs: 10e9,
    });
  });

  test('a budget takes what it does not say from budgetDefaults', () => {
    const text =
      'budgetDefaults: { level: warn, minSamples: 50 }\nbudgets: [{ id: a, target: "*", expect: p99 < 5ms and errors <= 1% }, { id: b, target: "station:d*k", expect: [util < 80%], level: error }]\n';
    expect(sound(text).budgets).toMatchObject([
      {
        id: 'a',
        level: 'warn',
        minSamples: 50,
        window: null,
        expect: [
          { metric: 'p99', op: '<', limit: 5e6 },
          { metric: 'errors', op: '<=', limit: 0.01 },
        ],
      },
      { id: 'b', level: 'error', minSamples: 50, expect: [{ metric: 'util', limit: 0.8 }] },
    ]);
  });

  test('retries are without back-off and without a bound unless said', () => {
    const steps = (text: string) => {
      const { stations } = sound(
        `stations: { desk: { servers: 1, service: 5ms, operations: { run: [{ call: desk, retry: ${text} }] } } }\nrequests: { view: { path: [desk.run] } }\n`,
      );
      return stations['desk']?.operations['run']?.[0];
    };
    expect(steps('{ attempts: 2 }')).toMatchObject({
      retry: { attempts: 2, backoff: { baseNs: 0, capNs: 0, jitter: 'full' }, budget: null },
    });
    const bounded = steps('{ attempts: 3, backoff: { base: 20ms, jitter: none }, budget: 10% }');
    expect(bounded).toMatchObject({
      retry: { backoff: { baseNs: 20e6, capNs: 180e6, jitter: 'none' }, budget: { ratio: 0.1, burst: 10 } },
    });
  });
});

test('a seed is what was typed', () => {
  expect(sound('seed: 007\n').seed).toBe('007');
  expect(sound('seed: 1.10\n').seed).toBe('1.10');
  expect(sound('seed: "双十一"\n').seed).toBe('双十一');
  expect(sound('seed: 12345678901234567890\n').seed).toBe('12345678901234567890');
});

test('traffic in all its forms', () => {
  const text = `traffic:
  - { curve: [{ at: 0s, rate: 5/s }, { at: 4s, rate: 9/s, shape: exponential, phase: peak }], arrivals: { mmpp: [{ factor: 0.5, for: 1s }, { factor: 2, for: 2s }] } }
  - { closed: { users: 10k, think: { exponential: 5s } } }
  - { trace: { csv: arrivals.csv } }
  - { rate: 5/s, arrivals: { batch: { mean: 4 } }, regions: [{ at: 0s, shares: { east: 100% } }] }
`;
  expect(sound(text).traffic).toMatchObject([
    {
      model: 'open',
      curve: [
        { atNs: 0, ratePerSec: 5, shape: 'linear', phase: null },
        { atNs: 4e9, ratePerSec: 9, shape: 'exponential', phase: 'peak' },
      ],
      arrivals: {
        process: 'mmpp',
        states: [
          { factor: 0.5, meanNs: 1e9 },
          { factor: 2, meanNs: 2e9 },
        ],
      },
    },
    { model: 'closed', users: 10_000, think: { family: 'exponential', meanNs: 5e9 } },
    { model: 'trace', file: 'arrivals.csv' },
    {
      model: 'open',
      arrivals: { process: 'batch', sizes: { law: 'geometric', mean: 4 } },
      regions: [{ atNs: 0, shares: { east: 1 } }],
    },
  ]);
});

test('scale multiplies rates, those of a file too, and users, who stay whole and at least one', () => {
  const text = `traffic:
  - { rate: 5/s, scale: 1.2 }
  - { curve: [{ at: 0s, rate: 5/s }, { at: 4s, rate: 0/s }], scale: 50% }
  - { closed: { users: 11, think: 5s }, scale: 0.5 }
  - { closed: { users: 3, think: 5s }, scale: 0.01 }
  - { rate: 5/s }
`;
  const knot = (ratePerSec: number) => expect.objectContaining({ ratePerSec }) as unknown;
  expect(sound(text).traffic).toMatchObject([
    { scale: 1.2, curve: [knot(6)] },
    { scale: 0.5, curve: [knot(2.5), knot(0)] },
    { scale: 0.5, users: 6 },
    { scale: 0.01, users: 1 },
    { scale: 1, curve: [knot(5)] },
  ]);
});

test('every step', () => {
  const text = `stations:
  desk:
    servers: 1
    service: 5ms
    operations:
      run:
        - serve: 1ms
        - { cpu: 2ms, at: desk }
        - { delay: 3ms, label: disk }
        - { call: desk, timeout: 9ms, onFailure: continue }
        - { send: desk }
        - { parallel: [{ call: desk }, [{ delay: 1ms }, { delay: 2ms }]], join: any }
        - { choose: [{ share: 30%, do: [{ fail: 1% }] }, { share: 70%, do: [] }] }
        - { repeat: { mean: 1.7 }, do: [{ delay: 1ms }] }
        - { repeat: 3, do: [] }
        - { cache: { at: desk, hit: 95%, for: [view], onHit: [reply] } }
        - forward
requests: { view: { path: [desk.run, desk] } }
`;
  const ms = (n: number): DistributionSpec => ({ family: 'constant', meanNs: n * 1e6 });
  const call = { verb: 'call', target: 'desk', timeoutNs: null, retry: null, onFailure: 'fail' };
  expect(sound(text).stations['desk']?.operations['run']).toEqual([
    { verb: 'serve', time: ms(1), at: null },
    { verb: 'serve', time: ms(2), at: 'desk' },
    { verb: 'delay', time: ms(3), label: 'disk' },
    { ...call, timeoutNs: 9e6, onFailure: 'continue' },
    { verb: 'send', target: 'desk' },
    {
      verb: 'parallel',
      join: 'any',
      branches: [
        [call],
        [
          { verb: 'delay', time: ms(1), label: null },
          { verb: 'delay', time: ms(2), label: null },
        ],
      ],
    },
    {
      verb: 'choose',
      options: [
        { share: 0.3, steps: [{ verb: 'fail', probability: 0.01 }] },
        { share: 0.7, steps: [] },
      ],
    },
    {
      verb: 'repeat',
      times: { law: 'geometric', mean: 1.7 },
      steps: [{ verb: 'delay', time: ms(1), label: null }],
    },
    { verb: 'repeat', times: { law: 'constant', mean: 3 }, steps: [] },
    {
      verb: 'cache',
      target: 'desk',
      hitRatio: 0.95,
      classes: ['view'],
      onHit: [{ verb: 'reply' }],
      onMiss: [],
    },
    { verb: 'forward' },
  ]);
});

test('any quantity may say where it comes from', () => {
  const text = `clock: { lasts: { value: 10s, source: plan, confidence: cited } }
traffic: { rate: { value: 7/s, confidence: measured } }
stations:
  desk:
    servers: { value: 4, source: guess }
    service: { value: { mean: 2ms, cv: 0.8 }, source: traces of May, confidence: measured, range: [1ms, 3ms] }
requests: { view: { path: [desk], value: { value: 100 CNY, source: plan } } }
`;
  const { scenario, ledger } = load(siteText(text));
  expect(scenario?.stations['desk']).toMatchObject({
    servers: 4,
    service: { family: 'lognormal', meanNs: 2e6 },
  });
  expect(scenario?.requests['view']?.value).toEqual({ amount: 100, currency: 'CNY' });
  expect(ledger.filter(({ origin }) => origin === 'scenario')).toEqual([
    {
      path: 'clock.lasts',
      value: '10s',
      origin: 'scenario',
      confidence: 'cited',
      source: 'plan',
      range: null,
    },
    {
      path: 'traffic.rate',
      value: '7/s',
      origin: 'scenario',
      confidence: 'measured',
      source: null,
      range: null,
    },
    {
      path: 'stations.desk.servers',
      value: '4',
      origin: 'scenario',
      confidence: 'assumed',
      source: 'guess',
      range: null,
    },
    {
      path: 'stations.desk.service',
      value: '{ mean: 2ms, cv: 0.8 }',
      origin: 'scenario',
      confidence: 'measured',
      source: 'traces of May',
      range: '1ms to 3ms',
    },
    {
      path: 'requests.view.value',
      value: '100 CNY',
      origin: 'scenario',
      confidence: 'assumed',
      source: 'plan',
      range: null,
    },
  ]);
});

test('rates come from a file that the caller reads', () => {
  const text = siteText('traffic: { rates: { csv: rates.csv, time: second, rate: rps } }\n');
  const input = { file: 'site.yaml', text, catalogue: {}, overrides: [] };
  const csv = 'second,rps\n0,100\n5,250.5\n';
  const { scenario } = loadWith(input, (name) => (name === 'rates.csv' ? csv : null));
  expect(scenario?.traffic[0]).toMatchObject({
    curve: [
      { atNs: 0, ratePerSec: 100 },
      { atNs: 5e9, ratePerSec: 250.5, shape: 'linear' },
    ],
  });
  for (const bad of [
    null,
    '',
    'second,rate\n0,1\n',
    'second,rps\n',
    'second,rps\n1,5\n',
    'second,rps\n0,5\n0,6\n',
    'second,rps\n0,\n',
  ]) {
    expect(loadWith(input, () => bad).diagnostics.map(({ code }) => code)).toEqual(['HF203']);
  }
});

function loadWith(input: LoadInput, files: (name: string) => string | null): Loaded {
  return loadScenario({ ...input, files });
}
