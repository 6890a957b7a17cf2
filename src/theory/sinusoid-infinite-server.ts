import { exp } from '../base/math.ts';
import { arctangent, cosine, sine, TWO_PI } from './trigonometry.ts';

/** λ(t) = meanRate·(1 + amplitudeRatio·sin(2πt/period)), and an unlimited number of exponential servers. */
export interface SinusoidInfiniteServer {
  readonly meanRatePerSec: number;
  /** β in [0, 1]. */
  readonly amplitudeRatio: number;
  readonly periodSec: number;
  readonly serviceMeanSec: number;
}

/**
 * Mean jobs present in M(t)/M/∞ long after the start; the number itself is Poisson with this mean.
 *
 *     m(t) = λ̄S·(1 + β(sin γt − γS·cos γt)/(1 + (γS)²))        γ = 2π/period, S mean service
 *
 * Source: Eick, Massey & Whitt 1993, Management Science 39:241.
 */
export function sinusoidMeanJobs(model: SinusoidInfiniteServer, timeSec: number): number {
  const { meanRatePerSec, amplitudeRatio, periodSec, serviceMeanSec } = model;
  const angle = (TWO_PI * timeSec) / periodSec;
  const lag = (TWO_PI * serviceMeanSec) / periodSec; // γS
  const wave = (sine(angle) - lag * cosine(angle)) / (1 + lag * lag);
  return meanRatePerSec * serviceMeanSec * (1 + amplitudeRatio * wave);
}

/** The same when the station is empty at t = 0:  m(t) − m(0)·e^{−t/S}. */
export function sinusoidMeanJobsFromEmpty(model: SinusoidInfiniteServer, timeSec: number): number {
  const transient = sinusoidMeanJobs(model, 0) * exp(-timeSec / model.serviceMeanSec);
  return sinusoidMeanJobs(model, timeSec) - transient;
}

/** How far the peak of the jobs present lags behind the peak of the arrival rate:  arctan(γS)/γ. */
export function sinusoidPeakLagSec({ periodSec, serviceMeanSec }: SinusoidInfiniteServer): number {
  const gamma = TWO_PI / periodSec;
  return arctangent(gamma * serviceMeanSec) / gamma;
}

/** Half the distance from trough to peak of the jobs present:  λ̄Sβ/√(1 + (γS)²). */
export function sinusoidAmplitudeJobs(model: SinusoidInfiniteServer): number {
  const lag = (TWO_PI * model.serviceMeanSec) / model.periodSec;
  return (model.meanRatePerSec * model.serviceMeanSec * model.amplitudeRatio) / Math.sqrt(1 + lag * lag);
}
