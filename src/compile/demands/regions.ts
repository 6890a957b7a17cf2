import type { MixPoint, Traffic } from '../../scenario/types.ts';
import { ratePieces } from '../traffic/curve.ts';
import { isOpen, type Site } from '../tree/site.ts';
import { areaBetween, meanFactor } from './offered.ts';

export interface RegionShares {
  /** By index of `site.regions`. */
  readonly shares: readonly number[];
  /** False where the share of a source in the class cannot be told before the run. */
  readonly exact: boolean;
}

/** A stretch of time in which both the mix and the regions of a source stay as they are. */
interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
  readonly mix: Readonly<Record<string, number>>;
  readonly regions: Readonly<Record<string, number>>;
}

/**
 * Share of the requests of one class from each region, over the measured time: the area under the curve of each source,
 * times its mix, times its regions. Sources without a curve bring alike at all times, and as much as each other: exact
 * only for the one source of a class whose regions do not change.
 */
export function regionShares({ scenario, regions }: Site, request: string): RegionShares {
  const { lastsNs } = scenario.clock;
  const mayBring = ({ mix }: Traffic): boolean =>
    mix.length === 0 || mix.some(({ shares }) => (shares[request] ?? 0) > 0);
  const bringing = scenario.traffic.filter(mayBring);
  const sources = bringing.length === 0 ? scenario.traffic : bringing;
  const isKnown = sources.every(isOpen);
  const sums = regions.map(() => 0);
  for (const traffic of sources) {
    for (const stretch of stretchesOf(traffic, lastsNs)) {
      const ofClass = bringing.length === 0 || traffic.mix.length === 0 ? 1 : (stretch.mix[request] ?? 0);
      const amount =
        (isKnown ? areaOver(traffic, stretch, lastsNs) : stretch.toNs - stretch.fromNs) * ofClass;
      regions.forEach(
        (region, index) => (sums[index] = sums[index]! + amount * (stretch.regions[region] ?? 0)),
      );
    }
  }
  const total = sums.reduce((sum, each) => sum + each, 0);
  const shares = sums.map((each) => (total > 0 ? each / total : 1 / regions.length));
  return { shares, exact: isKnown || (sources.length === 1 && sources[0]!.regions.length <= 1) };
}

function areaOver(traffic: Traffic, { fromNs, toNs }: Stretch, lastsNs: number): number {
  if (!isOpen(traffic)) return 0;
  const pieces = ratePieces(traffic.curve, { warmUpNs: 0, lastsNs }, 1);
  return (
    pieces.reduce((sum, piece) => sum + areaBetween(piece, fromNs, toNs), 0) * meanFactor(traffic.arrivals)
  );
}

function stretchesOf({ mix, regions }: Traffic, lastsNs: number): Stretch[] {
  const inside = [...mix, ...regions].map(({ atNs }) => atNs).filter((at) => at > 0 && at < lastsNs);
  const bounds = [...new Set([0, ...inside, lastsNs])].sort((a, b) => a - b);
  return bounds.slice(1).map((toNs, index) => {
    const fromNs = bounds[index]!;
    return { fromNs, toNs, mix: sharesFrom(mix, fromNs), regions: sharesFrom(regions, fromNs) };
  });
}

/** Shares that hold from an instant on; the first ones hold before they are given as well. */
function sharesFrom(points: readonly MixPoint[], atNs: number): Readonly<Record<string, number>> {
  return (points.findLast((point) => point.atNs <= atNs) ?? points[0])?.shares ?? {};
}
