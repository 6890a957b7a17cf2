import type { Model } from '../model/model.ts';
import type { SamplingPlan } from '../model/sampling.ts';
import type { Window } from './measurements.ts';

/**
 * Cuts [0, lastsNs) at every multiple of the window length, where a phase or a disturbance begins or ends, and at every
 * edge of a sampling plan. Weights are those of the plan.
 */
export function cutWindows({
  lastsNs,
  windowNs,
  phases,
  disturbances,
  sampling,
}: Pick<Model, 'lastsNs' | 'windowNs' | 'phases' | 'disturbances' | 'sampling'>): Window[] {
  const edges = new Set<number>([0, lastsNs]);
  for (let atNs = windowNs; atNs < lastsNs; atNs += windowNs) edges.add(atNs);
  for (const phase of phases) edges.add(phase.fromNs);
  for (const { fromNs, toNs } of disturbances) edges.add(fromNs).add(toNs);
  for (const { fromNs, measuredFromNs, toNs, standsToNs } of sampling?.stretches ?? [])
    for (const atNs of [fromNs, measuredFromNs, toNs, standsToNs]) edges.add(atNs);
  const sorted = [...edges].filter((at) => at >= 0 && at <= lastsNs).sort((a, b) => a - b);
  const weightAt = weightsOf(sampling);
  return sorted.slice(1).map((toNs, index) => {
    const fromNs = sorted[index]!;
    const phase = phases.findIndex((candidate) => fromNs >= candidate.fromNs && fromNs < candidate.toNs);
    return { fromNs, toNs, phase, weight: weightAt(fromNs) };
  });
}

/** Weight planned at an instant, to be asked in order of time: 0 where nothing is measured. */
function weightsOf(sampling: SamplingPlan | null): (atNs: number) => number {
  if (sampling === null) return () => 1;
  const { stretches } = sampling;
  let next = 0;
  return (atNs) => {
    while (next < stretches.length && stretches[next]!.toNs <= atNs) next++;
    const stretch = stretches[next];
    return stretch === undefined || atNs < stretch.measuredFromNs ? 0 : stretch.weight;
  };
}
