import fc from 'fast-check';
import type { Distribution } from '../../src/random/distributions.ts';

/**
 * Distributions every test of sampling runs over, with the largest relative error that their table's quantiles were
 * measured to have (rounded up): from P50, and from P90, up to P99.9999.
 */
interface Example {
  readonly title: string;
  readonly distribution: Distribution;
  readonly errorFromP50: number;
  readonly errorFromP90: number;
}

export function titleOf(distribution: Distribution): string {
  return JSON.stringify(distribution).replaceAll('"', '').slice(0, 90);
}

function example(distribution: Distribution, errorFromP50: number, errorFromP90: number): Example {
  return { title: titleOf(distribution), distribution, errorFromP50, errorFromP90 };
}

export const EXAMPLES: readonly Example[] = [
  example({ family: 'constant', mean: 3 }, 0, 0),
  example({ family: 'uniform', low: 1, high: 3 }, 1e-14, 1e-14),
  example({ family: 'exponential', mean: 1 }, 1e-5, 3e-6),
  example({ family: 'erlang', mean: 2, k: 2 }, 5e-6, 2e-6),
  example({ family: 'erlang', mean: 1, k: 100 }, 4e-7, 3e-7),
  example({ family: 'gamma', mean: 1, cv: 0.5 }, 2e-6, 2e-6),
  example({ family: 'gamma', mean: 1, cv: 2 }, 1e-4, 5e-6),
  example({ family: 'gamma', mean: 1, cv: 3 }, 5e-4, 9e-6),
  example({ family: 'hyperexponential', mean: 5, cv: 1.5 }, 2e-5, 1e-5),
  example({ family: 'hyperexponential', mean: 1, cv: 2 }, 2e-5, 2e-5),
  example({ family: 'hyperexponential', mean: 1, cv: 5 }, 2e-4, 2e-4),
  example({ family: 'lognormal', mean: 1, cv: 0.1 }, 4e-7, 3e-7),
  example({ family: 'lognormal', mean: 20, cv: 1 }, 8e-6, 4e-6),
  example({ family: 'lognormal', mean: 1, cv: 2 }, 2e-5, 7e-6),
  example({ family: 'lognormal', mean: 1, cv: 5 }, 4e-5, 2e-5),
  example({ family: 'pareto', mean: 10, alpha: 1.5 }, 8e-6, 8e-6),
  example({ family: 'pareto', mean: 10, alpha: 2.5 }, 4e-6, 4e-6),
  example({ family: 'bounded-pareto', alpha: 1.1, lower: 1, upper: 1000 }, 2e-5, 2e-5),
  example({ family: 'bounded-pareto', alpha: 1, lower: 1, upper: 1e6 }, 2e-5, 2e-5),
  example({ family: 'bounded-pareto', alpha: 2, lower: 1, upper: 10 }, 5e-6, 4e-6),
];

const cv = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const mean = fc.double({ min: 1e-3, max: 1e12, noNaN: true });
const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });

/** Any distribution with a positive mean, gaps, atoms and extreme shapes included. */
export const anyDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ family: fc.constant('exponential' as const), mean }),
  fc.record({ family: fc.constant('erlang' as const), mean, k: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ family: fc.constant('gamma' as const), mean, cv: cv(0.01, 5) }),
  fc.record({ family: fc.constant('hyperexponential' as const), mean, cv: cv(1, 50) }),
  fc.record({ family: fc.constant('lognormal' as const), mean, cv: cv(0, 50) }),
  fc.record({ family: fc.constant('pareto' as const), mean, alpha: cv(1.05, 20) }),
  fc
    .tuple(cv(0.1, 20), mean, cv(1, 1e6))
    .map(
      ([alpha, lower, ratio]) => ({ family: 'bounded-pareto', alpha, lower, upper: lower * ratio }) as const,
    ),
  fc.tuple(mean, cv(1, 1e6)).map(([low, ratio]) => ({ family: 'uniform', low, high: low * ratio }) as const),
  values
    .filter((samples) => Math.max(...samples) > 0)
    .map((samples) => ({ family: 'samples', samples }) as const),
  values.map((steps) => ({ family: 'quantiles', points: pointsOfSteps(steps) }) as const),
);

/** Points with equal p (gaps) and equal values (atoms) among them. */
function pointsOfSteps(steps: readonly number[]): { p: number; value: number }[] {
  let value = 1;
  const points = steps.map((step, i) => {
    value += step % 3 === 0 ? 0 : step;
    return { p: Math.floor((i + 1) / 2) / (steps.length + 1), value };
  });
  return [{ p: 0, value: 1 }, ...points, { p: 1, value: value + 10 }];
}
