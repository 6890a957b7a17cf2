import { describe, expect, test } from 'vitest';
import { exp } from '../../../src/base/math.ts';
import { lognormalTail, mg1ResponseQuantileSec, type ServiceTail } from '../../../src/theory/mg1-response.ts';
import { mm1SojournQuantileSec } from '../../../src/theory/mm1.ts';
import { mph1Sojourn } from '../../../src/theory/mph1.ts';
import { erlangPhases, phaseQuantileSec } from '../../../src/theory/phase-type.ts';
import { lognormalMoments } from '../../../src/theory/service-moments.ts';
import { expectClose } from './close.ts';

const EXPONENTIAL: ServiceTail = {
  meanSec: 1,
  survival: (t) => exp(-Math.max(0, t)),
  excessSec: (t) => exp(-t),
};

/** Two phases of rate 2:  P(S > t) = (1 + 2t)·e^{−2t},  E[(S − t)⁺] = (1 + t)·e^{−2t}. */
const ERLANG_2: ServiceTail = {
  meanSec: 1,
  survival: (t) => (t > 0 ? (1 + 2 * t) * exp(-2 * t) : 1),
  excessSec: (t) => (1 + t) * exp(-2 * t),
};

describe('response time of M/G/1', () => {
  test.each([0.5, 0.8])('exponential service is M/M/1, ρ %f', (arrivalRatePerSec) => {
    for (const probability of [0.5, 0.95, 0.99]) {
      const exact = mm1SojournQuantileSec({ arrivalRatePerSec, serviceRatePerSec: 1 }, probability);
      const queue = { arrivalRatePerSec, service: EXPONENTIAL, stepSec: 0.05 };
      expectClose(mg1ResponseQuantileSec(queue, probability), exact, `P${probability * 100}`, 3e-4);
    }
  });

  test('phases in series agree with the phase-type solution', () => {
    const service = erlangPhases({ phaseCount: 2, meanSec: 1 });
    const exact = phaseQuantileSec(mph1Sojourn({ arrivalRatePerSec: 0.7, service }), 0.99);
    const queue = { arrivalRatePerSec: 0.7, service: ERLANG_2, stepSec: 0.05 };
    expectClose(mg1ResponseQuantileSec(queue, 0.99), exact, 'P99', 3e-4);
  });

  test('the error falls with the square of the step', () => {
    const off = (stepSec: number): number => {
      const exact = mm1SojournQuantileSec({ arrivalRatePerSec: 0.8, serviceRatePerSec: 1 }, 0.99);
      return (
        mg1ResponseQuantileSec({ arrivalRatePerSec: 0.8, service: EXPONENTIAL, stepSec }, 0.99) / exact - 1
      );
    };
    expect(off(0.1) / off(0.05)).toBeGreaterThan(3.5);
    expect(off(0.1) / off(0.05)).toBeLessThan(4.5);
  });

  test('without a queue there is the service alone', () => {
    const service = lognormalTail({ meanSec: 1, scv: 4 });
    const quantile = mg1ResponseQuantileSec({ arrivalRatePerSec: 1e-9, service, stepSec: 0.05 }, 0.99);
    expectClose(service.survival(quantile), 0.01, 'P(S > P99)', 1e-5);
  });

  test('a saturated queue has none', () => {
    const queue = { arrivalRatePerSec: 1, service: EXPONENTIAL, stepSec: 0.1 };
    expect(() => mg1ResponseQuantileSec(queue, 0.5)).toThrow(RangeError);
  });
});

describe('tail of a lognormal', () => {
  const { meanSec, survival, excessSec } = lognormalTail({ meanSec: 2, scv: 1 });

  test('the excess is the area under the survival function', () => {
    const step = 0.001;
    let area = 0;
    for (let t = 1 + step / 2; t < 400; t += step) area += survival(t) * step;
    expectClose(excessSec(1), area, 'E[(S − 1)⁺]', 1e-5);
    expect(excessSec(0)).toBe(meanSec);
    expect(survival(0)).toBe(1);
  });

  test('the excess over all t gives the second moment', () => {
    const step = 0.01;
    let area = 0;
    for (let t = step / 2; t < 1_000; t += step) area += excessSec(t) * step;
    expectClose(2 * area, lognormalMoments({ meanSec: 2, scv: 1 }).secondSec2, 'E[S²]', 1e-4);
  });
});
