/** Keys of steps and of distributions. */
import { tableOf, type KeyTable, type Shown } from './key.ts';

/** A front with two replicas that does what each row says, a desk it can ask, and a second class of requests. */
const SITE = `
scenario: steps
clock: { lasts: 300ms, warmUp: 100ms, window: 100ms }
traffic: { rate: 600/s, mix: { view: 50%, buy: 50% } }
stations:
  front: { replicas: 2, servers: 4, operations: { go: [{ serve: 1ms }] } }
  desk: { servers: 1, service: { exponential: 1ms }, operations: { lose: [{ serve: 1ms }, { fail: 50% }] } }
requests:
  view: { path: [front.go] }
  buy: { path: [front.go] }
`;

type Row = readonly [given: readonly string[], set: readonly string[], shows: Shown];

/** One step, and what it is changed to. */
function step(from: string, change: string, shows: Shown = 'requests'): Row {
  const [path, value] = change.split(/=(.*)/s);
  return [
    [`stations.front.operations.go=[${from}]`],
    [`stations.front.operations.go[0]${path}=${value}`],
    shows,
  ];
}

const RETRY =
  '{ call: desk.lose, retry: { attempts: 3, backoff: { base: 10ms, cap: 20ms, jitter: none }, budget: { ratio: 10%, burst: 2 } } }';
const CACHE =
  '{ cache: { at: desk, hit: 50%, for: [view, buy], miss: [{ delay: 1ms }], onHit: [{ delay: 2ms }] } }';

const STEPS: KeyTable = tableOf(SITE, {
  '<step>.serve': step('{ serve: 1ms }', '.serve=2ms'),
  '<step>.cpu': step('{ cpu: 1ms }', '.cpu=2ms'),
  '<step>.at': step('{ serve: 1ms, at: front }', '.at=desk'),
  '<step>.delay': step('{ delay: 1ms }', '.delay=2ms'),
  '<step>.label': step('{ delay: { exponential: 1ms }, label: disk }', '.label=network'),
  '<step>.call': step('{ call: desk }', '.call=desk.lose'),
  '<step>.send': step('{ send: desk }', '.send=desk.lose', 'stations'),
  '<step>.timeout': step('{ call: desk, timeout: 50ms }', '.timeout=500us'),
  '<step>.onFailure': step('{ call: desk.lose }', '.onFailure=continue'),
  '<step>.retry': step('{ call: desk.lose }', '.retry={ attempts: 2 }'),
  '<step>.retry.attempts': step('{ call: desk.lose, retry: { attempts: 2 } }', '.retry.attempts=4'),
  '<step>.retry.backoff': step(RETRY, '.retry.backoff={ base: 1ms, jitter: none }'),
  '<step>.retry.backoff.base': step(RETRY, '.retry.backoff.base=1ms'),
  '<step>.retry.backoff.cap': step(RETRY, '.retry.backoff.cap=11ms'),
  '<step>.retry.backoff.jitter': step(RETRY, '.retry.backoff.jitter=full'),
  '<step>.retry.budget': step(RETRY, '.retry.budget=90%'),
  '<step>.retry.budget.ratio': step(RETRY, '.retry.budget.ratio=90%'),
  '<step>.retry.budget.burst': step(RETRY, '.retry.budget.burst=20'),
  '<step>.parallel': step('{ parallel: [{ delay: 1ms }, { delay: 2ms }] }', '.parallel[1]={ delay: 3ms }'),
  '<step>.join': step('{ parallel: [{ delay: 1ms }, { delay: 2ms }] }', '.join=any'),
  '<step>.choose': step(
    '{ choose: [{ share: 50%, do: [{ delay: 1ms }] }, { share: 50%, do: [] }] }',
    '.choose[1]={ share: 50%, do: [{ delay: 9ms }] }',
  ),
  '<step>.choose[].do': step(
    '{ choose: [{ share: 100%, do: [{ delay: 1ms }] }] }',
    '.choose[0].do=[{ delay: 2ms }]',
  ),
  '<step>.choose[].share': [
    [
      'stations.front.operations.go=[{ choose: [{ share: 10%, do: [{ delay: 9ms }] }, { share: 90%, do: [] }] }]',
    ],
    [
      'stations.front.operations.go[0].choose[0].share=90%',
      'stations.front.operations.go[0].choose[1].share=10%',
    ],
    'requests',
  ],
  '<step>.repeat': step('{ repeat: 2, do: [{ delay: 1ms }] }', '.repeat=3'),
  '<step>.repeat.mean': step('{ repeat: { mean: 2 }, do: [{ delay: 1ms }] }', '.repeat.mean=4'),
  '<step>.do': step('{ repeat: 2, do: [{ delay: 1ms }] }', '.do=[{ delay: 2ms }]'),
  '<step>.cache': step(CACHE, '.cache={ hit: 100% }'),
  '<step>.cache.at': step(CACHE, '.cache.at=desk.lose'),
  '<step>.cache.hit': step(CACHE, '.cache.hit=90%'),
  '<step>.cache.for': step(CACHE, '.cache.for=[view]'),
  '<step>.cache.miss': step(CACHE, '.cache.miss=[{ delay: 5ms }]'),
  '<step>.cache.onHit': step(CACHE, '.cache.onHit=[{ delay: 5ms }]'),
  '<step>.fail': step('{ fail: 10% }', '.fail=60%'),
});

/** A law of the desk's service time, and what it is changed to. */
function law(from: string, change: string): Row {
  const [path, value] = change.split(/=(.*)/s);
  return [
    ['stations.front.operations.go=[{ call: desk }]', `stations.desk.service=${from}`],
    [`stations.desk.service${path}=${value}`],
    'requests',
  ];
}

const PARETO = '{ boundedPareto: { lower: 1ms, upper: 10ms, alpha: 1.5 } }';
const CSV = '{ csv: a.csv, column: one, unit: ms }';

const DISTRIBUTIONS: KeyTable = tableOf(
  SITE,
  {
    '<distribution>.mean': law('{ mean: 1ms, cv: 1 }', '.mean=2ms'),
    '<distribution>.cv': law('{ mean: 1ms, cv: 1 }', '.cv=2'),
    '<distribution>.constant': law('{ constant: 1ms }', '.constant=2ms'),
    '<distribution>.exponential': law('{ exponential: 1ms }', '.exponential=2ms'),
    '<distribution>.erlang': law('{ erlang: { mean: 1ms, k: 2 } }', '.erlang={ mean: 2ms, k: 2 }'),
    '<distribution>.erlang.k': law('{ erlang: { mean: 1ms, k: 2 } }', '.erlang.k=9'),
    '<distribution>.erlang.mean': law('{ erlang: { mean: 1ms, k: 2 } }', '.erlang.mean=2ms'),
    '<distribution>.gamma': law('{ gamma: { mean: 1ms, cv: 1 } }', '.gamma={ mean: 2ms, cv: 1 }'),
    '<distribution>.gamma.cv': law('{ gamma: { mean: 1ms, cv: 1 } }', '.gamma.cv=2'),
    '<distribution>.gamma.mean': law('{ gamma: { mean: 1ms, cv: 1 } }', '.gamma.mean=2ms'),
    '<distribution>.hyperexponential': law(
      '{ hyperexponential: { mean: 1ms, cv: 2 } }',
      '.hyperexponential={ mean: 2ms, cv: 2 }',
    ),
    '<distribution>.hyperexponential.cv': law(
      '{ hyperexponential: { mean: 1ms, cv: 2 } }',
      '.hyperexponential.cv=4',
    ),
    '<distribution>.hyperexponential.mean': law(
      '{ hyperexponential: { mean: 1ms, cv: 2 } }',
      '.hyperexponential.mean=2ms',
    ),
    '<distribution>.lognormal': law('{ lognormal: { mean: 1ms, cv: 1 } }', '.lognormal={ mean: 2ms, cv: 1 }'),
    '<distribution>.lognormal.cv': law('{ lognormal: { mean: 1ms, cv: 1 } }', '.lognormal.cv=2'),
    '<distribution>.lognormal.mean': law('{ lognormal: { mean: 1ms, cv: 1 } }', '.lognormal.mean=2ms'),
    '<distribution>.lognormal.p50': law('{ lognormal: { p50: 1ms, p99: 5ms } }', '.lognormal.p50=2ms'),
    '<distribution>.lognormal.p99': law('{ lognormal: { p50: 1ms, p99: 5ms } }', '.lognormal.p99=9ms'),
    '<distribution>.boundedPareto': law(PARETO, '.boundedPareto={ lower: 2ms, upper: 10ms, alpha: 1.5 }'),
    '<distribution>.boundedPareto.lower': law(PARETO, '.boundedPareto.lower=2ms'),
    '<distribution>.boundedPareto.upper': law(PARETO, '.boundedPareto.upper=50ms'),
    '<distribution>.boundedPareto.alpha': law(PARETO, '.boundedPareto.alpha=1.1'),
    '<distribution>.uniform': law('{ uniform: [1ms, 2ms] }', '.uniform=[1ms, 3ms]'),
    '<distribution>.quantiles': law(
      '{ quantiles: { min: 1ms, p50: 2ms, max: 9ms } }',
      '.quantiles={ min: 1ms, p50: 4ms, max: 9ms }',
    ),
    '<distribution>.csv': law(CSV, '.csv=b.csv'),
    '<distribution>.column': law(CSV, '.column=two'),
    '<distribution>.unit': law(CSV, '.unit=us'),
  },
  { 'a.csv': 'one,two\n1,2\n2,4\n', 'b.csv': 'one\n2\n3\n' },
);

export const STEP_KEYS: KeyTable = { ...STEPS, ...DISTRIBUTIONS };
