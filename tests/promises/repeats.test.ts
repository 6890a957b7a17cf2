/** `repeat: { mean: m }` is a geometric number from 0 on: the mean alone would also fit other laws. */
import { describe, expect, test } from 'vitest';
import { measure as read } from '../theory/sim/measure.ts';
import { measure, modelOf } from './world.ts';

const RATE_PER_SEC = 1000;
const SECONDS = 40;
const REQUESTS = RATE_PER_SEC * SECONDS;

describe.each([0.3, 1.7, 5])('a mean of %d turns', (mean) => {
  const text = `
scenario: repeats
clock: { lasts: ${SECONDS}s, warmUp: 0s, window: ${SECONDS}s }
traffic: { rate: ${RATE_PER_SEC}/s, arrivals: deterministic }
stations:
  front: { operations: { go: [{ repeat: { mean: ${mean} }, do: [{ delay: 1ms }] }] } }
requests: { view: { path: [front.go] } }
`;
  const model = modelOf({ text });
  const runs = [measure(model)];
  const seen = (statistic: string): number => read(`response view ${statistic}`, model, runs).value;
  const variance = mean * (mean + 1);

  test('is the mean', () => {
    const standardError = Math.sqrt(variance / REQUESTS);
    expect(Math.abs(seen('mean') * 1000 - mean)).toBeLessThan(3.9 * standardError);
  });

  test('happens at all with probability m / (1 + m)', () => {
    const share = mean / (1 + mean);
    const standardError = Math.sqrt((share * (1 - share)) / REQUESTS);
    expect(Math.abs(seen('positive') - share)).toBeLessThan(3.9 * standardError);
  });

  test('reaches k turns or more with probability (m / (1 + m))^k', () => {
    const percentile = (share: number): number =>
      Math.ceil(Math.log(1 - share) / Math.log(mean / (1 + mean))) - 1;
    for (const share of [0.9, 0.99]) {
      const slack = 3.9 * Math.sqrt((share * (1 - share)) / REQUESTS);
      const measured = Math.round(seen(`p${100 * share}`) * 1000);
      expect(measured).toBeGreaterThanOrEqual(percentile(share - slack));
      expect(measured).toBeLessThanOrEqual(percentile(share + slack));
    }
  });
});
