/** The work of the whole study, cut into pieces for processes of their own. Results do not depend on the cutting. */
import { LENGTH_UNITS, requestsOf } from './compile.ts';
import { configurationOf, CONFIGURATIONS } from './configurations.ts';
import type { Measure } from './study.ts';
import type { Truths } from './truths.ts';

export type Task = StudiesTask | ReferenceTask;

/** Studies from … to − 1 of a configuration. */
export interface StudiesTask {
  readonly kind: 'studies';
  readonly id: string;
  readonly lengthUnits: number;
  readonly from: number;
  readonly to: number;
  readonly truths: Readonly<Record<Measure, number>>;
}

/** A run so long that its own error does not matter, where no formula gives the truth. */
export interface ReferenceTask {
  readonly kind: 'reference';
  readonly id: string;
}

/** 240 times the requests of a study: its interval is then about a twentieth as wide. */
export const REFERENCE = { replications: 20, lengthUnits: 60 * LENGTH_UNITS };

/** What shorter runs are tried on, and how short they are. */
const SHORTENED: readonly string[] = ['mm1-50', 'mm1-80'];
const SHORTER: readonly number[] = [LENGTH_UNITS / 4, LENGTH_UNITS / 16];

/** Many studies of one configuration at one length. */
export interface Series {
  readonly id: string;
  readonly lengthUnits: number;
  readonly studies: number;
}

/** Runs long enough to be judged. */
export function longSeries(studies: number): Series[] {
  return CONFIGURATIONS.map(({ id }) => ({ id, lengthUnits: LENGTH_UNITS, studies }));
}

/** Runs too short to be trusted: half as many studies show by how much. */
export function shortSeries(studies: number): Series[] {
  return SHORTENED.flatMap((id) =>
    SHORTER.map((lengthUnits) => ({ id, lengthUnits, studies: Math.ceil(studies / 2) })),
  );
}

/** Studies of one process, at most. */
const STUDIES_PER_TASK = 250;

export function isKnown(truths: Truths): truths is Readonly<Record<Measure, number>> {
  return Object.values(truths).every((truth) => truth !== null);
}

/** The tasks of some series, those that take longest first, so that no processor is idle at the end. */
export function studiesTasks(
  series: readonly Series[],
  truthsOf: (id: string) => Readonly<Record<Measure, number>>,
): StudiesTask[] {
  const requests = ({ id, lengthUnits }: Series): number => requestsOf(configurationOf(id), lengthUnits);
  return [...series]
    .sort((a, b) => requests(b) - requests(a))
    .flatMap(({ id, lengthUnits, studies }) =>
      Array.from({ length: Math.ceil(studies / STUDIES_PER_TASK) }, (_, part): StudiesTask => {
        const from = part * STUDIES_PER_TASK;
        const to = Math.min(studies, from + STUDIES_PER_TASK);
        return { kind: 'studies', id, lengthUnits, from, to, truths: truthsOf(id) };
      }),
    );
}
