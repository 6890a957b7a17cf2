/** Draws are looked up by name: what is added to a site leaves everything else as it was, to the last job. */
import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { findingsOf } from './world.ts';

/** Every kind of draw: mix, regions, choice of a replica and a key, service, branches, failures, back-off. */
const SITE = `
scenario: site
clock: { lasts: 2s, warmUp: 200ms, window: 500ms }
traffic:
  - { rate: 400/s, mix: { view: 60%, buy: 40% }, regions: { east: 50%, west: 50% } }
network: { rtt: { east: { west: 10ms } } }
stations:
  shop:
    replicas: 3
    servers: 1
    region: east
    balance: random
    operations:
      view: [{ serve: { exponential: 2ms } }, { cache: { at: memory.get, hit: 80%, miss: [{ call: store.read }] } }]
      buy: [{ serve: { mean: 3ms, cv: 1 } }, { call: store.write, timeout: 40ms, retry: { attempts: 3, backoff: { base: 5ms } } }]
  memory: { replicas: 4, servers: 1, balance: key-hash, operations: { get: [{ serve: { exponential: 100us } }] } }
  store: { servers: 2, operations: { read: [{ serve: { exponential: 3ms } }], write: [{ serve: { exponential: 3ms } }, { fail: 5% }] } }
requests:
  view: { path: [shop.view] }
  buy: { path: [shop.buy] }
`;

/** All that is measured of the stations, calls and requests of the site. */
function numbersOf({ stations, requests, calls, histograms }: Findings) {
  const own = ['shop', 'memory', 'store'];
  return {
    stations: stations.filter(({ station }) => own.includes(station)),
    requests: requests.filter(({ request }) => request === 'view' || request === 'buy'),
    calls: calls.filter(({ call }) => call.startsWith('shop')),
    histograms: Object.entries(histograms).filter(([name]) => own.some((each) => name.includes(`:${each}`))),
  };
}

const before = findingsOf({ text: SITE });
const withStation = (site: string, station: string): string =>
  site.replace('requests:', `${station}\nrequests:`);
const SIDE = '  side: { servers: 1, service: { exponential: 1ms } }';

test('the site is busy enough for a moved draw to show', () => {
  const { stations, calls } = numbersOf(before);
  expect(stations.length).toBeGreaterThanOrEqual(3);
  expect(calls.some(({ retries }) => retries > 5)).toBe(true);
  const other = numbersOf(findingsOf({ text: SITE, set: ['seed=other'] }));
  expect(other.stations).not.toEqual(stations);
});

describe('no number of any other station, call or request moves when there is added', () => {
  test.each([
    [
      'a station that is told and not waited for',
      withStation(SITE.replace('view: [{ serve', 'view: [{ send: side }, { serve'), SIDE),
    ],
    [
      'a branch that is never taken',
      SITE.replace('view: [{ serve', 'view: [{ choose: [{ share: 100%, do: [] }] }, { serve'),
    ],
    [
      'a station with traffic and a request class of its own',
      withStation(
        `${SITE.replace('\nnetwork', '\n  - { rate: 300/s, mix: { aside: 100% }, regions: { east: 100% } }\nnetwork')}  aside: { path: [side] }\n`,
        SIDE,
      ),
    ],
    ['a station that nobody asks', withStation(SITE, SIDE)],
  ])('%s', (_what, text) => {
    expect(text).not.toBe(SITE);
    expect(numbersOf(findingsOf({ text }))).toEqual(numbersOf(before));
  });
});

test('a station behind the others moves none of them', () => {
  const text = withStation(SITE.replace('path: [shop.view]', 'path: [shop.view, side]'), SIDE);
  const { stations, calls, histograms } = numbersOf(findingsOf({ text }));
  const expected = numbersOf(before);
  expect({ stations, calls, histograms }).toEqual({
    stations: expected.stations,
    calls: expected.calls,
    histograms: expected.histograms,
  });
});

test('a limit takes requests away and changes no draw of those that stay', () => {
  const text = `
scenario: limited
clock: { lasts: 2s, warmUp: 100ms }
traffic: { rate: 1000/s }
stations: { desk: { servers: unlimited, service: { exponential: 5ms } } }
requests: { view: { path: [desk] } }
`;
  const binsOf = (set: string[]): Map<number, number> => {
    const { runs } = findingsOf({ text, set }).histograms['request:view']!['whole run']!;
    return new Map(
      runs.flatMap(([first, counts]) => counts.map((count, index) => [first + index, count] as const)),
    );
  };
  const all = binsOf([]);
  const kept = binsOf(['stations.desk.limit={ rate: 300/s, burst: 10 }']);
  const sum = (bins: Map<number, number>): number =>
    [...bins.values()].reduce((total, count) => total + count, 0);
  expect(sum(kept)).toBeLessThan(0.4 * sum(all));
  expect([...kept].filter(([bin, count]) => count > (all.get(bin) ?? 0))).toEqual([]);
});
