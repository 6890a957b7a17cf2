import type { Limiter } from '../model/model.ts';
import type { LimiterMeasurements } from '../run/measurements.ts';
import type { Context } from './context.ts';
import type { LimiterFinding } from './findings.ts';
import { firstLastingLoss } from './lasting.ts';
import { peakOver } from './peaks.ts';
import { sumOver, type SimulatedWindow, type Span } from './spans.ts';

export interface LimiterRef {
  readonly limiter: Limiter;
  readonly measured: LimiterMeasurements;
  readonly station: string;
  readonly layer: string;
  /** Rate that all instances of the site together admit for ever. */
  readonly capacityPerSec: number;
}

export function limiterRefs({ model, measurements }: Pick<Context, 'model' | 'measurements'>): LimiterRef[] {
  return model.limiters.map((limiter, index) => {
    const measured = measurements.limiters[index];
    const station = model.stations[limiter.station];
    if (measured === undefined || station === undefined)
      throw new RangeError(`limiter ${limiter.name} is unknown`);
    const capacityPerSec = (limiter.tokens / (limiter.perNs / 1e9)) * limiter.instanceCount * limiter.scale;
    return { limiter, measured, station: station.name, layer: station.layer, capacityPerSec };
  });
}

export function findLimiters(context: Context): LimiterFinding[] {
  return limiterRefs(context).flatMap((ref) =>
    context.spans.map((span) => limiterFinding(context, ref, span)),
  );
}

function limiterFinding(context: Context, ref: LimiterRef, span: Span): LimiterFinding {
  const { limiter, measured, station, layer, capacityPerSec } = ref;
  const asked = sumOver(span, measured.asked);
  const shed = sumOver(span, measured.shed);
  return {
    limiter: limiter.name,
    station,
    layer,
    phase: span.name,
    asked: asked * limiter.scale,
    shed: shed * limiter.scale,
    shedRatio: asked === 0 ? null : shed / asked,
    firstShedNs: span.name === null ? (lastingShedding(context, ref)?.atNs ?? null) : null,
    capacityPerSec,
    askedPeakPerSec: askedPeakPerSec(context, ref, span.windows),
  };
}

/** Highest rate at which the limiter was asked, per second of the site; null without windows. */
function askedPeakPerSec(
  { model }: Pick<Context, 'model'>,
  { limiter, measured }: Pick<LimiterRef, 'limiter' | 'measured'>,
  windows: readonly SimulatedWindow[],
): number | null {
  const search = { windowNs: model.windowNs, arrivals: measured.asked, amounts: measured.asked };
  const peak = peakOver(windows, search);
  return peak === null ? null : peak.perNs * 1e9 * limiter.scale;
}

/** When a limiter began to shed for good: its first refusal in the first window of lasting shedding. Refusals before
 *  that window were stray ones. */
export function lastingShedding(
  context: Pick<Context, 'windows' | 'spans'>,
  { measured }: Pick<LimiterRef, 'measured'>,
): { window: SimulatedWindow; atNs: number } | null {
  const window = firstLastingLoss(context, { came: measured.asked, lost: measured.shed });
  if (window === null) return null;
  return { window, atNs: measured.firstShedNs[window.index] ?? window.fromNs };
}
