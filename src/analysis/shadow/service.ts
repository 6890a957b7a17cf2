import type { JobKind } from '../../model/premises.ts';
import type { ServiceMoments } from '../../theory/service-moments.ts';

/** Service time of whatever job comes next. */
export interface Service {
  readonly law: 'exponential' | 'constant' | 'general';
  readonly meanSec: number;
  /** Squared coefficient of variation. */
  readonly scv: number;
}

/**
 * The service of a mixture of independent Poisson flows: a job is of kind i with probability λ_i/λ.
 *
 *     E[S] = Σ λ_i·s_i/λ   E[S²] = Σ λ_i·s_i²(1 + c_i²)/λ   c² = E[S²]/E[S]² − 1
 */
export function mixtureOf(kinds: readonly JobKind[]): Service {
  const [first] = kinds;
  if (first === undefined) throw new RangeError('a mixture of no kinds of jobs');
  const alike = kinds.every(({ law, meanNs }) => law === first.law && meanNs === first.meanNs);
  if (alike && first.law !== 'general')
    return { law: first.law, meanSec: first.meanNs / 1e9, scv: first.scv };
  const perSec = rateOf(kinds);
  const mean = (of: (kind: JobKind) => number): number =>
    kinds.reduce((sum, kind) => sum + (kind.perSec / perSec) * of(kind), 0);
  const meanNs = mean((kind) => kind.meanNs);
  const secondNs2 = mean((kind) => kind.meanNs * kind.meanNs * (1 + kind.scv));
  return { law: 'general', meanSec: meanNs / 1e9, scv: secondNs2 / (meanNs * meanNs) - 1 };
}

export function rateOf(kinds: readonly JobKind[]): number {
  return kinds.reduce((sum, { perSec }) => sum + perSec, 0);
}

/** E[S²] = s²(1 + c²); the third moment is not known. */
export function momentsOf({ meanSec, scv }: Service): ServiceMoments {
  return { meanSec, secondSec2: meanSec * meanSec * (1 + scv), thirdSec3: NaN };
}
