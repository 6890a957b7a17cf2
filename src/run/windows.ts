import type { Model } from '../model/model.ts';
import type { Window } from './measurements.ts';

/** Cuts [0, lastsNs) at every multiple of the window length and at every phase boundary. */
export function cutWindows(model: Pick<Model, 'lastsNs' | 'windowNs' | 'phases'>): Window[] {
  const edges = new Set<number>([0, model.lastsNs]);
  for (let atNs = model.windowNs; atNs < model.lastsNs; atNs += model.windowNs) edges.add(atNs);
  for (const phase of model.phases) {
    if (phase.fromNs > 0 && phase.fromNs < model.lastsNs) edges.add(phase.fromNs);
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
