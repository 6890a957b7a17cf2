/** Whether requests of a class come at a constant rate, and since when. */
import type { PremiseReason } from '../../model/premises.ts';
import type { MixPoint, OpenTraffic, Scenario, Traffic } from '../../scenario/types.ts';
import { sharesFrom } from '../demands/volumes.ts';
import type { Span } from '../span.ts';
import { ratePieces } from '../traffic/curve.ts';
import { isOpen } from '../tree/site.ts';

/** The Poisson flow of one request class in one span, or the first reason why it is none. */
export type Flow =
  | { readonly perSec: number; readonly leadNs: number; readonly reason: null }
  | { readonly reason: PremiseReason };

/** All traffic that brings the class; thinning and adding up keep independent Poisson flows what they are. */
export function flowOf(scenario: Scenario, request: string, span: Span): Flow {
  const names = Object.keys(scenario.requests);
  let perSec = 0;
  let leadNs = Infinity;
  for (const traffic of scenario.traffic) {
    if (!brings(traffic, request, names)) continue;
    const reason = reasonAgainst(traffic);
    if (reason !== null) return { reason };
    const level = isOpen(traffic) ? levelIn(scenario, traffic, span) : null;
    if (level === null) return { reason: 'rate-varies' };
    perSec += level.perSec * (sharesFrom(traffic.mix, span.fromNs, names)[request] ?? 0);
    leadNs = Math.min(leadNs, level.leadNs);
  }
  return perSec === 0 ? { reason: 'not-visited' } : { perSec, leadNs, reason: null };
}

function brings({ mix }: Traffic, request: string, names: readonly string[]): boolean {
  const shares = mix.length === 0 ? [sharesFrom(mix, 0, names)] : mix.map((point) => point.shares);
  return shares.some((each) => (each[request] ?? 0) > 0);
}

function reasonAgainst(traffic: Traffic): PremiseReason | null {
  if (!isOpen(traffic)) return 'traffic-not-open';
  if (traffic.noise !== null) return 'noise';
  return traffic.arrivals.process === 'poisson' ? null : 'process-not-poisson';
}

/** The rate, when curve, mix and regions stay as they are in the span, and for how long they have before it. */
function levelIn(
  { clock }: Scenario,
  { curve, mix, regions }: OpenTraffic,
  { fromNs, toNs }: Span,
): { perSec: number; leadNs: number } | null {
  const pieces = ratePieces(curve, clock, 1);
  const perSec = pieces.find((piece) => piece.toNs > fromNs)?.startPerSec ?? 0;
  const changesNs = [...mix, ...regions]
    .map(({ atNs }) => atNs)
    .filter((atNs) => isChange([mix, regions], atNs));
  const levels = pieces.filter((piece) => piece.startPerSec === perSec && piece.endPerSec === perSec);
  const inside = pieces.filter((piece) => piece.toNs > fromNs && piece.fromNs < toNs);
  if (inside.some((piece) => !levels.includes(piece))) return null;
  if (changesNs.some((atNs) => atNs > fromNs && atNs < toNs)) return null;
  let sinceNs = fromNs;
  for (const piece of pieces.filter((each) => each.fromNs < fromNs).toReversed()) {
    if (!levels.includes(piece)) break;
    sinceNs = piece.fromNs;
  }
  const changedNs = Math.max(-Infinity, ...changesNs.filter((atNs) => atNs <= fromNs));
  return { perSec, leadNs: fromNs - Math.max(sinceNs, changedNs) };
}

/** Whether something else holds from this instant on; the first shares hold before they are given. */
function isChange(lists: readonly (readonly MixPoint[])[], atNs: number): boolean {
  return lists.some((points) => points.slice(1).some((point) => point.atNs === atNs));
}
