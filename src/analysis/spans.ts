import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';

/** A measured window as far as it was simulated: a run that stopped early cuts its last one short. */
export interface SimulatedWindow {
  /** Index into the arrays of the measurements. */
  readonly index: number;
  readonly fromNs: number;
  readonly toNs: number;
  /** Index into `model.phases`, or -1. */
  readonly phase: number;
  /**
   * Time it stands for / its own length: in sums over time it counts so often. At least 1 in one run; pooled it is the mean
   * over the replications, of which some may have left the window out (0).
   */
  readonly weight: number;
}

/** A stretch of time that findings are made for: one phase, or the whole run. */
export interface Span {
  /** Phase name; null = whole run. */
  readonly name: string | null;
  readonly fromNs: number;
  readonly toNs: number;
  readonly windows: readonly SimulatedWindow[];
  /** Indices into `model.phases`: where its histograms are. */
  readonly phases: readonly number[];
}

/** Measured windows of which any part was simulated; rates divide by the part that was. */
export function simulatedWindows({
  windows,
  stop,
}: Pick<Measurements, 'windows' | 'stop'>): SimulatedWindow[] {
  return windows.flatMap(({ fromNs, toNs, phase, weight }, index) => {
    const endNs = Math.min(toNs, stop.atNs);
    return endNs > fromNs && weight > 0 ? [{ index, fromNs, toNs: endNs, phase, weight }] : [];
  });
}

/** The whole run first, then each phase that was reached, in order of time; nothing at all of a run that ended in its warm-up. */
export function cutSpans(model: Pick<Model, 'phases'>, windows: readonly SimulatedWindow[]): Span[] {
  if (windows.length === 0) return [];
  const whole = span(
    null,
    windows,
    model.phases.map((_, index) => index),
  );
  const names = [...new Set(model.phases.map(({ name }) => name))];
  const phases = names.map((name) => {
    const indices = model.phases.flatMap((phase, index) => (phase.name === name ? [index] : []));
    return span(
      name,
      windows.filter(({ phase }) => indices.includes(phase)),
      indices,
    );
  });
  return [whole, ...phases.filter(({ windows: inside }) => inside.length > 0)];
}

function span(name: string | null, windows: readonly SimulatedWindow[], phases: readonly number[]): Span {
  return { name, fromNs: windows[0]?.fromNs ?? 0, toNs: windows.at(-1)?.toNs ?? 0, windows, phases };
}

/** The whole run or the phase of this name; empty where the run did not reach it. */
export function spanNamed({ spans }: { readonly spans: readonly Span[] }, name: string | null): Span {
  return spans.find((each) => each.name === name) ?? { name, fromNs: 0, toNs: 0, windows: [], phases: [] };
}

/** Time that the windows stand for, in ns; a phase named twice has a gap that does not count. */
export function lengthNs({ windows }: Pick<Span, 'windows'>): number {
  return windows.reduce((sum, { fromNs, toNs, weight }) => sum + weight * (toNs - fromNs), 0);
}

/** Sum of a per-window series over the span, for all the time it stands for. */
export function sumOver({ windows }: Pick<Span, 'windows'>, series: ArrayLike<number>): number {
  return windows.reduce((sum, { index, weight }) => sum + weight * (series[index] ?? 0), 0);
}

/** The same of what was simulated only: observations, not what they stand for. */
export function observedOver({ windows }: Pick<Span, 'windows'>, series: ArrayLike<number>): number {
  return windows.reduce((sum, { index }) => sum + (series[index] ?? 0), 0);
}

/** Whether a window follows another without a gap. */
export function isAdjacent(before: SimulatedWindow | undefined, { fromNs }: SimulatedWindow): boolean {
  return before?.toNs === fromNs;
}

/** Largest value of a per-window series in the span; 0 when it is empty. */
export function maxOver({ windows }: Pick<Span, 'windows'>, series: ArrayLike<number>): number {
  return windows.reduce((max, { index }) => Math.max(max, series[index] ?? 0), 0);
}

/** `count` over `durationNs` as a rate per second; 0 when no time passed. */
export function perSec(count: number, durationNs: number): number {
  return durationNs === 0 ? 0 : count / (durationNs / 1e9);
}
