import fc from 'fast-check';
import type { Scenario, Station, Step } from '../../src/scenario/types.ts';
import * as build from './build.ts';

const POLICIES = ['random', 'round-robin', 'least-connections', 'power-of-d', 'key-hash'] as const;

/** Stations s0 … s4; each calls only later ones, so there is no circle. s4 calls nothing. */
const STATIONS = ['s0', 's1', 's2', 's3', 's4'] as const;

function leafSteps(): fc.Arbitrary<Step> {
  return fc.oneof(
    fc.constant(build.serve(build.exponential(1000))),
    fc.constant(build.delay(build.constant(500))),
    fc.constant(build.fail(0.125)),
  );
}

/** One step at a station that may call the given ones. */
function anyStep(callable: readonly string[], depth: number): fc.Arbitrary<Step> {
  if (callable.length === 0) return leafSteps();
  const target = fc.constantFrom(...callable);
  const calls = fc
    .record({
      target,
      timeoutNs: fc.constantFrom(null, 1000, 2000),
      retry: fc.constantFrom(null, build.retry(1), build.retry(3, { ratio: 0.1, burst: 5 })),
      onFailure: fc.constantFrom('fail' as const, 'continue' as const),
    })
    .map(({ target: name, ...spec }) => build.call(`${name}.ask`, spec));
  const simple = [leafSteps(), calls, target.map((name) => build.send(`${name}.ask`))];
  if (depth === 0) return fc.oneof(...simple);
  const inner = fc.array(anyStep(callable, depth - 1), { maxLength: 2 });
  return fc.oneof(
    ...simple,
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), inner, inner)
      .map(([join, x, y]) => build.parallel(join, x, y)),
    fc.tuple(inner, inner).map(([x, y]) => build.choose([0.25, x], [0.75, y])),
    fc
      .tuple(
        fc.constantFrom('constant' as const, 'geometric' as const),
        fc.integer({ min: 0, max: 3 }),
        inner,
      )
      .map(([law, mean, steps]) => build.repeat(law, mean, ...steps)),
    fc
      .tuple(target, inner, inner)
      .map(([name, onHit, onMiss]) => build.cache(0.5, { target: `${name}.ask`, onHit, onMiss })),
  );
}

function anyStation(index: number, replicas: fc.Arbitrary<number>): fc.Arbitrary<Station> {
  const steps = fc.array(anyStep(STATIONS.slice(index + 1), 2), { maxLength: 3 });
  return fc
    .record({
      steps,
      replicas,
      policy: fc.constantFrom(...POLICIES),
      shared: fc.boolean(),
      threads: fc.constantFrom(null, build.threads(3), build.threads(3, 1000)),
      pool: fc.constantFrom(null, null, build.pool(2, 1000)),
      limits: fc.constantFrom(
        [],
        [],
        [build.bucket(10)],
        [build.bucket(50, { scope: 'service' as const }), build.bucket(10)],
      ),
      region: fc.constantFrom(null, 'east', 'west'),
      tail: fc.constantFrom([], [build.forward], [build.reply, build.delay(build.constant(7))]),
    })
    .map(({ steps: body, policy, shared, tail, ...rest }) =>
      build.station({
        ...rest,
        servers: 4,
        balance: build.balance(policy, { shared }),
        operations: { ask: [...body, ...tail] },
      }),
    );
}

/** Any site of five stations, of so many replicas each, with every kind of step, call, pool and limiter. */
export function anyScenario(replicaCounts: readonly number[]): fc.Arbitrary<Scenario> {
  const replicas = fc.constantFrom(...replicaCounts);
  return fc.tuple(...STATIONS.map((_, index) => anyStation(index, replicas))).map((stations) => {
    const regions = [{ atNs: 0, shares: { east: 0.5, west: 0.5 } }];
    return build.scenario({
      stations: Object.fromEntries(stations.map((station, index) => [STATIONS[index]!, station])),
      requests: { r: build.request(['s0.ask', 's1.ask']), q: build.request(['s2.ask'], { timeoutNs: 5000 }) },
      traffic: [{ ...build.openTraffic(100, { r: 0.5, q: 0.5 }), regions }],
      rttNs: { east: { west: 33 } },
    });
  });
}
