import { present } from '../base/present.ts';
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import { Study } from '../study/replications.ts';
import type { Workplace } from '../study/workplace.ts';
import type { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { carryOut, type WorkOptions } from './simulate.ts';

/** One run by itself, before those that were asked for. */
export async function simulatePilot(
  { io, interrupts }: { readonly io: Io; readonly interrupts: Interrupts },
  pilot: Model,
  options: Pick<WorkOptions, 'progress' | 'deadlineMs'>,
): Promise<Measurements> {
  const work = {
    length: pilot,
    begin: (workplace: Workplace) => new Study(pilot, workplace),
    simulate: (study: Study) => study.simulate({ count: 1, goal: null }),
  };
  const alone = { ...options, jobs: 1, runs: 1, predictedEvents: 0 };
  const { result } = await carryOut(io, work, () => interrupts.isAsked, alone);
  return present(result.replications[0]);
}
