import type { Limiter } from '../model/model.ts';
import type { LimiterMeasurements } from '../run/measurements.ts';
import type { Context } from './context.ts';
import type { LimiterFinding } from './findings.ts';
import { firstLastingLoss } from './lasting.ts';
import { sumOver, type SimulatedWindow, type Span } from './spans.ts';

export interface LimiterRef {
  readonly limiter: Limiter;
  readonly measured: LimiterMeasurements;
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
    return { limiter, measured, layer: station.layer, capacityPerSec };
  });
}

export function findLimiters(context: Context): LimiterFinding[] {
  return limiterRefs(context).flatMap((ref) =>
    context.spans.map((span) => limiterFinding(context, ref, span)),
  );
}

function limiterFinding(context: Context, ref: LimiterRef, span: Span): LimiterFinding {
  const { limiter, measured, layer, capacityPerSec } = ref;
  const asked = sumOver(span, measured.asked);
  const shed = sumOver(span, measured.shed);
  return {
    limiter: limiter.name,
    layer,
    phase: span.name,
    asked: asked * limiter.scale,
    shed: shed * limiter.scale,
    shedRatio: asked === 0 ? null : shed / asked,
    firstShedNs: span.name === null ? (lastingShedding(context, ref)?.atNs ?? null) : null,
    capacityPerSec,
  };
}

/**
 * When a limiter began to shed for good: the exact instant of its first refusal if that lies in the first window of
 * lasting shedding or the one before, else the beginning of that window (the refusals before were stray ones).
 */
export function lastingShedding(
  context: Pick<Context, 'windows' | 'spans'>,
  { measured }: Pick<LimiterRef, 'measured'>,
): { window: SimulatedWindow; atNs: number } | null {
  const window = firstLastingLoss(context, { came: measured.asked, lost: measured.shed });
  if (window === null) return null;
  const previous = context.windows[context.windows.indexOf(window) - 1] ?? window;
  const first = measured.firstShedNs;
  const isExact = first !== null && first >= previous.fromNs && first < window.toNs;
  return { window, atNs: isExact ? first : window.fromNs };
}
