import type { ClosedTraffic, Scenario } from '../../scenario/types.ts';
import type { Demand } from './demand.ts';
import { offeredTotals } from './offered.ts';

/** What requests of traffic that is not a curve are counted from. */
export interface TrafficFigures {
  readonly demands: readonly Demand[];
  /** Rows of a trace file. */
  readonly traceLength: (file: string) => number;
  /** Mean think time of a closed population in ns. */
  readonly thinkNs: (traffic: ClosedTraffic) => number;
}

/** Requests of each class that a whole run brings on average, warm-up included. */
export function requestTotals(scenario: Scenario, figures: TrafficFigures): ReadonlyMap<string, number> {
  const totals = new Map(offeredTotals(scenario));
  const spanNs = scenario.clock.lastsNs + scenario.clock.warmUpNs;
  for (const traffic of scenario.traffic) {
    if (traffic.model === 'open') continue;
    const shares = Object.entries(traffic.mix[0]?.shares ?? {});
    const count =
      traffic.model === 'trace'
        ? figures.traceLength(traffic.file)
        : closedPerNs(traffic, shares, figures) * spanNs;
    for (const [name, share] of shares) totals.set(name, (totals.get(name) ?? 0) + count * share);
  }
  return totals;
}

/**
 * Most that N users can ask for: X ≤ N / (Z + R), with Z the mean think time and R the unloaded response time.
 * Source: asymptotic bound of the interactive response time law (Denning & Buzen 1978, ACM Comput. Surv. 10(3)).
 */
function closedPerNs(
  traffic: ClosedTraffic,
  shares: readonly (readonly [string, number])[],
  { demands, thinkNs }: TrafficFigures,
): number {
  const responseNs = shares.reduce(
    (sum, [name, share]) => sum + share * (demands.find(({ request }) => request === name)?.unloadedNs ?? 0),
    0,
  );
  return traffic.users / Math.max(1, thinkNs(traffic) + responseNs);
}
