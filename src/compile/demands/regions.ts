import type { Traffic } from '../../scenario/types.ts';
import type { Site } from '../tree/site.ts';
import { sharesFrom, stretches, type Volume } from './volumes.ts';

export interface RegionShares {
  /** By index of `site.regions`. */
  readonly shares: readonly number[];
  /** False where the share of a source in the class cannot be told before the run. */
  readonly exact: boolean;
}

/**
 * Share of the requests of one class from each region, over the measured time: what each source brings of it while its
 * regions stay as they are, times those. Of a class that no source brings: as of all requests; of a site without any:
 * as its sources say. What closed users ask for is told by a bound, so it is exact only where they are all there is and
 * their regions do not change.
 */
export function regionShares(site: Site, request: string, volume: Volume): RegionShares {
  const { scenario, regions } = site;
  if (regions.length === 0) return { shares: [], exact: true };
  const names = Object.keys(scenario.requests);
  const measured = { fromNs: 0, toNs: scenario.clock.lastsNs };
  const isBrought = scenario.traffic.some((each) => volume(each, request, measured) > 0);
  const counted = isBrought ? [request] : names;
  const sources = scenario.traffic.filter((each) => counted.some((name) => volume(each, name, measured) > 0));
  const sums = regions.map(() => 0);
  for (const traffic of sources) {
    for (const stretch of stretches(traffic.regions, measured)) {
      const shares = sharesFrom(traffic.regions, stretch.fromNs, regions);
      const requests = counted.reduce((sum, name) => sum + volume(traffic, name, stretch), 0);
      regions.forEach((region, index) => (sums[index] = sums[index]! + requests * (shares[region] ?? 0)));
    }
  }
  const total = sums.reduce((sum, each) => sum + each, 0);
  const isKnown = sources.every(({ model }) => model !== 'closed');
  return {
    shares:
      total > 0
        ? sums.map((each) => each / total)
        : meanOf(scenario.traffic.map((each) => sourceRegions(site, each))),
    exact: isKnown || (sources.length === 1 && sources[0]!.regions.length <= 1),
  };
}

/** Shares of the regions of one source, by time alone. */
export function sourceRegions({ scenario, regions }: Site, traffic: Traffic): number[] {
  const measured = { fromNs: 0, toNs: scenario.clock.lastsNs };
  return regions.map((region) =>
    stretches(traffic.regions, measured).reduce((sum, { fromNs, toNs }) => {
      const share = sharesFrom(traffic.regions, fromNs, regions)[region] ?? 0;
      return sum + (share * (toNs - fromNs)) / measured.toNs;
    }, 0),
  );
}

/** Column by column. */
function meanOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length);
}
