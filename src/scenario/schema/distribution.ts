/** A random length of time: one figure, a mean with a coefficient of variation, or a named family. */
import * as z from 'zod';
import { exp, ln } from '../../base/math.ts';
import { hundredth } from '../../base/units.ts';
import type { DistributionSpec } from '../types.ts';
import { choice, count, doc, duration, number, ratio, refuse, strict } from './quantity.ts';

/** Quantile of the standard normal at 0.99. */
const Z_99 = 2.3263478740408408;
const UNIT_NS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 };

const mean = duration('Mean.', '2ms');
const cv = (example: number, bounds = {}) =>
  ratio('Coefficient of variation: standard deviation / mean.', example, { max: 100, ...bounds });

const constant = duration('The same length every time.', '5ms').transform((meanNs): DistributionSpec => ({
  family: 'constant',
  meanNs,
}));

const lognormalByMean = strict({ mean, cv: cv(0.8) }).transform(
  ({ mean: meanNs, cv: spread }): DistributionSpec =>
    spread === 0 || meanNs === 0
      ? { family: 'constant', meanNs }
      : { family: 'lognormal', meanNs, cv: spread },
);

/** σ = ln(p99/p50) / z₀.₉₉, mean = p50·exp(σ²/2), CV² = exp(σ²) − 1. */
const lognormalByQuantiles = strict({
  p50: duration('Median.', '2ms', { above: 0 }),
  p99: duration('99th percentile.', '9ms', { above: 0 }),
}).transform(({ p50, p99 }, context): DistributionSpec => {
  if (p99 < p50)
    refuse(context, p99, { code: 'HF203', message: 'p99 is below p50', help: 'swap them', path: ['p99'] });
  const sigma = ln(p99 / p50) / Z_99;
  const growth = exp(sigma * sigma);
  if (sigma <= 0) return { family: 'constant', meanNs: p50 };
  return { family: 'lognormal', meanNs: Math.round(p50 * Math.sqrt(growth)), cv: Math.sqrt(growth - 1) };
});

const quantileName = z
  .string()
  .regex(/^(min|max|p\d{1,2}(\.\d+)?)$/, { message: 'a quantile is named min, p50, p99.9 or max' });

const quantiles = z
  .record(quantileName, duration('Length at this quantile.', '5ms'))
  .transform((byName, context): DistributionSpec => {
    const points = Object.entries(byName)
      .map(([name, ns]) => ({
        name,
        ns,
        p: name === 'min' ? 0 : name === 'max' ? 1 : hundredth(name.slice(1)),
      }))
      .sort((a, b) => a.p - b.p);
    for (const needed of ['min', 'max']) {
      if (!Object.hasOwn(byName, needed)) {
        refuse(context, byName, {
          code: 'HF102',
          message: `missing key "${needed}"`,
          help: 'quantiles run from min to max',
        });
      }
    }
    points.forEach((point, i) => {
      const before = points[i - 1];
      if (before === undefined) return;
      const help = 'quantiles must not fall';
      if (point.p === before.p)
        refuse(context, byName, {
          code: 'HF203',
          message: `${before.name} and ${point.name} are the same quantile`,
          help,
          path: [point.name],
        });
      else if (point.ns < before.ns)
        refuse(context, byName, {
          code: 'HF203',
          message: `${point.name} is below ${before.name}`,
          help,
          path: [point.name],
        });
    });
    return { family: 'quantiles', points: points.map(({ p, ns }) => ({ p, ns })) };
  });

const uniform = z
  .tuple([duration('Lowest.', '1ms'), duration('Highest.', '3ms')])
  .transform(([lowNs, highNs], context): DistributionSpec => {
    if (highNs < lowNs)
      refuse(context, highNs, {
        code: 'HF203',
        message: 'the upper end is below the lower one',
        help: 'write [low, high]',
        path: [1],
      });
    return { family: 'uniform', lowNs, highNs };
  });

const boundedPareto = strict({
  lower: duration('Lowest value.', '1ms', { above: 0 }),
  upper: duration('Highest value.', '10s', { above: 0 }),
  alpha: number('Tail index: smaller is heavier.', 1.5, { above: 0, max: 100 }),
}).transform(({ lower: lowerNs, upper: upperNs, alpha }, context): DistributionSpec => {
  if (upperNs <= lowerNs)
    refuse(context, upperNs, {
      code: 'HF203',
      message: 'upper is not above lower',
      help: 'write lower < upper',
      path: ['upper'],
    });
  return { family: 'bounded-pareto', lowerNs, upperNs, alpha };
});

const families = z.union([
  lognormalByMean,
  strict({ constant }).transform(({ constant: spec }): DistributionSpec => spec),
  strict({ exponential: duration('Mean of an exponential.', '5ms') }).transform(
    ({ exponential: meanNs }): DistributionSpec => ({ family: 'exponential', meanNs }),
  ),
  strict({
    erlang: doc(
      strict({ mean, k: count('Phases; CV = 1/√k.', 4, { min: 1, max: 1000 }) }),
      'Sum of k exponentials.',
      { mean: '2ms', k: 4 },
    ),
  }).transform(({ erlang }): DistributionSpec => ({ family: 'erlang', meanNs: erlang.mean, k: erlang.k })),
  strict({
    gamma: doc(strict({ mean, cv: cv(0.5, { above: 0 }) }), 'Gamma by mean and CV.', {
      mean: '2ms',
      cv: 0.5,
    }),
  }).transform(({ gamma }): DistributionSpec => ({ family: 'gamma', meanNs: gamma.mean, cv: gamma.cv })),
  strict({
    hyperexponential: doc(
      strict({ mean, cv: cv(2, { min: 1 }) }),
      'Two exponentials with balanced means; CV at least 1.',
      { mean: '2ms', cv: 2 },
    ),
  }).transform(({ hyperexponential: h }): DistributionSpec => ({
    family: 'hyperexponential',
    meanNs: h.mean,
    cv: h.cv,
  })),
  strict({
    lognormal: doc(
      z.union([lognormalByMean, lognormalByQuantiles]),
      'Lognormal by mean and CV, or by p50 and p99.',
      { p50: '2ms', p99: '9ms' },
    ),
  }).transform(({ lognormal }): DistributionSpec => lognormal),
  strict({
    boundedPareto: doc(boundedPareto, 'Heavy tail between two bounds.', {
      lower: '1ms',
      upper: '10s',
      alpha: 1.5,
    }),
  }).transform(({ boundedPareto: spec }): DistributionSpec => spec),
  strict({ uniform: doc(uniform, 'Anything between two lengths alike.', ['1ms', '3ms']) }).transform(
    ({ uniform: spec }): DistributionSpec => spec,
  ),
  strict({
    quantiles: doc(quantiles, 'Piecewise linear between measured quantiles.', {
      min: '1ms',
      p50: '4ms',
      p99: '20ms',
      max: '80ms',
    }),
  }).transform(({ quantiles: spec }): DistributionSpec => spec),
  strict({
    csv: doc(z.string().min(1), 'CSV file with measured values, beside the scenario.', 'latencies.csv'),
    column: doc(z.string().min(1), 'Column of the file.', 'latency_ms'),
    unit: choice(['ns', 'us', 'ms', 's', 'min', 'h'], 'Unit of the column.'),
  }).transform(({ csv, column, unit }): DistributionSpec => ({
    family: 'csv',
    file: csv,
    column,
    unitNs: UNIT_NS[unit],
  })),
]);

const anyDistribution: z.ZodType<DistributionSpec> = z
  .union([constant, families])
  .meta({ id: 'distribution' });

/** A key that takes any distribution. */
export function distribution(description: string, example: unknown): z.ZodType<DistributionSpec> {
  return doc(
    z.lazy(() => anyDistribution),
    description,
    example,
  );
}
