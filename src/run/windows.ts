import type { Model } from '../model/model.ts';
import type { Window } from './measurements.ts';

/** Cuts [0, lastsNs) at every multiple of the window length, and where a phase or a disturbance begins or ends. */
export function cutWindows(model: Pick<Model, 'lastsNs' | 'windowNs' | 'phases' | 'disturbances'>): Window[] {
  const edges = new Set<number>([0, model.lastsNs]);
  for (let atNs = model.windowNs; atNs < model.lastsNs; atNs += model.windowNs) edges.add(atNs);
  const ends = model.disturbances.flatMap(({ fromNs, toNs }) => [fromNs, toNs]);
  for (const atNs of [...model.phases.map(({ fromNs }) => fromNs), ...ends]) {
    if (atNs > 0 && atNs < model.lastsNs) edges.add(atNs);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((toNs, index) => {
    const fromNs = sorted[index]!;
    const phase = model.phases.findIndex(
      (candidate) => fromNs >= candidate.fromNs && fromNs < candidate.toNs,
    );
    return { fromNs, toNs, phase };
  });
}
