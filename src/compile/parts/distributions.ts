import { atUnitMean, meanOf, type Distribution } from '../../random/distributions.ts';
import { buildTable, TABLE_LENGTH } from '../../random/quantile-table.ts';
import type { DistributionSpec, Path } from '../../scenario/types.ts';
import type { PositionOf } from '../refusal.ts';
import { numbersOf, readCsv, type Files } from './csv.ts';
import { Interned } from './interned.ts';

/** Quantile tables of a model, one per shape: all exponentials share one, whatever their means. */
export class Tables {
  readonly #tables = new Interned<Float64Array>();

  /** Number of the table of this shape. */
  indexOf(distribution: Distribution): number {
    const shape = atUnitMean(distribution);
    return this.#tables.at(JSON.stringify(shape), () => buildTable(shape));
  }

  /** All tables one behind the other. */
  joined(): Float64Array {
    const joined = new Float64Array(this.#tables.items.length * TABLE_LENGTH);
    this.#tables.items.forEach((table, index) => {
      joined.set(table, index * TABLE_LENGTH);
    });
    return joined;
  }
}

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
