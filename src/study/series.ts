import type { AnalysisInput } from '../analysis/context.ts';
import { present } from '../base/present.ts';
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { StopReason } from './replication-job.ts';
import { abortWatch } from './abort-watch.ts';
import { Study, type AbortWatch, type EnoughOf, type Replicated } from './replications.ts';
import type { Workplace } from './workplace.ts';

/** A scenario that is ready to be simulated. */
export type Ready = Omit<AnalysisInput, 'replications' | 'plan'>;

/** What may end the replications of a scenario before all are simulated to their end. */
export interface EndsEarly {
  readonly enough?: EnoughOf<AnalysisInput>;
  /** Ids of the budgets that may abort it. */
  readonly watched?: ReadonlySet<string>;
}

interface Asked {
  readonly count: number;
  readonly step: string;
  readonly enough: EnoughOf<AnalysisInput> | undefined;
  readonly watch: AbortWatch | null;
}

/** Studies of several scenarios one after the other at one workplace, watched and stopped as one. */
export class Series {
  readonly #workplace: Workplace;
  readonly #pause: () => Promise<void>;
  #study: Study | null = null;
  #eventsBefore = 0;
  #step = '';
  #stopped: StopReason | null = null;

  /** `pause` lets others in between two studies. */
  constructor(workplace: Workplace, pause: () => Promise<void>) {
    this.#workplace = workplace;
    this.#pause = pause;
  }

  /** Of the study at work, what it is about, and the events of all. */
  get position(): { readonly simulatedNs: number; readonly events: number; readonly step: string } {
    const now = this.#study?.position;
    return {
      simulatedNs: now?.simulatedNs ?? 0,
      events: this.#eventsBefore + (now?.events ?? 0),
      step: this.#step,
    };
  }

  get stoppedBy(): StopReason | null {
    return this.#stopped;
  }

  /** Ends what runs, soon, and all that would come. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#study?.stop(reason);
  }

  /** `count` replications of a scenario, or fewer; null when it was stopped before all were complete. */
  async replicate(
    ready: Ready,
    count: number,
    step: string,
    { enough, watched }: EndsEarly = {},
  ): Promise<AnalysisInput | null> {
    const watch = watched === undefined ? null : abortWatch(ready, watched);
    const replicated = await this.#simulate(ready, { count, step, enough, watch });
    return replicated === null || this.#stopped !== null ? null : inputOf(ready, replicated);
  }

  /** One run by itself, stopped or not. */
  async once(model: Model): Promise<Measurements> {
    const study = this.#begin(model, this.#step);
    if (this.#stopped !== null) study.stop(this.#stopped);
    const { replications } = await study.simulate({ count: 1, goal: null });
    this.#end(study);
    return present(replications[0]);
  }

  async #simulate(ready: Ready, { count, step, enough, watch }: Asked): Promise<Replicated | null> {
    await this.#pause();
    if (this.#stopped !== null) return null;
    const study = this.#begin(ready.model, step, watch);
    const replicated = await study.simulate({
      ...{ count, goal: null },
      ...(enough === undefined
        ? {}
        : { enough: { first: enough.first, is: (done) => enough.is(inputOf(ready, done)) } }),
    });
    this.#end(study);
    return replicated;
  }

  #begin(model: Model, step: string, watch: AbortWatch | null = null): Study {
    this.#step = step;
    this.#study = new Study(model, this.#workplace, watch);
    return this.#study;
  }

  #end(study: Study): void {
    this.#eventsBefore += study.position.events;
    this.#study = null;
  }
}

function inputOf(ready: Ready, { replications, ...plan }: Replicated): AnalysisInput {
  return { ...ready, replications, plan };
}
