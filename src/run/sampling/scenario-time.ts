import { cell, pinned } from '../../base/pinned.ts';
import type { Model } from '../../model/model.ts';
import type { Window } from '../measurements.ts';

/**
 * Where the run stops to decide how time goes on: behind what was measured of a period, or between two, where time may be
 * left out; and at any other edge where somebody looks at what was measured, or the measured time may be cut short.
 */
export const Pause = { none: 0, measured: 1, between: 2, edge: 3 } as const;

/**
 * Two clocks. The engine's goes on without a break whatever is left out: all that is pending stays as far away as it was,
 * and queues, timers, buckets and balancers so keep still while scenario time jumps. What traffic and windows follow is
 * scenario time:
 *
 *     scenario time = engine time + shift        the shift grows by what is left out; 0 where nothing is
 */
export class ScenarioTime {
  /** When requests come no more: the end of the model's time, unless the measured time is cut short. */
  endNs: number;
  /** [0] The shift. */
  readonly shiftNs = cell();
  /** The shift in which each window was simulated. */
  readonly shiftsNs: Float64Array;
  /** By window about to begin, their number included: what kind of `Pause` comes before it. */
  readonly pauses: Uint8Array;
  /** By the same: window that begins instead when time is left out there. */
  readonly resumes: Int32Array;

  constructor({ sampling, lastsNs }: Pick<Model, 'sampling' | 'lastsNs'>, windows: readonly Window[]) {
    const { length } = windows;
    this.endNs = lastsNs;
    this.shiftsNs = new Float64Array(length);
    this.pauses = pinned(new Uint8Array(length + 1));
    this.resumes = new Int32Array(length + 1);
    const indices = new Map(windows.map(({ fromNs }, index) => [fromNs, index]));
    indices.set(lastsNs, length);
    const pause = (kind: number, atNs: number, resumeNs: number): void => {
      const index = indices.get(atNs)!;
      this.pauses[index] = kind;
      this.resumes[index] = indices.get(resumeNs)!;
    };
    const stretches = sampling?.stretches ?? [];
    stretches.forEach((stretch, nth) => {
      const resumeNs = stretches[nth + 1]?.fromNs ?? lastsNs;
      if (stretch.weight === 1) return;
      pause(Pause.between, stretch.standsFromNs, stretch.fromNs);
      pause(Pause.measured, stretch.toNs, resumeNs);
    });
  }

  /** Lets the run stop before this window, too. */
  pauseBefore(window: number): void {
    if (this.pauses[window] === Pause.none) this.pauses[window] = Pause.edge;
  }
}
