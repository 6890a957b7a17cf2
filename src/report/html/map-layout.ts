/** Where the parts of the map stand: callers left of what they call; and how loaded they are in its busiest window. */
import type { Findings, TopologyEdge } from '../../analysis/findings.ts';
import { highest, sumOf } from '../charts/series.ts';
import { ofWholeRun } from '../select.ts';

/** More stations than this are drawn as their layers. */
const STATIONS_MAX = 24;
/** More parts than this cannot be read; those with the least load are left out. */
export const PARTS_MAX = 60;
/** More parts of one column stand side by side. */
const ROWS_MAX = 12;
/** Columns of a map before these are parted; longer chains of calls end in the last one. */
const COLUMNS_MAX = 7;

export interface MapPart {
  readonly name: string;
  /** Of its busiest group; null where nothing in it can saturate. */
  readonly used: number | null;
  /** Jobs through its busiest group. */
  readonly perSec: number;
  /** Requests that its limiters turn away. */
  readonly shedPerSec: number;
  readonly column: number;
  readonly row: number;
}

export interface SiteMap {
  /** In the window with the most requests offered; null without a time line. */
  readonly busiest: { readonly fromNs: number; readonly offeredPerSec: number } | null;
  readonly parts: readonly MapPart[];
  readonly edges: readonly TopologyEdge[];
  /** Parts that requests come to first. */
  readonly entries: ReadonlySet<string>;
  readonly stations: number;
  readonly layers: number;
  readonly isCollapsed: boolean;
  readonly cut: number;
}

export function siteMap(findings: Findings): SiteMap {
  const { topology, timeline } = findings;
  const layerOf = new Map(topology.stations.map(({ station, layer }) => [station, layer]));
  const layers = new Set(layerOf.values()).size;
  const isCollapsed = topology.stations.length > STATIONS_MAX;
  const nameOf = (station: string): string => (isCollapsed ? (layerOf.get(station) ?? station) : station);
  const busiest = busiestWindow(findings);
  const loads = loadsOf(findings, busiest?.window ?? 0, nameOf);
  const names = [...new Set(topology.stations.map(({ station }) => nameOf(station)))];
  const fullest = names.toSorted((a, b) => (loads.get(b)?.used ?? -1) - (loads.get(a)?.used ?? -1));
  const shown = new Set(fullest.slice(0, PARTS_MAX));
  const entries = new Set(topology.entries.map(({ station }) => nameOf(station)));
  const edges = edgesBetween(topology.edges, nameOf, shown);
  const columns = columnsOf([...shown], edges);
  const parts = placed(
    names.filter((name) => shown.has(name)),
    columns,
  ).map((place): MapPart => ({ ...place, ...(loads.get(place.name) ?? NO_LOAD) }));
  return {
    busiest:
      busiest === null
        ? null
        : { fromNs: timeline.fromNs[busiest.window] ?? 0, offeredPerSec: busiest.value },
    parts,
    edges,
    entries,
    stations: topology.stations.length,
    layers,
    isCollapsed,
    cut: names.length - shown.size,
  };
}

/** Column by column, a long one parted into several. */
function placed(
  names: readonly string[],
  columns: ReadonlyMap<string, number>,
): Pick<MapPart, 'name' | 'column' | 'row'>[] {
  let first = 0;
  return Array.from({ length: COLUMNS_MAX }, (_, column) => {
    const inside = names.filter((name) => (columns.get(name) ?? 0) === column);
    const places = inside.map((name, nth) => ({
      name,
      column: first + Math.floor(nth / ROWS_MAX),
      row: nth % ROWS_MAX,
    }));
    first += Math.ceil(inside.length / ROWS_MAX);
    return places;
  }).flat();
}

function busiestWindow({ timeline }: Findings): ReturnType<typeof highest> {
  const offered = timeline.requests.map(({ offeredPerSec }) => offeredPerSec);
  return highest(sumOf(offered, timeline.fromNs.length));
}

type Load = Pick<MapPart, 'used' | 'perSec' | 'shedPerSec'>;

const NO_LOAD: Load = { used: null, perSec: 0, shedPerSec: 0 };

/** Of the groups of each part the highest share used in the window, what goes through the busiest, and what is shed. */
function loadsOf(
  { stations, limiters, timeline }: Findings,
  window: number,
  nameOf: (station: string) => string,
): Map<string, Load> {
  const loads = new Map<string, Load>();
  const loadOf = (station: string): Load => loads.get(nameOf(station)) ?? NO_LOAD;
  const series = new Map(timeline.stations.map((each) => [each.group, each]));
  for (const { station, group } of ofWholeRun(stations)) {
    const { used, perSec, shedPerSec } = loadOf(station);
    const utilization = series.get(group)?.utilization[window] ?? null;
    loads.set(nameOf(station), {
      used: utilization === null ? used : Math.max(used ?? 0, utilization),
      perSec: Math.max(perSec, series.get(group)?.throughputPerSec[window] ?? 0),
      shedPerSec,
    });
  }
  for (const { limiter, station } of ofWholeRun(limiters)) {
    const shed = timeline.limiters.find((each) => each.limiter === limiter)?.shedPerSec[window] ?? 0;
    const load = loadOf(station);
    loads.set(nameOf(station), { ...load, shedPerSec: load.shedPerSec + shed });
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
