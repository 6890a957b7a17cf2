import { meanOf, type Distribution } from '../../random/distributions.ts';
import type { DistributionSpec, Path } from '../../scenario/types.ts';
import type { PositionOf } from '../refusal.ts';
import { numbersOf, readCsv, type Files } from './csv.ts';

/** Where distributions of a scenario that are written as file names are found. */
export interface DistributionSource {
  readonly files: Files;
  readonly position: PositionOf;
  /** Where such a distribution stands, for messages. */
  readonly path: Path;
}

/** The scenario's words for a distribution as the library's; unit ns. */
export function distributionOf(spec: DistributionSpec, source: DistributionSource): Distribution {
  switch (spec.family) {
    case 'bounded-pareto':
      return { family: 'bounded-pareto', alpha: spec.alpha, lower: spec.lowerNs, upper: spec.upperNs };
    case 'uniform':
      return { family: 'uniform', low: spec.lowNs, high: spec.highNs };
    case 'quantiles':
      return { family: 'quantiles', points: spec.points.map(({ p, ns }) => ({ p, value: ns })) };
    case 'csv': {
      const table = readCsv({ file: spec.file, ...source });
      return {
        family: 'samples',
        samples: numbersOf(table, spec.column, source).map((value) => value * spec.unitNs),
      };
    }
    case 'erlang':
      return { family: 'erlang', mean: spec.meanNs, k: spec.k };
    case 'constant':
    case 'exponential':
      return { family: spec.family, mean: spec.meanNs };
    case 'gamma':
    case 'hyperexponential':
    case 'lognormal':
      return { family: spec.family, mean: spec.meanNs, cv: spec.cv };
  }
}

/** Mean of a distribution in ns, exactly as given where it is given. */
export function meanNsOf(distribution: Distribution): number {
  return 'mean' in distribution ? distribution.mean : meanOf(distribution);
}

/** Whether it always has the same value: then it needs no draw. */
export function isConstant(distribution: Distribution): boolean {
  if (distribution.family === 'constant') return true;
  if (distribution.family === 'lognormal' || distribution.family === 'gamma') return distribution.cv === 0;
  return meanNsOf(distribution) === 0;
}
