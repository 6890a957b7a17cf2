import { eachVisit, type RequestTree } from './nodes.ts';
import type { Site } from './site.ts';

/** Layers in the order in which requests first come to them; those never visited come last. */
export function layersOf({ scenario }: Site, trees: readonly RequestTree[]): string[] {
  const layers = new Set<string>();
  for (const { nodes } of trees) {
    eachVisit(nodes, (visit) => layers.add(scenario.stations[visit.station]!.layer));
  }
  for (const station of Object.values(scenario.stations)) layers.add(station.layer);
  return [...layers];
}
