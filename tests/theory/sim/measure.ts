/**
 * Measures by name, e.g. `wait desk p99`, `jobs-each desk @20`, `response first mean minus 1`.
 *
 *     wait|sojourn GROUP mean|sd|positive|max|pX    response CLASS|* mean|positive|max|pX
 *     busy|waiting|jobs GROUP[+GROUP…] (…-each: of one instance)    utilization|idle GROUP
 *     loss GROUP    rejected CLASS (share of the offered)    turned-away CLASS (until then)
 *     arrivals GROUP, completions OPERATION, throughput CLASS (per second)    offered CLASS (count)
 *     max-waiting|max-jobs GROUP    wave-amplitude|wave-peak GROUP
 *
 * `@T` takes the window that begins at T s, otherwise all of the measured time counts. Times come out in seconds.
 */
import type { Histogram } from '../../../src/measure/histogram.ts';
import type { Model } from '../../../src/model/model.ts';
import { Cause } from '../../../src/model/opcodes.ts';
import type { Measurements } from '../../../src/run/measurements.ts';
import { describe as describeHistogram, merged } from './histograms.ts';

export interface Measured {
  readonly value: number;
  /** Samples behind it, when it is made of samples. */
  readonly samples: number | null;
  /** Bound of its relative error from the width of histogram bins. */
  readonly binError: number;
}

interface Asked {
  readonly quantity: string;
  readonly subjects: readonly string[];
  readonly statistic: string;
  readonly atSec: number | null;
}

/** A value over one or several replications taken together. */
export function measure(text: string, model: Model, runs: readonly Measurements[]): Measured {
  const match = MEASURE.exec(text);
  if (match?.groups === undefined) throw new RangeError(`not a measure: ${text}`);
  const { quantity, subject, statistic, at, microsecond, sign, shift, factor } = match.groups;
  const atSec = at === undefined ? null : Number(at) + (microsecond === undefined ? 0 : 1e-6);
  const asked = { quantity: quantity!, subjects: subject!.split('+'), statistic: statistic ?? 'mean', atSec };
  const plain = new Reading(model, runs, asked).read();
  const shifted = plain.value + (shift === undefined ? 0 : Number(shift) * (sign === 'minus' ? -1 : 1));
  return { ...plain, value: shifted * Number(factor ?? 1) };
}

const MEASURE =
  /^(?<quantity>[a-z-]+) (?<subject>\S+)(?: (?<statistic>mean|sd|positive|max|p[\d.]+))?(?: @(?<at>[\d.]+)(?<microsecond>\+1us)?)?(?: (?<sign>minus|plus) (?<shift>[\d.]+))?(?: times (?<factor>[\d.]+))?$/;

class Reading {
  readonly #model: Model;
  readonly #runs: readonly Measurements[];
  readonly #asked: Asked;

  constructor(model: Model, runs: readonly Measurements[], asked: Asked) {
    this.#model = model;
    this.#runs = runs;
    this.#asked = asked;
  }

  read(): Measured {
    const { quantity, subjects, statistic } = this.#asked;
    if (quantity === 'wait' || quantity === 'sojourn' || quantity === 'response') {
      return describeHistogram(this.#histogram(quantity), statistic);
    }
    return { value: this.#number(quantity, subjects[0]!), samples: null, binError: 0 };
  }

  #number(quantity: string, subject: string): number {
    switch (quantity) {
      case 'busy':
      case 'waiting':
      case 'jobs':
        return this.#mean(quantity);
      case 'busy-each':
      case 'waiting-each':
      case 'jobs-each':
        return this.#mean(quantity.slice(0, -5)) / this.#model.groups[this.#group(subject)]!.instanceCount;
      case 'utilization':
      case 'idle': {
        const { instanceCount, serverCount } = this.#model.groups[this.#group(subject)]!;
        const utilization = this.#mean('busy') / (instanceCount * serverCount);
        return quantity === 'idle' ? 1 - utilization : utilization;
      }
      case 'max-waiting':
      case 'max-jobs': {
        const group = this.#group(subject);
        const most = Math.max(...this.#runs.flatMap((run) => [...run.groups[group]!.waitingJobsMax]));
        return quantity === 'max-jobs' ? most + this.#model.groups[group]!.serverCount : most;
      }
      case 'wave-amplitude':
      case 'wave-peak':
        return this.#wave(quantity);
      default:
        return this.#counted(quantity, subject);
    }
  }

  #counted(quantity: string, subject: string): number {
    const seconds = this.#spanNs() / 1e9;
    switch (quantity) {
      case 'loss': {
        const group = this.#group(subject);
        const rejected = this.#sum((run, window) => run.groups[group]!.rejected[window]!);
        return rejected / this.#sum((run, window) => run.groups[group]!.arrivals[window]!);
      }
      case 'arrivals': {
        const group = this.#group(subject);
        return this.#sum((run, window) => run.groups[group]!.arrivals[window]!) / seconds;
      }
      case 'completions': {
        const operation = this.#model.operations.findIndex(({ name }) => name === subject);
        if (operation < 0) throw new RangeError(`no operation ${subject}`);
        const histograms = this.#runs.flatMap((run) => run.operations[operation]!.sojourns);
        return histograms.reduce((total, histogram) => total + histogram.count, 0) / seconds;
      }
      case 'throughput':
        return this.#ofClass(subject, (each, window) => each.good[window]!) / seconds;
      case 'offered':
        return this.#ofClass(subject, (each, window) => each.offered[window]!) / this.#runs.length;
      case 'rejected': {
        const rejected = this.#ofClass(subject, (each, window) => each.failures[Cause.rejected]![window]!);
        return rejected / this.#ofClass(subject, (each, window) => each.offered[window]!);
      }
      case 'turned-away':
        return this.#turnedAway(subject);
      default:
        throw new RangeError(`nothing is called ${quantity}`);
    }
  }

  /** Requests of a class rejected before the instant asked for, per replication. */
  #turnedAway(subject: string): number {
    const classId = this.#classes(subject)[0]!;
    const untilNs = Math.round(this.#asked.atSec! * 1e9);
    let total = 0;
    for (const run of this.#runs) {
      const rejected = run.classes[classId]!.failures[Cause.rejected]!;
      run.windows.forEach(({ toNs }, window) => (total += toNs <= untilNs ? rejected[window]! : 0));
    }
    return total / this.#runs.length;
  }

  /** Amplitude, or instant of the crest in s after the first sample, of jobs present over one period of 60 s. */
  #wave(quantity: 'wave-amplitude' | 'wave-peak'): number {
    const jobsAt = (sec: number): number => {
      const asked = { ...this.#asked, quantity: 'jobs', atSec: this.#asked.atSec! + sec };
      return new Reading(this.#model, this.#runs, asked).read().value;
    };
    const sine = (jobsAt(15) - jobsAt(45)) / 2;
    const cosine = (jobsAt(0) - jobsAt(30)) / 2;
    return quantity === 'wave-amplitude'
      ? Math.hypot(sine, cosine)
      : (Math.atan2(sine, cosine) * 60) / (2 * Math.PI);
  }

  /** Time average of a number of jobs, summed over the subjects. */
  #mean(what: string): number {
    let areaNs = 0;
    for (const subject of this.#asked.subjects) {
      const group = this.#group(subject);
      if (what !== 'waiting') areaNs += this.#sum((run, window) => run.groups[group]!.busyNs[window]!);
      if (what !== 'busy') areaNs += this.#sum((run, window) => run.groups[group]!.waitingNs[window]!);
    }
    return areaNs / this.#spanNs();
  }

  #histogram(quantity: 'wait' | 'sojourn' | 'response'): Histogram {
    const { subjects } = this.#asked;
    const phases = [
      ...new Set(this.#windows(this.#runs[0]!).map((window) => this.#runs[0]!.windows[window]!.phase)),
    ];
    const all = this.#runs.flatMap((run) => {
      if (quantity === 'response') {
        return this.#classes(subjects[0]!).flatMap((id) =>
          phases.map((phase) => run.classes[id]!.phaseHistograms[phase]!),
        );
      }
      const group = run.groups[this.#group(subjects[0]!)]!;
      return phases.map((phase) => (quantity === 'wait' ? group.waits : group.sojourns)[phase]!);
    });
    return merged(all);
  }

  #ofClass(
    subject: string,
    value: (each: Measurements['classes'][number], window: number) => number,
  ): number {
    return this.#classes(subject).reduce(
      (total, id) => total + this.#sum((run, window) => value(run.classes[id]!, window)),
      0,
    );
  }

  #sum(value: (run: Measurements, window: number) => number): number {
    let total = 0;
    for (const run of this.#runs) for (const window of this.#windows(run)) total += value(run, window);
    return total;
  }

  #spanNs(): number {
    return this.#sum((run, window) => run.windows[window]!.toNs - run.windows[window]!.fromNs);
  }

  #windows({ windows }: Measurements): number[] {
    const all = windows.map((_, index) => index);
    if (this.#asked.atSec === null) return all;
    const fromNs = Math.round(this.#asked.atSec * 1e9);
    const found = all.filter((index) => windows[index]!.fromNs === fromNs);
    if (found.length === 0) throw new RangeError(`no window begins at ${this.#asked.atSec} s`);
    return found;
  }

  #classes(subject: string): number[] {
    const ids = this.#model.classes.map((_, id) => id);
    const found = ids.filter((id) => subject === '*' || this.#model.classes[id]!.name === subject);
    if (found.length === 0) throw new RangeError(`no request class ${subject}`);
    return found;
  }

  #group(subject: string): number {
    const group = this.#model.groups.findIndex(({ name }) => name === subject);
    if (group < 0)
      throw new RangeError(
        `no group ${subject} among ${this.#model.groups.map(({ name }) => name).join(', ')}`,
      );
    return group;
  }
}
