/** How much the load may change within a minute of which only the middle is measured. */
import { expect, test } from 'vitest';
import { IDLE_RATIO_MAX } from '../../../src/compile/sampling/representative.ts';

/** P99 of the response times of M/M/1 (mean service 1) over a period in which ρ rises evenly, each ρ with its requests. */
function p99Over(fromRho: number, toRho: number): number {
  const steps = 2000;
  const beyond = (t: number): number => {
    let requests = 0;
    let slow = 0;
    for (let i = 0; i < steps; i++) {
      const rho = fromRho + ((toRho - fromRho) * (i + 0.5)) / steps;
      requests += rho;
      slow += rho * Math.exp(-(1 - rho) * t);
    }
    return slow / requests;
  };
  let [low, high] = [0, 1e4];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (beyond(middle) > 0.01) low = middle;
    else high = middle;
  }
  return high;
}

// Where little waits anywhere the P99 of a period with growing traffic lies higher by its requests: more of them come late.
test.each([
  [0.3, 0.06],
  [0.4, 0.04],
  [0.5, 0.03],
  [0.6, 0.03],
  [0.7, 0.03],
  [0.8, 0.03],
  [0.9, 0.03],
  [0.95, 0.03],
])('up to ρ = %f the P99 of the period is within %f of that of its middle', (toRho, most) => {
  const fromRho = Math.max(0, 1 - IDLE_RATIO_MAX * (1 - toRho));
  const middle = (fromRho + toRho) / 2;
  const error = p99Over(fromRho, toRho) / p99Over(middle, middle) - 1;
  expect(error).toBeGreaterThan(0);
  expect(error).toBeLessThan(most);
});
