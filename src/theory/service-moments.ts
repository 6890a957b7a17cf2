/** The first three moments of a service time (or any other positive time): E[S], E[S²], E[S³]. */
export interface ServiceMoments {
  readonly meanSec: number;
  readonly secondSec2: number;
  readonly thirdSec3: number;
}

/** E[S^k] = s^k. */
export function deterministicMoments(meanSec: number): ServiceMoments {
  return { meanSec, secondSec2: meanSec * meanSec, thirdSec3: meanSec * meanSec * meanSec };
}

/** E[S^k] = k!·s^k. */
export function exponentialMoments(meanSec: number): ServiceMoments {
  return erlangMoments({ phaseCount: 1, meanSec });
}

/** E[S²] = s²(k+1)/k, E[S³] = s³(k+1)(k+2)/k² for k phases. */
export function erlangMoments({
  phaseCount,
  meanSec,
}: {
  phaseCount: number;
  meanSec: number;
}): ServiceMoments {
  const secondSec2 = (meanSec * meanSec * (phaseCount + 1)) / phaseCount;
  return { meanSec, secondSec2, thirdSec3: (secondSec2 * meanSec * (phaseCount + 2)) / phaseCount };
}

/** E[S^k] = k!·Σ p_i/r_i^k. */
export function hyperexponentialMoments(
  branches: readonly { probability: number; ratePerSec: number }[],
): ServiceMoments {
  let meanSec = 0;
  let secondSec2 = 0;
  let thirdSec3 = 0;
  for (const { probability, ratePerSec } of branches) {
    meanSec += probability / ratePerSec;
    secondSec2 += (2 * probability) / (ratePerSec * ratePerSec);
    thirdSec3 += (6 * probability) / (ratePerSec * ratePerSec * ratePerSec);
  }
  return { meanSec, secondSec2, thirdSec3 };
}

/** E[S^k] = s^k·(1 + c²)^{k(k−1)/2}, c² the squared coefficient of variation. */
export function lognormalMoments({ meanSec, scv }: { meanSec: number; scv: number }): ServiceMoments {
  const growth = 1 + scv;
  return {
    meanSec,
    secondSec2: meanSec * meanSec * growth,
    thirdSec3: meanSec * meanSec * meanSec * growth * growth * growth,
  };
}

/**
 * Two exponential branches with balanced means, p₁/r₁ = p₂/r₂, for a mean and a squared coefficient of variation ≥ 1.
 *
 *     p₁ = ½(1 + √((c²−1)/(c²+1)))   r_i = 2p_i/s
 *
 * Source: Whitt 1982, Operations Research 30:125.
 */
export function balancedBranches({ meanSec, scv }: { meanSec: number; scv: number }) {
  if (!(scv >= 1)) throw new RangeError(`a hyperexponential needs scv ≥ 1: ${scv}`);
  const spread = Math.sqrt((scv - 1) / (scv + 1));
  return [(1 + spread) / 2, (1 - spread) / 2].map((probability) => ({
    probability,
    ratePerSec: (2 * probability) / meanSec,
  }));
}
