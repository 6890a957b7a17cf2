import type { Histogram } from '../../measure/histogram.ts';
import type { Measured } from '../context.ts';
import { phaseParts } from '../latency.ts';
import { addCounts, countRequests, measuredClass, stillInside } from '../requests.ts';
import { lengthNs, perSec, type SimulatedWindow } from '../spans.ts';
import { observedIn, sum } from './counts.ts';
import { isLatency, type TimeMetric } from './metric.ts';
import {
  NOTHING,
  plainReading,
  ratioReading,
  timeReading,
  timesOf,
  type Question,
  type Reading,
} from './reading.ts';
import type { StretchOf } from './stretch.ts';
import { WindowTimes } from './window-times.ts';

/**
 * Requests of some classes together.
 *
 *     errors       failed, whatever the cause / offered: shed requests count, a late answer counts
 *     errors.CAUSE failed of this cause / offered
 *     errors.perSec failed, whatever the cause, per second
 *     shed         shed by a limiter / offered
 *     timeouts     client or caller gave up / offered
 *     availability good / offered
 *     throughput   answered with success, in time or late, per second
 *     goodput      answered with success in time, per second
 */
export class RequestReader {
  readonly #classIds: readonly number[];
  readonly #windowTimes = new Map<Measured, WindowTimes>();

  constructor(classIds: readonly number[]) {
    this.#classIds = classIds;
  }

  read(of: Measured, question: Question): Reading {
    const { metric, at } = question;
    if (isLatency(metric)) return this.#times(of, { ...question, metric });
    const classIds = this.#classIds;
    const counts = addCounts(classIds.map((id) => countRequests(of, id, at, 1)));
    const { offered, good, late, censored, failures } = counts;
    const [samples, completed] = [
      this.#observed(of, question, 'offered'),
      this.#observed(of, question, 'good'),
    ];
    const share = (part: number, doubtful = 0): Reading =>
      ratioReading({ part, whole: offered, doubtful, samples, completed });
    const perSecond = (count: number): number => perSec(count * of.model.slice, lengthNs(at(of)));
    const rate = (count: number, observed: number): Reading =>
      plainReading(perSecond(count), observed, completed, perSecond(count + censored));
    switch (metric.kind) {
      case 'errors':
        return share(sum(Object.values(failures)), censored);
      case 'errors.perSec':
        return plainReading(perSecond(sum(Object.values(failures))), samples, completed);
      case 'cause':
        return share(failures[metric.cause], censored);
      case 'shed':
        return share(failures.shed, censored);
      case 'timeouts':
        return share(failures.timedOut, censored);
      case 'availability':
        return ratioReading({ part: good, whole: offered, hopeful: censored, samples, completed });
      case 'throughput':
        return rate(good + late, completed + this.#observed(of, question, 'late'));
      case 'goodput':
        return rate(good, completed);
      default:
        return NOTHING;
    }
  }

  #times(of: Measured, question: Question<TimeMetric>): Reading {
    const { at, limitNs = Infinity } = question;
    const inside = (windowsOf: StretchOf): number =>
      sum(this.#classIds.flatMap((id) => stillInside(of, id, windowsOf)));
    const censored = inside(at);
    const isYoung = ({ toNs }: SimulatedWindow): boolean => toNs > of.measurements.stop.atNs - limitNs;
    const young =
      limitNs === Infinity
        ? censored
        : inside((run) => ({ windows: at(run).windows.filter(isYoung), phases: null }));
    const times = timesOf(of, (run) => this.#parts(run, question));
    return {
      ...timeReading(times, question, { censored, young }),
      came: this.#observed(of, question, 'offered'),
    };
  }

  #parts(run: Measured, { at }: Question): readonly Histogram[] {
    const { windows, phases } = at(run);
    if (phases !== null) {
      return this.#classIds.flatMap((id) => phaseParts(measuredClass(run, id).phaseHistograms, phases));
    }
    const known = this.#windowTimes.get(run) ?? new WindowTimes(run, this.#classIds);
    this.#windowTimes.set(run, known);
    return [known.over(windows)];
  }

  #observed(of: Measured, { at }: Question, key: 'offered' | 'good' | 'late'): number {
    return sum(this.#classIds.map((id) => observedIn(of, at, (run) => measuredClass(run, id)[key])));
  }
}
