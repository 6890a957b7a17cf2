/** What is compared of a run: numbers by name and stretch of time. */
import { supportedQuantileNs } from '../../src/analysis/latency.ts';
import { lengthNs, simulatedWindows, sumOver, type SimulatedWindow } from '../../src/analysis/spans.ts';
import { utilizationOf } from '../../src/analysis/stations.ts';
import { binCount, Histogram, WINDOW_SUB_BITS } from '../../src/measure/histogram.ts';
import type { Model } from '../../src/model/model.ts';
import type { ClassMeasurements, Measurements } from '../../src/run/measurements.ts';

/** `p50` to `p99`: response time by request class in ns. `notGood`: 1 − good / offered by class. `utilization`: by group. */
export const MEASURES = ['p50', 'p95', 'p99', 'utilization', 'notGood'] as const;
export type Measure = (typeof MEASURES)[number];

/** Key: name and stretch of time. Without an entry: no data, or too few samples. */
export type Series = Readonly<Record<Measure, Readonly<Record<string, number>>>>;

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** By stretches of `unitNs`; of a run sampled in time each window counts for what it stands for. */
export function seriesOf(model: Model, measurements: Measurements, unitNs: number): Series {
  const found: Record<Measure, Record<string, number>> = {
    p50: {},
    p95: {},
    p99: {},
    utilization: {},
    notGood: {},
  };
  const note = (measure: Measure, key: string, value: number | null): void => {
    if (value !== null) found[measure][key] = value;
  };
  for (const [unit, windows] of byUnit(simulatedWindows(measurements), unitNs)) {
    model.classes.forEach(({ name }, index) => {
      const measured = measurements.classes[index]!;
      const key = `${name} ${unit}`;
      const histogram = responsesIn(measured, windows);
      for (const measure of ['p50', 'p95', 'p99'] as const)
        note(measure, key, supportedQuantileNs(histogram, QUANTILES[measure]));
      const offered = sumOver({ windows }, measured.offered);
      note('notGood', key, offered === 0 ? null : 1 - sumOver({ windows }, measured.good) / offered);
    });
    model.groups.forEach((group, index) => {
      const busyNs = sumOver({ windows }, measurements.groups[index]!.busyNs);
      note('utilization', `${group.name} ${unit}`, utilizationOf(group, busyNs, lengthNs({ windows })));
    });
  }
  return found;
}

function byUnit(windows: readonly SimulatedWindow[], unitNs: number): Map<number, SimulatedWindow[]> {
  const units = new Map<number, SimulatedWindow[]>();
  for (const window of windows) {
    const unit = Math.floor(window.fromNs / unitNs);
    units.set(unit, [...(units.get(unit) ?? []), window]);
  }
  return units;
}

function responsesIn(
  { windowHistograms }: ClassMeasurements,
  windows: readonly SimulatedWindow[],
): Histogram {
  const merged = new Histogram(WINDOW_SUB_BITS, new Float64Array(binCount(WINDOW_SUB_BITS)));
  for (const { index, weight } of windows) {
    const histogram = windowHistograms[index] ?? null;
    if (histogram !== null) merged.add(histogram, weight);
  }
  return merged;
}
