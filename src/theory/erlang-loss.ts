import { erlangB } from './erlang.ts';

export interface LossStation {
  readonly arrivalRatePerSec: number;
  readonly serviceMeanSec: number;
  readonly serverCount: number;
}

export interface LossMeans {
  readonly lossProbability: number;
  readonly throughputPerSec: number;
  readonly utilization: number;
  readonly meanJobs: number;
}

/**
 * M/G/c/c, Erlang's loss system: no waiting room.
 *
 *     P(loss) = B(c, λS)   X = λ(1 − B)   L = X·S   ρ = L/c
 *
 * Insensitive: only the mean of the service time matters (Sevastyanov 1957), so it holds for fixed, exponential and
 * heavy-tailed service alike.
 */
export function erlangLoss({ arrivalRatePerSec, serviceMeanSec, serverCount }: LossStation): LossMeans {
  const lossProbability = erlangB({ offeredLoadErlangs: arrivalRatePerSec * serviceMeanSec, serverCount });
  const throughputPerSec = arrivalRatePerSec * (1 - lossProbability);
  const meanJobs = throughputPerSec * serviceMeanSec;
  return { lossProbability, throughputPerSec, utilization: meanJobs / serverCount, meanJobs };
}
