import type { Watched } from '../analysis/budgets/watch.ts';
import type { AbortFinding, PrecisionFinding, ReplicationsFinding } from '../analysis/findings.ts';
import type { PrecisionReached } from '../analysis/precision.ts';
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { Budget } from '../scenario/types.ts';
import {
  makeControl,
  STOP_REASONS,
  type Control,
  type ReplicationJob,
  type Simulated,
  type StopReason,
} from './replication-job.ts';
import { replicationSeed } from './seeds.ts';
import type { Workplace } from './workplace.ts';

/** Replications of one model, as far as they were simulated. */
export interface Replicated {
  /** Before any were added for the sake of precision. */
  readonly asked: number;
  /** In order of their numbers; at least one. */
  readonly replications: readonly Measurements[];
  readonly seeds: readonly string[];
  readonly stoppedBy: ReplicationsFinding['stoppedBy'];
  readonly ranAway?: ReplicationsFinding['ranAway'];
  readonly precision: PrecisionFinding | null;
  readonly abort?: AbortFinding;
}

/** What may end the replications of a scenario. */
export interface AbortWatch {
  readonly budgets: readonly Budget[];
  /** How much further beyond its limit the first must be until all together bear it out; 0 where they do. */
  readonly doubtOf: (abort: AbortFinding, replicated: Replicated) => Promise<number>;
}

export interface PrecisionGoal {
  /** Yields between its steps. */
  readonly measure: (done: readonly Measurements[]) => Generator<void, PrecisionReached>;
  /** Lets others in, before each of these steps and behind the last: whoever stops the study does it then. */
  readonly pause: () => Promise<void>;
  /** Most replications that may be spent on it, and what keeps it from more. */
  readonly replicationsMax: number;
  readonly limit: 'replications' | 'memory';
}

export interface ReplicationOptions {
  readonly count: number;
  /** null: `count` replications, however tight. */
  readonly goal: PrecisionGoal | null;
  /** Whether the first of them will do, which is asked when there are so many. */
  readonly enough?: EnoughOf<Replicated>;
  /** Instant at which the measured time of each is cut short; null unless given. */
  readonly abortAtNs?: number | null;
}

/** When fewer replications will do. */
export interface EnoughOf<Done> {
  readonly first: number;
  readonly is: (done: Done) => boolean;
}

interface Job {
  readonly index: number;
  readonly seed: string;
  readonly control: Control;
}

/**
 * Simulates replications at a workplace. What comes out depends on the model and the options alone, unless it is stopped:
 * then the replications that had ended are kept, or, if none had, what there is of the first.
 *
 * Where budgets may end it, the first replication is simulated before all others, with the watch on. What ends it ends the
 * others at the same instant. If all of them together do not bear out that the budget is broken, it is put off until the first
 * is so far beyond the limit that they are likely to, and all begin anew; after two times nothing is watched for any more.
 */
export class Study {
  readonly #model: Model;
  readonly #workplace: Workplace;
  readonly #watch: AbortWatch | null;
  readonly #jobs: Job[] = [];
  #abortAtNs: number | null = null;
  #stopped: StopReason | null = null;

  constructor(model: Model, workplace: Workplace, watch: AbortWatch | null = null) {
    this.#model = model;
    this.#workplace = workplace;
    this.#watch = watch;
  }

  /** Replications begun or waiting, the mean of the simulated time they reached, and the events of all. */
  get position(): { readonly replications: number; readonly simulatedNs: number; readonly events: number } {
    const positions = this.#jobs.map(({ control }) => control.position);
    const sum = (field: number): number => positions.reduce((total, each) => total + (each[field] ?? 0), 0);
    return {
      replications: positions.length,
      simulatedNs: positions.length === 0 ? -this.#model.warmUpNs : sum(0) / positions.length,
      events: sum(1),
    };
  }

  /** Ends all that runs, soon. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    for (const { control } of this.#jobs)
      Atomics.store(control.flags, 0, STOP_REASONS.indexOf(this.#stopped));
  }

  async simulate(options: ReplicationOptions): Promise<Replicated> {
    this.#abortAtNs = options.abortAtNs ?? null;
    const watch = this.#watch;
    if (watch === null) return this.#simulateAll(options, []);
    let watched: readonly Watched[] = watch.budgets;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const { abort, ...first } = await this.#simulateOne(0, { watched });
      this.#abortAtNs = abort?.atNs ?? null;
      const replicated = await this.#simulateAll(options, [first]);
      if (abort === null || this.#stopped !== null || !isAborted(replicated)) return replicated;
      const doubt = await watch.doubtOf(abort, replicated);
      if (doubt === 0) return { ...replicated, abort };
      watched = watched.map((each) => (each.id === abort.id ? putOff(each, abort, doubt) : each));
    }
    this.#abortAtNs = null;
    return this.#simulateAll(options, []);
  }

  async #simulateAll(
    { count, goal, enough }: ReplicationOptions,
    first: readonly Done[],
  ): Promise<Replicated> {
    const few = Math.max(first.length, Math.min(count, enough?.first ?? count));
    const done = [...first, ...(await this.#simulateUpTo(few, first))];
    if (enough !== undefined && done.length < count && this.#stopped === null) {
      if (!enough.is(this.#outcome(done, count, null))) done.push(...(await this.#simulateUpTo(count, done)));
    }
    if (goal === null) return this.#outcome(done, count, null);
    const { replicationsMax, limit } = goal;
    for (;;) {
      const reached = await measured(goal, sorted(done).kept);
      const next = nextCount(reached, done.length, replicationsMax);
      if (reached.reached || this.#stopped !== null || hasRunaway(done) || next === done.length) {
        return this.#outcome(done, count, { ...reached, replicationsMax, limit });
      }
      done.push(...(await this.#simulateUpTo(next, done)));
    }
  }

  /** Simulates the replications that are missing to `count`. */
  #simulateUpTo(count: number, done: readonly Done[]): Promise<Done[]> {
    const missing = Array.from({ length: count - done.length }, (_, i) => done.length + i);
    return Promise.all(missing.map((index) => this.simulateOne(index)));
  }

  /** The replication of this number, from 0. */
  async simulateOne(index: number): Promise<Done> {
    const { seed, measurements } = await this.#simulateOne(index, { abortAtNs: this.#abortAtNs });
    return { seed, measurements };
  }

  async #simulateOne(
    index: number,
    cut: Pick<ReplicationJob, 'watched' | 'abortAtNs'>,
  ): Promise<Done & Simulated> {
    const seed = replicationSeed(this.#model.seed, index);
    const control = makeControl(this.#model);
    this.#jobs.push({ index, seed, control });
    if (this.#stopped !== null) this.stop(this.#stopped);
    const simulated = await this.#workplace.simulate({ model: { ...this.#model, seed }, control, ...cut });
    return { seed, ...simulated };
  }

  #outcome(done: readonly Done[], asked: number, reached: PrecisionFinding | null): Replicated {
    const { kept, runaways } = sorted(done);
    const shown = runaways.length === 0 ? kept : runaways.slice(0, 1);
    const ranAway =
      runaways.length > 0 && done.length > 1 ? { count: runaways.length, of: done.length } : undefined;
    const stoppedBy = ranAway === undefined ? this.#stopped : 'runaway';
    return {
      asked,
      replications: shown.map(({ measurements }) => measurements),
      seeds: shown.map(({ seed }) => seed),
      stoppedBy,
      ...(ranAway === undefined ? {} : { ranAway }),
      precision:
        reached === null
          ? null
          : { ...reached, limit: reached.reached ? null : (stoppedBy ?? reached.limit) },
    };
  }
}

export interface Done {
  readonly seed: string;
  readonly measurements: Measurements;
}

/** Times that the first replication is watched. */
const ROUNDS_MAX = 3;

const ENDED: readonly Measurements['stop']['reason'][] = ['completed', 'drain-limit', 'aborted'];

/** Each time at least twice as far as before. */
function putOff(each: Watched, { text }: AbortFinding, doubt: number): Watched {
  const { beyond = {} } = each;
  return { ...each, beyond: { ...beyond, [text]: Math.max(doubt, 2 * (beyond[text] ?? 0)) } };
}

/** Not where one of them ran away before: then that is what is shown. */
function isAborted({ replications }: Replicated): boolean {
  return replications.every(({ stop }) => stop.reason === 'aborted');
}

/** Those that came to their end, or the first as far as it came; and those that ran away. */
function sorted(done: readonly Done[]): { kept: readonly Done[]; runaways: readonly Done[] } {
  const ended = done.filter(({ measurements }) => ENDED.includes(measurements.stop.reason));
  const runaways = done.filter(({ measurements }) => measurements.stop.reason === 'runaway');
  return { kept: ended.length > 0 ? ended : done.slice(0, 1), runaways };
}

async function measured({ measure, pause }: PrecisionGoal, kept: readonly Done[]): Promise<PrecisionReached> {
  const steps = measure(kept.map(({ measurements }) => measurements));
  for (;;) {
    await pause();
    const step = steps.next();
    if (step.done !== true) continue;
    await pause();
    return step.value;
  }
}

function hasRunaway(done: readonly Done[]): boolean {
  return sorted(done).runaways.length > 0;
}

/**
 * Replications to have next: what the widest interval needs if its width falls with the square root of their number, but
 * at most twice as many as now, as that width is itself an estimate from few.
 */
function nextCount({ target, measures }: PrecisionReached, done: number, max: number): number {
  const widest = measures[0]?.relativeHalfWidth ?? null;
  const needed = widest === null ? 2 * done : Math.ceil(done * (widest / target) * (widest / target));
  return Math.min(max, Math.max(done + 1, Math.min(2 * done, needed)));
}
