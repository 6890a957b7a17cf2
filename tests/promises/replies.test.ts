/** An operation that replies has ended for its caller: done once, failed never, whatever becomes of the rest. */
import { describe, expect, test } from 'vitest';
import { findingsOf, measure, modelOf, type World } from './world.ts';

const REQUESTS = 1000;

const site = (steps: string): World => ({
  text: `
scenario: replies
clock: { lasts: 10s, warmUp: 0s, window: 1s }
traffic: { trace: { csv: arrivals.csv } }
stations:
  front: { operations: { go: [{ call: back.ask }] } }
  back: { operations: { ask: [${steps}] } }
requests: { view: { path: [front.go] } }
`,
  files: { 'arrivals.csv': ['at', ...Array.from({ length: REQUESTS }, (_, i) => i / 200), ''].join('\n') },
});

function askOf(world: World) {
  const model = modelOf(world);
  const index = model.operations.findIndex(({ name }) => name === 'back.ask');
  const measured = measure(model);
  const { failures, sojourns } = measured.operations[index]!;
  return {
    failed: failures.reduce((sum, count) => sum + count, 0),
    done: sojourns.reduce((sum, histogram) => sum + histogram.count, 0),
    sumNs: sojourns.reduce((sum, histogram) => sum + histogram.sumNs, 0),
    good: measured.classes[0]!.good.reduce((sum, count) => sum + count, 0),
  };
}

describe('what fails behind a reply', () => {
  test('is no failure of the operation: it is done, in the time until its reply', () => {
    const ask = askOf(site('{ delay: 5ms }, reply, { delay: 7ms }, { fail: 100% }'));
    expect(ask).toEqual({ failed: 0, done: REQUESTS, sumNs: REQUESTS * 5e6, good: REQUESTS });
  });

  test('counts where there was no reply on the way there: each request is done or failed', () => {
    const some = '{ choose: [{ share: 50%, do: [reply] }, { share: 50%, do: [] }] }';
    const { failed, done, good } = askOf(site(`{ delay: 5ms }, ${some}, { delay: 7ms }, { fail: 100% }`));
    expect(done + failed).toBe(REQUESTS);
    expect(good).toBe(done);
    // Standard deviation √(1000/4) = 16.
    expect(Math.abs(done - REQUESTS / 2)).toBeLessThan(4 * 16);
  });

  test('a reply on some ways only ends the sojourn there, on the others the end does', () => {
    const some = '{ choose: [{ share: 50%, do: [reply] }, { share: 50%, do: [] }] }';
    const { done, sumNs } = askOf(site(`{ delay: 5ms }, ${some}, { delay: 7ms }`));
    expect(done).toBe(REQUESTS);
    expect(Math.abs(sumNs / REQUESTS - (5 + 7 / 2) * 1e6)).toBeLessThan((4 * 7e6 * 16) / REQUESTS);
  });

  test('of two replies the first counts', () => {
    const ask = askOf(site('{ delay: 5ms }, reply, { delay: 7ms }, reply'));
    expect(ask).toEqual({ failed: 0, done: REQUESTS, sumNs: REQUESTS * 5e6, good: REQUESTS });
  });
});

test('an answer travels back like any other, and its caller waits for it', () => {
  const { text, files } = site('{ delay: 5ms }, reply, { delay: 7ms }');
  const set = [
    'stations.front.region=east',
    'stations.back.region=west',
    'network={ rtt: { east: { west: 40ms } } }',
    'traffic.regions={ east: 100% }',
  ];
  for (const timeout of ['', ', timeout: 46ms']) {
    const [view] = findingsOf({
      text: text.replace('call: back.ask', `call: back.ask${timeout}`),
      files: files!,
      set,
    }).requests;
    expect(view?.good).toBe(REQUESTS);
    expect(view?.latency.meanNs).toBe(45e6);
    expect(view?.unloaded).toMatchObject({ meanNs: 45e6, p50Ns: 45e6 });
  }
  const early = text.replace('call: back.ask', 'call: back.ask, timeout: 44ms');
  expect(findingsOf({ text: early, files: files!, set }).requests[0]?.failures.timedOut).toBe(REQUESTS);
});
