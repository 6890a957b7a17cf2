/** Draws are looked up by name: what is added to a site leaves everything else as it was, to the last job. */
import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { BESIDE, SITE, withSide } from './every-draw.ts';
import { findingsOf } from './world.ts';

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
      withSide(SITE.replace('view: [{ serve', 'view: [{ send: side }, { serve')),
    ],
    [
      'a branch that is never taken',
      SITE.replace('view: [{ serve', 'view: [{ choose: [{ share: 100%, do: [] }] }, { serve'),
    ],
    ['a station with traffic and a request class of its own', BESIDE],
    ['a station that nobody asks', withSide(SITE)],
  ])('%s', (_what, text) => {
    expect(text).not.toBe(SITE);
    expect(numbersOf(findingsOf({ text }))).toEqual(numbersOf(before));
  });
});

test('a station behind the others moves none of them', () => {
  const text = withSide(SITE.replace('path: [shop.view]', 'path: [shop.view, side]'));
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
