import type { LayerFinding, LimiterFinding, StationFinding } from './findings.ts';

/** Each layer over the whole run, in order of first visit: its tightest group, and what it turned away. */
export function findLayers(
  layers: readonly string[],
  stations: readonly StationFinding[],
  limiters: readonly LimiterFinding[],
): LayerFinding[] {
  return layers.map((layer) => {
    const groups = stations.filter((each) => each.layer === layer && each.phase === null);
    const tightest = groups
      .filter((group) => group.utilizationPeak !== null)
      .reduce<StationFinding | null>((best, group) => (isTighter(group, best) ? group : best), null);
    return {
      layer,
      tightestGroup: tightest?.group ?? null,
      utilization: tightest?.utilization ?? null,
      utilizationPeak: tightest?.utilizationPeak ?? null,
      rejected: groups.reduce((sum, { rejected, abandoned }) => sum + rejected + abandoned, 0),
      shed: limiters
        .filter((each) => each.layer === layer && each.phase === null)
        .reduce((sum, { shed }) => sum + shed, 0),
    };
  });
}

function isTighter(group: StationFinding, best: StationFinding | null): boolean {
  return best === null || (group.utilizationPeak ?? 0) > (best.utilizationPeak ?? 0);
}
