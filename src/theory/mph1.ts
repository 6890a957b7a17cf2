import { phaseMeanSec, phaseOccupanciesSec, type PhaseMove, type PhaseType } from './phase-type.ts';
import { checkStable } from './queue-means.ts';
import { at } from './vector.ts';

export interface Mph1 {
  /** λ, Poisson arrivals. */
  readonly arrivalRatePerSec: number;
  /** Service time; no atom at zero. */
  readonly service: PhaseType;
}

/**
 * The wait in M/PH/1, first come first served, as a phase-type time.
 *
 *     initial = ρ·α_e,  restart at α_e with probability ρ whenever a residual service ends      α_e = α(−T)^{−1}/E[S]
 *
 * The Pollaczek–Khinchine law read as a picture: the wait is a geometric number of residual service times. With it,
 * percentiles of M/E_k/1 and M/H₂/1 are exact. Source: Neuts, Matrix-Geometric Solutions, 1981, §1.9; Asmussen 2003,
 * Applied Probability and Queues, §VIII.5. Requires ρ < 1.
 */
export function mph1Wait({ arrivalRatePerSec, service }: Mph1): PhaseType {
  const meanSec = phaseMeanSec(service);
  const utilization = arrivalRatePerSec * meanSec;
  checkStable(utilization);
  const residual = phaseOccupanciesSec(service).map((occupancySec) => occupancySec / meanSec);
  const restarts: PhaseMove[] = service.exitRatesPerSec.flatMap((exitRate, from) =>
    residual.map((probability, to) => ({ from, to, ratePerSec: exitRate * utilization * probability })),
  );
  return {
    initial: residual.map((probability) => utilization * probability),
    moves: [...service.moves, ...restarts],
    exitRatesPerSec: service.exitRatesPerSec.map((rate) => rate * (1 - utilization)),
  };
}

/** The sojourn: the wait, then an independent service, as phases of both side by side. */
export function mph1Sojourn(queue: Mph1): PhaseType {
  const { service } = queue;
  const wait = mph1Wait(queue);
  const offset = wait.initial.length;
  const noWait = 1 - wait.initial.reduce((total, probability) => total + probability, 0);
  const serve = service.moves.map(({ from, to, ratePerSec }) => ({
    from: from + offset,
    to: to + offset,
    ratePerSec,
  }));
  const begin = wait.exitRatesPerSec.flatMap((exitRate, from) =>
    service.initial.map((_, to) => ({
      from,
      to: to + offset,
      ratePerSec: exitRate * at(service.initial, to),
    })),
  );
  return {
    initial: [...wait.initial, ...service.initial.map((probability) => probability * noWait)],
    moves: [...wait.moves, ...begin, ...serve],
    exitRatesPerSec: [...wait.exitRatesPerSec.map(() => 0), ...service.exitRatesPerSec],
  };
}
