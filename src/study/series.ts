import type { AnalysisInput } from '../analysis/context.ts';
import { present } from '../base/present.ts';
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { StopReason } from './replication-job.ts';
import { Study, type EnoughOf, type Replicated } from './replications.ts';
import type { Workplace } from './workplace.ts';

/** A scenario that is ready to be simulated. */
export type Ready = Omit<AnalysisInput, 'replications' | 'plan'>;

interface Asked {
  readonly count: number;
  readonly step: string;
  readonly enough: EnoughOf<AnalysisInput> | undefined;
}

/** Studies of several scenarios one after the other at one workplace, stopped as one; no budget aborts any of them. */
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
    enough?: EnoughOf<AnalysisInput>,
  ): Promise<AnalysisInput | null> {
    const replicated = await this.#simulate(ready, { count, step, enough });
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

  async #simulate(ready: Ready, { count, step, enough }: Asked): Promise<Replicated | null> {
    await this.#pause();
    if (this.#stopped !== null) return null;
    const study = this.#begin(ready.model, step);
    const replicated = await study.simulate({
      ...{ count, goal: null },
      ...(enough === undefined
        ? {}
        : { enough: { first: enough.first, is: (done) => enough.is(inputOf(ready, done)) } }),
    });
    this.#end(study);
    return replicated;
  }

  #begin(model: Model, step: string): Study {
    this.#step = step;
    this.#study = new Study(model, this.#workplace);
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
