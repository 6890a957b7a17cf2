import { mm1 } from './mm1.ts';
import { phaseQuantileSec, seriesPhases, type PhaseType } from './phase-type.ts';
import { sum } from './vector.ts';

export interface Tandem {
  readonly arrivalRatePerSec: number;
  /** μ of each station, one FCFS server each, in the order of visits. */
  readonly serviceRatesPerSec: readonly number[];
}

/**
 * End-to-end time through M/M/1 stations in a row: sojourns of one job are independent Exp(μ_i − λ), so their sum is
 * hypoexponential.
 *
 * Percentiles of a chain are not sums of percentiles: this is the exact law they must be compared with.
 * Source: Burke 1956, Operations Research 4:699; Reich 1957, Ann. Math. Statist. 28:768. Requires λ < μ_i.
 */
export function tandemResponse({ arrivalRatePerSec, serviceRatesPerSec }: Tandem): PhaseType {
  return seriesPhases(stageMeansSec({ arrivalRatePerSec, serviceRatesPerSec }).map((meanSec) => 1 / meanSec));
}

/** Mean sojourn at each station, 1/(μ_i − λ). */
export function stageMeansSec({ arrivalRatePerSec, serviceRatesPerSec }: Tandem): number[] {
  return serviceRatesPerSec.map(
    (serviceRatePerSec) => mm1({ arrivalRatePerSec, serviceRatePerSec }).meanSojournSec,
  );
}

export function tandemMeanResponseSec(tandem: Tandem): number {
  return sum(stageMeansSec(tandem));
}

export function tandemQuantileSec(tandem: Tandem, probability: number): number {
  return phaseQuantileSec(tandemResponse(tandem), probability);
}
