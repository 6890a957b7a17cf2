import fc from 'fast-check';
import jStat from 'jstat';
import { describe, expect, test } from 'vitest';
import {
  atUnitMean,
  cvOf,
  type Distribution,
  lawOf,
  meanOf,
  quantileOfSurvival,
} from '../../src/random/distributions.ts';
import { balancedBranches } from '../../src/random/laws/exponential.ts';
import { lognormalParameters, lognormalThrough } from '../../src/random/laws/lognormal.ts';
import { anyDistribution, EXAMPLES, titleOf } from './examples.ts';

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe('published cases', () => {
  test('X05: lognormal through P50 = 20 ms and P99 = 200 ms', () => {
    const fitted = lognormalThrough({ p50: 20, p99: 200 });
    const { mu, sigma } = lognormalParameters(fitted);
    expect(mu).toBeCloseTo(2.9957323, 7);
    expect(sigma).toBeCloseTo(0.98978537, 8);
    expect(fitted.mean).toBeCloseTo(32.641021, 6);
    const distribution: Distribution = { family: 'lognormal', ...fitted };
    expect(quantileOfSurvival(distribution, 0.05)).toBeCloseTo(101.87885, 5);
    expect(quantileOfSurvival(distribution, 0.5)).toBeCloseTo(20, 12);
    expect(quantileOfSurvival(distribution, 0.01)).toBeCloseTo(200, 10);
  });

  test('X06, S29, S39: hyperexponential of balanced means, mean 1, scv 4', () => {
    const [frequent, rare] = balancedBranches({ mean: 1, cv: 2 });
    expect(frequent!.p).toBeCloseTo(0.8872983346207417, 15);
    expect(1 / frequent!.mean).toBeCloseTo(1.7745966692414834, 14);
    expect(1 / rare!.mean).toBeCloseTo(0.2254033307585166, 14);
    const distribution: Distribution = { family: 'hyperexponential', mean: 1, cv: 2 };
    expect(quantileOfSurvival(distribution, 0.05)).toBeCloseTo(3.7148818, 7);
    expect(quantileOfSurvival(distribution, 0.01)).toBeCloseTo(10.745891, 6);
    expect(cvOf({ family: 'branches', branches: [frequent!, rare!] })).toBeCloseTo(2, 14);
  });

  test('X07: Pareto α = 2.5, mean 10 ms', () => {
    const distribution: Distribution = { family: 'pareto', mean: 10, alpha: 2.5 };
    expect(quantileOfSurvival(distribution, 1)).toBeCloseTo(6, 14);
    expect(cvOf(distribution) ** 2).toBeCloseTo(0.8, 14);
    expect(quantileOfSurvival(distribution, 0.5)).toBeCloseTo(7.9170475, 7);
    expect(quantileOfSurvival(distribution, 0.01)).toBeCloseTo(37.857441, 6);
    expect(quantileOfSurvival(distribution, 0.001)).toBeCloseTo(95.093592, 6);
  });

  test('S30: lognormal of mean 1 and scv 1', () => {
    const { mu, sigma } = lognormalParameters({ mean: 1, cv: 1 });
    expect(mu).toBeCloseTo(-0.34657359027997264, 15);
    expect(sigma).toBeCloseTo(0.8325546111576977, 15);
  });
});

describe('quantiles to 40 digits (mpmath)', () => {
  // At survival 1 − 2^-30, 0.5, 0.01, 0.0001 and 2^-33.
  test.each<{ distribution: Distribution; quantiles: readonly number[] }>([
    {
      distribution: { family: 'erlang', mean: 1, k: 4 },
      quantiles: [
        0.00306430707070881568, 0.918015187212724026, 2.51127937870790415, 3.97845350015778991,
        7.88290603006604126,
      ],
    },
    {
      distribution: { family: 'gamma', mean: 1, cv: 2 },
      quantiles: [
        2.03116332623614334e-36, 0.174695209411493641, 9.73554168878813121, 25.7132575169471396,
        77.3131694700794622,
      ],
    },
    {
      distribution: { family: 'lognormal', mean: 1, cv: 1 },
      quantiles: [
        0.00474962975001195263, 0.707106781186547524, 4.90491645086585534, 15.6381076516639366,
        138.396445990778766,
      ],
    },
    {
      distribution: { family: 'hyperexponential', mean: 1, cv: 2 },
      quantiles: [5.82076609431135604e-10],
    },
    {
      distribution: { family: 'bounded-pareto', alpha: 1.1, lower: 1, upper: 1000 },
      quantiles: [
        1.00000000084623255, 1.87700663011130698, 62.9597009384114711, 847.629123895856099,
        999.999788943056586,
      ],
    },
    {
      distribution: { family: 'exponential', mean: 3 },
      quantiles: [2.79396772514747815e-9, 3 * Math.LN2, 3 * Math.log(100), 3 * Math.log(1e4), 99 * Math.LN2],
    },
  ])('$distribution', ({ distribution, quantiles }) => {
    const actual = [1 - 2 ** -30, 0.5, 0.01, 0.0001, 2 ** -33].map((v) =>
      quantileOfSurvival(distribution, v),
    );
    quantiles.forEach((each, i) => {
      expect(relativeError(actual[i]!, each)).toBeLessThan(2e-14);
    });
  });

  test('mean and cv of the bounded Pareto', () => {
    const distribution: Distribution = { family: 'bounded-pareto', alpha: 1.1, lower: 1, upper: 1000 };
    expect(relativeError(meanOf(distribution), 5.48969179354347726)).toBeLessThan(1e-14);
    expect(relativeError(cvOf(distribution), 4.39268995614577457)).toBeLessThan(1e-14);
  });
});

test('gamma and lognormal quantiles agree with jStat', () => {
  for (const v of [0.99, 0.5, 0.1, 0.01, 0.001]) {
    const gamma = quantileOfSurvival({ family: 'gamma', mean: 2, cv: 0.8 }, v);
    expect(relativeError(gamma, jStat.gamma.inv(1 - v, 1.5625, 1.28))).toBeLessThan(1e-7);
    const { mu, sigma } = lognormalParameters({ mean: 2, cv: 0.8 });
    const lognormal = quantileOfSurvival({ family: 'lognormal', mean: 2, cv: 0.8 }, v);
    expect(relativeError(lognormal, jStat.lognormal.inv(1 - v, mu, sigma))).toBeLessThan(1e-7);
  }
});

describe.each(EXAMPLES)('$title', ({ distribution }) => {
  const law = lawOf(distribution);
  /** Survival probabilities over all orders of magnitude down to 2^-33. */
  const survivals = Array.from({ length: 400 }, (_, i) => 2 ** (-33 * (i / 400) ** 2));

  test('the quantile inverts the survival function and falls', () => {
    let before = law.quantile(1);
    for (const v of survivals) {
      const x = law.quantile(v);
      expect(x).toBeGreaterThanOrEqual(before);
      before = x;
      // The tail at x, allowing for the rounding of x, encloses v.
      expect(law.survival(x * (1 + 1e-13))).toBeLessThanOrEqual(v * (1 + 1e-11));
      expect(law.survival(x * (1 - 1e-13))).toBeGreaterThanOrEqual(v * (1 - 1e-11));
    }
  });

  test('the upper mean is the integral of the quantile', () => {
    expect(law.upperMean(0)).toBe(0);
    expect(relativeError(law.upperMean(1), law.mean)).toBeLessThan(1e-14);
    for (let i = 0; i < 20; i++) {
      const [from, to] = [2 ** (-i - 1), 2 ** -i];
      const steps = 1000;
      let sum = 0;
      for (let step = 0; step < steps; step++)
        sum += law.quantile(from + ((step + 0.5) / steps) * (to - from));
      const integral = (sum / steps) * (to - from);
      const part = law.upperMean(to) - law.upperMean(from);
      expect(Math.abs(integral - part)).toBeLessThan(2e-4 * part + 1e-12 * law.mean);
    }
  });

  test('the coefficient of variation is that of the quantile function', () => {
    if (law.cv === Infinity || law.mean === 0) return;
    let square = 0;
    for (let octave = 0; octave < 60; octave++) {
      const width = 2 ** (-octave - 1);
      for (let i = 0; i < 500; i++)
        square += law.quantile(width * (1 + (i + 0.5) / 500)) ** 2 * (width / 500);
    }
    expect(Math.abs(square / law.mean ** 2 - 1 - law.cv ** 2)).toBeLessThan(2e-3 * (1 + law.cv ** 2));
  });
});

test('scaled to mean 1, every distribution keeps its shape', () => {
  fc.assert(
    fc.property(anyDistribution, fc.double({ min: 1e-6, max: 1, noNaN: true }), (distribution, v) => {
      const unit = lawOf(atUnitMean(distribution));
      const law = lawOf(distribution);
      expect(relativeError(unit.mean, 1)).toBeLessThan(1e-13);
      expect(Math.abs(law.mean * unit.quantile(v) - law.quantile(v))).toBeLessThan(
        1e-10 * law.quantile(v) + 1e-290,
      );
    }),
  );
});

test('a mean of zero is the constant zero in every family', () => {
  const zeros: Distribution[] = [
    ...(['constant', 'exponential'] as const).map((family) => ({ family, mean: 0 })),
    { family: 'lognormal', mean: 0, cv: 1 },
    { family: 'erlang', mean: 0, k: 3 },
    { family: 'pareto', mean: 0, alpha: 2 },
    { family: 'uniform', low: 0, high: 0 },
    { family: 'branches', branches: [{ p: 1, mean: 0 }] },
    { family: 'samples', samples: [0, 0] },
  ];
  for (const zero of zeros) {
    expect([meanOf(zero), cvOf(zero), quantileOfSurvival(zero, 0.5)], titleOf(zero)).toEqual([0, 0, 0]);
  }
});

describe('limiting shapes', () => {
  test('a coefficient of variation of 0 is a constant', () => {
    for (const family of ['gamma', 'lognormal'] as const) {
      const law = lawOf({ family, mean: 5, cv: 0 });
      expect([law.mean, law.cv, law.quantile(1), law.quantile(2 ** -33)]).toEqual([5, 0, 5, 5]);
    }
  });

  test('Erlang with one phase, gamma and hyperexponential with cv 1 are exponential', () => {
    for (const v of [0.999, 0.5, 0.01, 2 ** -33]) {
      const expected = quantileOfSurvival({ family: 'exponential', mean: 2 }, v);
      for (const same of [
        { family: 'erlang', mean: 2, k: 1 },
        { family: 'gamma', mean: 2, cv: 1 },
        { family: 'hyperexponential', mean: 2, cv: 1 },
      ] as const) {
        expect(relativeError(quantileOfSurvival(same, v), expected)).toBeLessThan(1e-13);
      }
    }
  });

  test('a bounded Pareto with a far bound is a Pareto', () => {
    const bounded = lawOf({ family: 'bounded-pareto', alpha: 2.5, lower: 6, upper: 6e9 });
    const pareto = lawOf({ family: 'pareto', alpha: 2.5, mean: 10 });
    for (const v of [1, 0.5, 1e-6, 2 ** -33]) {
      expect(relativeError(bounded.quantile(v), pareto.quantile(v))).toBeLessThan(1e-12);
    }
    expect(relativeError(bounded.mean, 10)).toBeLessThan(1e-12);
  });

  test('a Pareto has no variance up to α = 2', () => {
    expect(cvOf({ family: 'pareto', mean: 1, alpha: 2 })).toBe(Infinity);
  });

  test('samples keep their mean and range', () => {
    const law = lawOf({ family: 'samples', samples: [5, 1, 2, 2, 90] });
    expect([law.mean, law.quantile(1), law.quantile(0), law.quantile(0.5)]).toEqual([20, 1, 90, 2]);
  });

  test('two quantile points at one p leave a gap', () => {
    const points = [
      { p: 0, value: 1 },
      { p: 0.9, value: 2 },
      { p: 0.9, value: 50 },
      { p: 1, value: 60 },
    ];
    const law = lawOf({ family: 'quantiles', points });
    expect(law.mean).toBeCloseTo(0.9 * 1.5 + 0.1 * 55, 12);
    expect([law.survival(2), law.survival(10), law.survival(50)].map((v) => v.toFixed(12))).toEqual(
      Array.from({ length: 3 }, () => (0.1).toFixed(12)),
    );
    expect(law.quantile(0.1001)).toBeLessThan(2);
    expect(law.quantile(0.0999)).toBeGreaterThan(50);
  });
});

describe('refuses', () => {
  test.each<Distribution>([
    { family: 'constant', mean: -1 },
    { family: 'exponential', mean: Infinity },
    { family: 'exponential', mean: NaN },
    { family: 'erlang', mean: 1, k: 1.5 },
    { family: 'erlang', mean: 1, k: 0 },
    { family: 'gamma', mean: 1, cv: 11 },
    { family: 'gamma', mean: 1, cv: -1 },
    { family: 'gamma', mean: 1, cv: 1e-4 },
    { family: 'lognormal', mean: 1, cv: -0.5 },
    { family: 'hyperexponential', mean: 1, cv: 0.9 },
    { family: 'branches', branches: [] },
    { family: 'branches', branches: [{ p: 0.9, mean: 1 }] },
    {
      family: 'branches',
      branches: [
        { p: 1.5, mean: 1 },
        { p: -0.5, mean: 1 },
      ],
    },
    { family: 'pareto', mean: 1, alpha: 1 },
    { family: 'bounded-pareto', alpha: 0, lower: 1, upper: 2 },
    { family: 'bounded-pareto', alpha: 1, lower: 0, upper: 2 },
    { family: 'bounded-pareto', alpha: 1, lower: 3, upper: 2 },
    { family: 'bounded-pareto', alpha: 50, lower: 1, upper: 1e9 },
    { family: 'uniform', low: 2, high: 1 },
    { family: 'uniform', low: -1, high: 1 },
    { family: 'samples', samples: [] },
    { family: 'samples', samples: [1, -1] },
    { family: 'quantiles', points: [{ p: 0, value: 1 }] },
    {
      family: 'quantiles',
      points: [
        { p: 0, value: 2 },
        { p: 1, value: 1 },
      ],
    },
    {
      family: 'quantiles',
      points: [
        { p: 0, value: 1 },
        { p: 0.9, value: 2 },
      ],
    },
    {
      family: 'quantiles',
      points: [
        { p: 0, value: 1 },
        { p: 0.9, value: 2 },
        { p: 0.5, value: 3 },
        { p: 1, value: 4 },
      ],
    },
  ])('%j', (distribution) => {
    expect(() => lawOf(distribution)).toThrow(RangeError);
  });
});
