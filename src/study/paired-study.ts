import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { StopReason } from './replication-job.ts';
import { Study, type AbortWatch, type Done, type Replicated } from './replications.ts';
import type { Workplace } from './workplace.ts';

/** Replications of two models, each pair with one seed, as far as both of a pair were simulated. */
export interface Paired {
  readonly asked: number;
  /** In order of their numbers; none when it was stopped before any pair was complete. */
  readonly seeds: readonly string[];
  readonly before: readonly Measurements[];
  readonly after: readonly Measurements[];
  readonly stoppedBy: StopReason | null;
}

/**
 * Simulates replications of two models pair by pair, so that a stop leaves as many complete pairs as there was time for. What
 * is watched for is watched for in the second only, and only where each comes out as it would alone.
 *
 * @throws {RangeError} when the models have different seeds: they would share no random numbers.
 */
export class PairedStudy {
  readonly #before: Study;
  readonly #after: Study;
  readonly #isWatched: boolean;
  #stopped: StopReason | null = null;

  constructor(
    { before, after }: { before: Model; after: Model },
    workplace: Workplace,
    watch: AbortWatch | null = null,
  ) {
    if (before.seed !== after.seed) {
      throw new RangeError(`models of different seeds do not pair: ${before.seed}, ${after.seed}`);
    }
    this.#before = new Study(before, workplace);
    this.#after = new Study(after, workplace, watch);
    this.#isWatched = watch !== null;
  }

  /** The mean of the simulated time that replications reached, and the events of all. */
  get position(): { readonly simulatedNs: number; readonly events: number } {
    const [one, other] = [this.#before.position, this.#after.position];
    return {
      simulatedNs: (one.simulatedNs + other.simulatedNs) / 2,
      events: one.events + other.events,
    };
  }

  /** Ends all that runs, soon. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#before.stop(reason);
    this.#after.stop(reason);
  }

  /**
   * Both sides as each would come out alone: of runs that ran away the first, if there is no other. What ends the second side
   * ends the first at the same instant, so that both tell of the same time.
   */
  async simulateApart(count: number): Promise<{ readonly before: Replicated; readonly after: Replicated }> {
    if (this.#isWatched) {
      const after = await this.#after.simulate({ count, goal: null });
      const abortAtNs = after.abort?.atNs ?? null;
      return { before: await this.#before.simulate({ count, goal: null, abortAtNs }), after };
    }
    const [before, after] = await Promise.all([
      this.#before.simulate({ count, goal: null }),
      this.#after.simulate({ count, goal: null }),
    ]);
    return { before, after };
  }

  async simulate(count: number): Promise<Paired> {
    const all = Array.from({ length: count }, (_, index) =>
      Promise.all([this.#before.simulateOne(index), this.#after.simulateOne(index)]),
    );
    const pairs = (await Promise.all(all)).filter((pair) => pair.every(wasLetRun));
    return {
      asked: count,
      seeds: pairs.map(([{ seed }]) => seed),
      before: pairs.map(([{ measurements }]) => measurements),
      after: pairs.map(([, { measurements }]) => measurements),
      stoppedBy: this.#stopped,
    };
  }
}

/** A run whose queue grew without end stopped by itself: that is a finding. */
function wasLetRun({ measurements }: Done): boolean {
  const { reason } = measurements.stop;
  return reason !== 'interrupted' && reason !== 'time-limit';
}
