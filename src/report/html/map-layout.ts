/** Where the parts of the map stand: callers left of what they call. */
import type { Findings, TopologyEdge } from '../../analysis/findings.ts';
import { ofWholeRun } from '../select.ts';

/** More stations than this are drawn as their layers. */
const STATIONS_MAX = 24;
/** More parts than this cannot be read; those with the least load are left out. */
export const PARTS_MAX = 60;
/** Columns of a map; longer chains of calls end in the last one. */
const COLUMNS_MAX = 7;

export interface MapPart {
  readonly name: string;
  readonly used: number | null;
  readonly perSec: number;
  readonly column: number;
  readonly row: number;
}

export interface SiteMap {
  readonly parts: readonly MapPart[];
  readonly edges: readonly TopologyEdge[];
  /** Parts that requests come to first. */
  readonly entries: ReadonlySet<string>;
  readonly stations: number;
  readonly layers: number;
  readonly isCollapsed: boolean;
  readonly cut: number;
}

export function siteMap({ topology, stations }: Findings): SiteMap {
  const layerOf = new Map(topology.stations.map(({ station, layer }) => [station, layer]));
  const layers = new Set(layerOf.values()).size;
  const isCollapsed = topology.stations.length > STATIONS_MAX;
  const nameOf = (station: string): string => (isCollapsed ? (layerOf.get(station) ?? station) : station);
  const loads = loadsOf(stations, nameOf);
  const names = [...new Set(topology.stations.map(({ station }) => nameOf(station)))];
  const busiest = names.toSorted((a, b) => (loads.get(b)?.used ?? -1) - (loads.get(a)?.used ?? -1));
  const shown = new Set(busiest.slice(0, PARTS_MAX));
  const entries = new Set(topology.entries.map(({ station }) => nameOf(station)));
  const edges = edgesBetween(topology.edges, nameOf, shown);
  const columns = columnsOf([...shown], edges);
  const rows = new Map<number, number>();
  const parts = names
    .filter((name) => shown.has(name))
    .map((name): MapPart => {
      const column = columns.get(name) ?? 0;
      const row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      return { name, ...(loads.get(name) ?? { used: null, perSec: 0 }), column, row };
    });
  return {
    parts,
    edges,
    entries,
    stations: topology.stations.length,
    layers,
    isCollapsed,
    cut: names.length - shown.size,
  };
}

interface Load {
  readonly used: number | null;
  readonly perSec: number;
}

/** Of the groups of each part the highest share used, and what goes through the busiest. */
function loadsOf(stations: Findings['stations'], nameOf: (station: string) => string): Map<string, Load> {
  const loads = new Map<string, Load>();
  for (const { station, utilizationPeak, throughputPerSec } of ofWholeRun(stations)) {
    const name = nameOf(station);
    const { used, perSec } = loads.get(name) ?? { used: null, perSec: 0 };
    loads.set(name, {
      used: utilizationPeak === null ? used : Math.max(used ?? 0, utilizationPeak),
      perSec: Math.max(perSec, throughputPerSec),
    });
  }
  return loads;
}

function edgesBetween(
  edges: readonly TopologyEdge[],
  nameOf: (station: string) => string,
  shown: ReadonlySet<string>,
): TopologyEdge[] {
  const found = new Map<string, TopologyEdge>();
  for (const edge of edges) {
    const from = nameOf(edge.from);
    const to = nameOf(edge.to);
    const isShown = from !== to && shown.has(from) && shown.has(to);
    if (isShown) found.set(JSON.stringify([from, to, edge.how]), { from, to, how: edge.how });
  }
  return [...found.values()];
}

/**
 * Longest chain of callers, as far as there are columns (a cycle of sends ends there). The next station of a path stands below
 * the one before it.
 */
function columnsOf(names: readonly string[], edges: readonly TopologyEdge[]): Map<string, number> {
  const columns = new Map(names.map((name) => [name, 0]));
  for (let round = 1; round < COLUMNS_MAX; round++) {
    for (const { from, to, how } of edges) {
      const least = (columns.get(from) ?? 0) + (how === 'next' ? 0 : 1);
      if (least <= round && (columns.get(to) ?? 0) < least) columns.set(to, least);
    }
  }
  return columns;
}
