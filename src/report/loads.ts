/** How loads are written and which of their numbers are shown. */
import type { CapacityDocument, LoadPoint, LoadRequest } from '../study/capacity-document.ts';

/** `×1.25`: as it can be typed again. */
export function loadText(multiplier: number | null): string {
  return multiplier === null ? '–' : `×${Number(multiplier.toPrecision(5))}`;
}

/** Whose P99 a curve shows; phase null: over the whole run. */
export interface KneeTimes {
  readonly request: string;
  readonly phase: string | null;
}

/**
 * The request class that the budget at the bound is about, over the time that it judges where that is the whole run; else the
 * slowest class near the traffic of the scenario itself. Over the busiest phase, where there are phases.
 */
export function kneeTimes({ bound, points, busiestPhase }: CapacityDocument): KneeTimes | null {
  const named = /^request:(.+)$/.exec(bound.budget?.target ?? '')?.[1];
  const nearest = points.toSorted((a, b) => Math.abs(a.multiplier - 1) - Math.abs(b.multiplier - 1))[0];
  const rows = nearest?.requests.filter(({ phase }) => phase === busiestPhase) ?? [];
  if (named !== undefined && rows.some(({ request }) => request === named))
    return { request: named, phase: bound.budget?.window === null ? null : busiestPhase };
  const slowest = rows.toSorted((a, b) => (b.p99Ns ?? 0) - (a.p99Ns ?? 0))[0];
  return slowest === undefined ? null : { request: slowest.request, phase: busiestPhase };
}

export function requestAt(point: LoadPoint, times: KneeTimes | null): LoadRequest | null {
  if (times === null) return null;
  return (
    point.requests.find(({ request, phase }) => request === times.request && phase === times.phase) ?? null
  );
}
