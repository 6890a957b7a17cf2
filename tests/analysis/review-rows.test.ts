/** Percentiles, single requests and who calls whom, as the review shows them. */
import { expect, test } from 'vitest';
import { findTopology } from '../../src/analysis/chain/graph.ts';
import { validScenario } from '../promises/world.ts';
import { findingsOf, measurements, model } from './builders.ts';

test('single requests: the one in the middle, the one at the P99, the slowest; layers that took no time are left out', () => {
  const rows = Array.from({ length: 200 }, (_, i) => Float64Array.of(i + 1, 0, i + 1, 0, 0, 0, 0, 0, 0));
  const { examples } = findingsOf({
    model: model({ layers: ['app', 'data'] }),
    measurements: measurements({ samples: [{ rowLength: 9, share: 1, rows }] }),
  });
  expect(examples.map(({ of, responseNs }) => [of, responseNs])).toEqual([
    ['p50', 100],
    ['p99', 198],
    ['slowest', 200],
  ]);
  expect(examples[0]?.parts).toEqual([{ layer: 'app', waitNs: 0, serviceNs: 100, delayNs: 0, retryNs: 0 }]);
});

test('percentiles grow, and end where fewer than ten observations lie beyond', () => {
  const { percentiles, requests } = findingsOf({});
  for (const { request, points } of percentiles) {
    const values = points.map(({ ns }) => ns);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    const samples =
      requests.find((each) => each.request === request && each.phase === null)?.latency.samples ?? 0;
    for (const { quantile } of points) expect((1 - quantile) * samples).toBeGreaterThanOrEqual(9.99);
  }
});

test('calls, sends, caches, branches and what is forwarded are edges; each once, in order of first visit', () => {
  const scenario = validScenario({
    text: `
scenario: graph
clock: { lasts: 10s }
traffic: { rate: 1/s }
stations:
  edge: { operations: { proxy: [forward] } }
  app:
    operations:
      ask:
        - parallel: [[{ call: db }], [{ call: db }, { send: log }]]
        - choose: [{ share: 50%, do: [{ call: user.get }] }, { share: 50%, do: [{ delay: 1ms }] }]
  user: { operations: { get: [{ call: db }] } }
  db: { servers: 4, service: 1ms }
  log: { servers: 1, service: 1ms }
  last: { servers: 1, service: 1ms }
requests: { ask: { path: [edge.proxy, app.ask, last] } }
`,
  });
  const { stations, edges, entries } = findTopology(scenario);
  expect(stations.map(({ station }) => station)).toEqual(['edge', 'app', 'db', 'log', 'user', 'last']);
  expect(edges).toEqual([
    { from: 'edge', to: 'app', how: 'call' },
    { from: 'app', to: 'db', how: 'call' },
    { from: 'app', to: 'log', how: 'send' },
    { from: 'app', to: 'user', how: 'call' },
    { from: 'user', to: 'db', how: 'call' },
    { from: 'app', to: 'last', how: 'next' },
  ]);
  expect(entries).toEqual([{ request: 'ask', station: 'edge' }]);
});
