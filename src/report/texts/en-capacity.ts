/** What `capacity` says. Numbers and names arrive already formatted. */
import type { CapacityBound, LoadPoint } from '../../study/capacity-document.ts';
import { plural } from './en-words.ts';

/** What broke, as one condition at one load. */
export interface BrokenPhrase {
  readonly id: string;
  readonly measure: string;
  readonly target: string;
  /** null where nothing was observed. */
  readonly value: string | null;
  readonly op: string;
  readonly limit: string;
}

export const CAPACITY = {
  kind: {
    bound: (at: string) => `HOLDS UP TO ${at} THE TRAFFIC`,
    'still-holding': (at: string) => `STILL HOLDS AT ${at} THE TRAFFIC`,
    infeasible: (at: string) => `DOES NOT HOLD AT ${at} THE TRAFFIC`,
    'cannot-say': (at: string) => `CANNOT SAY (${at})`,
  } satisfies Readonly<Record<CapacityBound['kind'], (at: string) => string>>,
  noLoad: 'no load',
  how: (replications: number, loads: number, from: string, to: string) =>
    `${plural(loads, 'load')} from ${from} to ${to} simulated, ${plural(replications, 'replication')} of each with the same random numbers`,
  mode: (slice: number, isSampled: boolean) =>
    isSampled
      ? `some stretches of time, ${slice === 1 ? 'every request' : `one request in ${slice}`} in them`
      : slice === 1
        ? 'every request'
        : `one request in ${slice}`,
  peak: (peak: string, planned: string) => `That is a peak of ${peak}; planned are ${planned}.`,
  interval: (lower: string | null, upper: string | null) =>
    lower !== null && upper !== null
      ? `The true bound lies between ${lower} and ${upper}, by the intervals of the budgets.`
      : lower !== null
        ? `By the intervals of the budgets it is at least ${lower}; nothing up to the highest load breaks for sure.`
        : upper !== null
          ? `By the intervals of the budgets it is less than ${upper}; nothing down to the lowest load holds for sure.`
          : `The intervals of the budgets reach across their limits at every load: use more --reps.`,
  noInterval:
    'One replication has no interval: use --reps 5 to know how far chance may have moved the bound.',
  breaks: (at: string, phrase: BrokenPhrase) =>
    `At ${at} ${phrase.id} breaks: ${phrase.measure} of ${phrase.target} is ` +
    `${phrase.value ?? 'unknown, as nothing was answered'}, and it must be ${phrase.op} ${phrase.limit}.`,
  closest: (phrase: BrokenPhrase) =>
    `Closest to its limit is ${phrase.id}: ${phrase.measure} of ${phrase.target} is ${phrase.value ?? 'unknown'}, ` +
    `and it must be ${phrase.op} ${phrase.limit}.`,
  unstable: (at: string) => `At ${at} a queue grows without end.`,
  saturated: (group: string, layer: string, used: string) =>
    `Nearest its limit there: ${group}${group.startsWith(layer) ? '' : ` (${layer})`}, ${used} used at its busiest.`,
  firstBreak: (name: string, what: string, at: string) =>
    `First to reach a limit: ${name} (${what}) at ${at}.`,
  searchOn: (to: string) => `Look further with --to ${to}.`,
  searchBelow: (from: string) => `Look lower with --from ${from}, or relax the budget.`,
  outOfReach: (ids: string) =>
    `Set aside: ${ids}. Broken with nobody else in the system, so no load is small enough; --budgets takes them in.`,
  held: (duration: string) =>
    `Each load was held for ${duration} at its multiple of the planned peak; the curve was not replayed.`,
  scaled: (classes: string) =>
    `Multiplied: the traffic of ${classes} alone; all other traffic came as planned.`,
  notHeld: (ids: string) => `Not judged: ${ids}, as it is about another phase or a time of the curve.`,
  notMonotone:
    'Not one-way: some load below one that holds does not hold, or the reverse. Chance near the limit, or a site that behaves so; ' +
    'the bound is the lowest at which it broke.',
  stopped: 'Stopped before the search came to its end.',
  knee: 'KNEE CURVE',
  kneeNote: (request: string, phase: string | null, busiest: string | null) =>
    `P99 of ${request}${phase === null ? '' : ` in ${phase}`}; failed: of all requests${busiest === null ? '' : ` in ${busiest}`}`,
  kneeHeads: ['', 'load', 'peak', 'P99', '±', 'failed', 'tightest', 'used', 'budget'],
  pointVerdict: { holds: 'holds', broken: 'BROKEN', 'cannot-say': 'no data' } satisfies Readonly<
    Record<LoadPoint['verdict'], string>
  >,
  unsure:
    'A ? stands where an interval reaches across the limit, or there is none: chance may have turned the verdict.',
  fewer: (loads: number) =>
    `${plural(loads, 'load')} had fewer replications, as each has very many events, or was broken beyond doubt after two; ` +
    '--reps 5 makes all of them.',
  grows: 'queue grows',
  without: 'WITHOUT',
  withoutNote: (total: string) => `as if the site never had them; the whole site: ${total}`,
  withoutHeads: ['', 'taken away', 'planned traffic', 'holds up to', 'interval', 'breaks'],
  orMore: (at: string) => `${at} or more`,
  tooManyEvents: (events: string) =>
    `not simulated: its replicas do not divide, and every request would be ${events} events a replication`,
  files: 'FILES',
};
