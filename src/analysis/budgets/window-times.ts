import { Histogram, WINDOW_SUB_BITS } from '../../measure/histogram.ts';
import type { Measured } from '../context.ts';
import { measuredClass } from '../requests.ts';
import type { SimulatedWindow } from '../spans.ts';

/**
 * Response times of some request classes in some windows of one run, or of several pooled: the windows' histograms
 * added up. Asked for one stretch after another it adds what has come and takes away what has left, so that sliding over
 * n windows takes n steps, however long the stretch.
 */
export class WindowTimes {
  readonly #run: Measured;
  readonly #classIds: readonly number[];
  readonly #merged = new Histogram(WINDOW_SUB_BITS, new Float64Array(new Histogram(WINDOW_SUB_BITS).counts));
  #inside: readonly SimulatedWindow[] = [];

  constructor(run: Measured, classIds: readonly number[]) {
    this.#run = run;
    this.#classIds = classIds;
  }

  /** Valid until it is asked again. */
  over(windows: readonly SimulatedWindow[]): Histogram {
    const wanted = new Set(windows);
    const held = new Set(this.#inside);
    for (const window of this.#inside) if (!wanted.has(window)) this.#add(window, -1);
    for (const window of windows) if (!held.has(window)) this.#add(window, 1);
    this.#inside = windows;
    const parts = windows.flatMap((window) => this.#histograms(window));
    this.#merged.maxNs = parts.reduce((max, { maxNs }) => Math.max(max, maxNs), 0);
    return this.#merged;
  }

  #add(window: SimulatedWindow, sign: 1 | -1): void {
    const merged = this.#merged;
    for (const histogram of this.#histograms(window)) {
      const weight = sign * window.weight;
      const end = histogram.binsUsed;
      for (let bin = 0; bin < end; bin++) {
        merged.counts[bin] = (merged.counts[bin] ?? 0) + weight * (histogram.counts[bin] ?? 0);
      }
      merged.sumNs += weight * histogram.sumNs;
      merged.repeats += sign * histogram.repeats + (weight - sign) * histogram.count;
    }
  }

  #histograms({ index }: SimulatedWindow): Histogram[] {
    return this.#classIds.flatMap((id) => {
      const histogram = measuredClass(this.#run, id).windowHistograms[index] ?? null;
      return histogram === null ? [] : [histogram];
    });
  }
}
