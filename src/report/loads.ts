/** How loads are written and which of their numbers are shown. */
import type { CapacityDocument, LoadPoint, LoadRequest } from '../study/capacity-document.ts';

/** `×1.25`: as it can be typed again. */
export function loadText(multiplier: number | null): string {
  return multiplier === null ? '–' : `×${Number(multiplier.toPrecision(5))}`;
}

/**
 * The request class whose P99 a curve shows: the one that the budget at the bound is about, else the slowest near the traffic
 * of the scenario itself; over the busiest phase where there are phases.
 */
export function kneeRequest({ bound, points, busiestPhase }: CapacityDocument): string | null {
  const named = /^request:(.+)$/.exec(bound.budget?.target ?? '')?.[1];
  const nearest = points.toSorted((a, b) => Math.abs(a.multiplier - 1) - Math.abs(b.multiplier - 1))[0];
  const rows = nearest?.requests.filter(({ phase }) => phase === busiestPhase) ?? [];
  if (named !== undefined && rows.some(({ request }) => request === named)) return named;
  const slowest = rows.toSorted((a, b) => (b.p99Ns ?? 0) - (a.p99Ns ?? 0))[0];
  return slowest?.request ?? null;
}

export function requestAt(
  point: LoadPoint,
  request: string | null,
  phase: string | null,
): LoadRequest | null {
  return point.requests.find((each) => each.request === request && each.phase === phase) ?? null;
}
