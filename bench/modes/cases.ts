/** Which scenarios the modes are compared on, and what of them: as much as can be simulated without any mode. */
import type { Rung } from './job.ts';

export interface ModeCase {
  readonly id: string;
  /** Path from the folder of the package. */
  readonly file: string;
  readonly title: string;
  /** Begins here, where the curve of the traffic has a point; its own beginning is 0. */
  readonly fromNs: number;
  /** Lasts so long, counted before it is sped up; null: to its end. */
  readonly lastsNs: number | null;
  /** The curve is run through so many times as fast. Rates, site and mix stay as they are. */
  readonly speedUp: number;
  readonly warmUpNs: number;
  /** Percentiles, utilizations and shares are compared by stretches of this length, in the time that is simulated. */
  readonly unitNs: number;
  /** Traffic of the run that all others are compared with is thinned to 1/k; 1 = exact. */
  readonly referenceSlice: number;
  /** Pairs of a reference and a run in each mode, each with a seed of its own. */
  readonly seeds: number;
  /** Slices to compare, thinner than the reference's, as far as the scenario allows them. */
  readonly slices: readonly number[];
  /** Rungs of sampling to compare; they need whole minutes. */
  readonly rungs: readonly Rung[];
}

export interface Sizes {
  /** Of the twelve minutes around midnight. */
  readonly speedUp: number;
  /** Simulated of the day. */
  readonly minutes: number;
  /** Of the site with queues. */
  readonly seeds: number;
}

export const SIZES: Sizes = { speedUp: 60, minutes: 2, seeds: 8 };

const SECOND_NS = 1e9;
const MINUTE_NS = 60 * SECOND_NS;
const RUNGS: readonly Rung[] = ['longest', 'middle', 'shortest'];

const WHOLE = {
  fromNs: 0,
  lastsNs: null,
  speedUp: 1,
  warmUpNs: 2 * SECOND_NS,
  unitNs: MINUTE_NS,
  referenceSlice: 1,
  seeds: 1,
  slices: [2, 5, 10],
  rungs: RUNGS,
} as const;

/** Shipped scenarios in the order of the table, theory left out, and one site whose queues matter. */
export function casesOf({ speedUp, minutes, seeds }: Sizes): readonly ModeCase[] {
  const midnight = (id: string): ModeCase => ({
    ...WHOLE,
    id,
    file: `scenarios/${id}.yaml`,
    title: `\`${id}\`, twelve minutes ${speedUp} times as fast`,
    speedUp,
    unitNs: Math.round(MINUTE_NS / speedUp),
    rungs: [],
  });
  const day = { ...WHOLE, file: 'scenarios/double-11-day.yaml', lastsNs: minutes * MINUTE_NS };
  const small = { ...WHOLE, seeds: 2, unitNs: 10 * SECOND_NS };
  return [
    midnight('double-11'),
    midnight('double-11-step'),
    midnight('double-11-sized'),
    midnight('double-11-async'),
    {
      ...day,
      id: 'double-11-day',
      title: `\`double-11-day\`, ${minutes} minutes of the normal rate from two o'clock on`,
      fromNs: 7200 * SECOND_NS,
      slices: [10],
    },
    {
      ...day,
      id: 'double-11-decay',
      title: `\`double-11-day\`, ${minutes} minutes from the end of the plateau on, a tenth of the traffic throughout`,
      fromNs: 3233.333 * SECOND_NS,
      referenceSlice: 10,
      slices: [],
    },
    { ...small, id: 'retry-storm', file: 'scenarios/retry-storm.yaml', title: '`retry-storm`, all of it' },
    { ...small, id: 'smoke', file: 'scenarios/smoke.yaml', title: '`smoke`, all of it' },
    {
      ...WHOLE,
      id: 'twenty-desks',
      file: 'bench/modes/twenty-desks.yaml',
      title: 'twenty desks of four servers, 38 to 80 % utilization, twelve minutes',
      seeds,
      slices: [2, 4],
    },
  ];
}
