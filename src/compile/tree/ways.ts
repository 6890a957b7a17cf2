import { refuse } from '../refusal.ts';
import type { Way } from './nodes.ts';
import type { Site } from './site.ts';

/** Where something runs: a region, or null for "where the client of the request is". */
export type Place = string | null;

/**
 * Way from a caller's place to a callee's and back: half of the round-trip time each, so that both together are the
 * round trip to the nanosecond. null when nothing is travelled.
 */
export function waysBetween(
  site: Site,
  from: Place,
  to: Place,
): { readonly there: Way | null; readonly back: Way | null } {
  if (to === null || from === to) return { there: null, back: null };
  if (from !== null) {
    const rttNs = roundTripNs(site, from, to);
    return { there: fixed(Math.floor(rttNs / 2)), back: fixed(rttNs - Math.floor(rttNs / 2)) };
  }
  const rttsNs = site.regions.map((region) => roundTripNs(site, region, to));
  const there = rttsNs.map((rttNs) => Math.floor(rttNs / 2));
  return { there: byRegion(there), back: byRegion(rttsNs.map((rttNs, region) => rttNs - there[region]!)) };
}

function fixed(ns: number): Way | null {
  return ns === 0 ? null : { kind: 'fixed', ns };
}

function byRegion(ns: readonly number[]): Way | null {
  return ns.every((each) => each === 0) ? null : { kind: 'by-region', ns };
}

/** Round-trip time in ns; that of the opposite direction when only that one is given. */
function roundTripNs(site: Site, from: string, to: string): number {
  if (from === to) return 0;
  const { rttNs } = site.scenario;
  const ns = rttNs[from]?.[to] ?? rttNs[to]?.[from];
  if (ns !== undefined) return ns;
  const message = `requests go from region ${from} to region ${to}, but no round-trip time is given`;
  return refuse(
    { code: 'HF502', message, help: `add network.rtt.${from}.${to}`, path: ['network', 'rtt'] },
    site.position,
  );
}
