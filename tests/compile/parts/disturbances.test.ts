import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/compile/compile.ts';
import { measure, modelOf, validScenario } from '../../promises/world.ts';

const SITE = `
scenario: site
clock: { lasts: 20s, warmUp: 1s }
traffic: { rate: 2000/s }
layers:
  shop: { kind: go-service, replicas: 50, service: 1ms }
  redis: { kind: redis-cluster, shards: 50 }
requests: { ask: { path: [shop, redis] } }
disturbances:
  - { id: late, at: 12s, lasts: 1s, layer: redis, capacity: 0% }
  - { id: early, at: 5s, lasts: 2s, layer: shop, capacity: 10% }
`;

test('a layer in system words stands for the servers of its station, in order of time', () => {
  const { groups, disturbances } = modelOf({ text: SITE });
  const named = disturbances.map((each) => ({
    ...each,
    groups: each.groups.map((index) => groups[index]?.name),
  }));
  expect(named).toEqual([
    { name: 'early', groups: ['shop'], fromNs: 5e9, toNs: 7e9, speed: 0.1 },
    { name: 'late', groups: ['redis'], fromNs: 12e9, toNs: 13e9, speed: 0 },
  ]);
});

describe('a slice meets the same disturbances', () => {
  const scenario = validScenario({ text: SITE });
  const waiting = (slice: number): number => {
    const model = compileModel(scenario, { slice, files: new Map() });
    const group = model.groups.findIndex(({ name }) => name === 'redis');
    const result = measure(model);
    const window = result.windows.findIndex(({ fromNs }) => fromNs === 12e9);
    return result.groups[group]!.waitingJobsEnd[window]! * model.groups[group]!.scale;
  };

  test('some 2000 jobs wait when the shards have stood still for a second', () => {
    // All that came in it, but those in service: a Poisson count, in a slice of 5 one of 400.
    expect(Math.abs(waiting(1) - 2000)).toBeLessThan(200);
    expect(Math.abs(waiting(5) - 2000)).toBeLessThan(400);
  });
});
