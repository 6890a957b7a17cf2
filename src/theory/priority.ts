import { checkStable } from './queue-means.ts';
import type { ServiceMoments } from './service-moments.ts';

/** One class of Poisson arrivals; the first class in a list is served first. */
export interface PriorityClass {
  readonly arrivalRatePerSec: number;
  readonly service: ServiceMoments;
}

/**
 * Mean waits per class at one server with non-preemptive priorities (head of line).
 *
 *     W_k = ½Σ_i λ_iE[S_i²] / ((1 − σ_{k−1})(1 − σ_k))        σ_k = Σ_{i≤k} λ_iE[S_i], the sum over all classes
 *
 * Source: Cobham 1954, Operations Research 2:70. Requires σ of all classes < 1.
 */
export function nonPreemptiveWaitsSec(classes: readonly PriorityClass[]): number[] {
  const residual = classes.reduce(
    (total, { arrivalRatePerSec, service }) => total + arrivalRatePerSec * service.secondSec2,
    0,
  );
  return loadsUpTo(classes).map(({ above, upTo }) => residual / 2 / ((1 - above) * (1 - upTo)));
}

/**
 * Mean sojourns per class with preemptive-resume priorities.
 *
 *     T_k = E[S_k]/(1 − σ_{k−1}) + ½Σ_{i≤k} λ_iE[S_i²] / ((1 − σ_{k−1})(1 − σ_k))
 *
 * Lower classes are invisible to higher ones. Source: Kleinrock II, 1976, eq. 3.39.
 */
export function preemptiveSojournsSec(classes: readonly PriorityClass[]): number[] {
  let residual = 0;
  const loads = loadsUpTo(classes);
  return classes.map(({ arrivalRatePerSec, service }, index) => {
    residual += arrivalRatePerSec * service.secondSec2;
    const { above, upTo } = loads[index] ?? { above: 0, upTo: 0 };
    return service.meanSec / (1 - above) + residual / 2 / ((1 - above) * (1 - upTo));
  });
}

/** σ_{k−1} and σ_k of every class. */
function loadsUpTo(classes: readonly PriorityClass[]): { above: number; upTo: number }[] {
  let upTo = 0;
  const loads = classes.map(({ arrivalRatePerSec, service }) => {
    const above = upTo;
    upTo += arrivalRatePerSec * service.meanSec;
    return { above, upTo };
  });
  checkStable(upTo);
  return loads;
}
