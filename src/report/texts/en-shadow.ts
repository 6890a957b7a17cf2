/** What is said about closed forms beside simulated values. */
import type { ShadowQuantity, ShadowReason, StartUpFinding } from '../../analysis/findings.ts';
import { plural } from './en-words.ts';

const QUANTITY: Readonly<Record<ShadowQuantity, string>> = {
  utilizationRatio: 'utilization',
  busyServers: 'busy servers',
  waitNsMean: 'mean wait',
  waitNsP95: 'wait P95',
  waitNsP99: 'wait P99',
  waitedRatio: 'share that waits',
  rejectedRatio: 'share rejected',
};

const REASON: Readonly<Record<ShadowReason, (of: string) => string>> = {
  'not-visited': () => 'no request comes here',
  'traffic-not-open': (of) => `${of} comes from closed users or a trace`,
  'rate-varies': (of) => `the rate, mix or regions of ${of} change in this time`,
  disturbed: (of) => `a disturbance of ${of} reaches it`,
  noise: (of) => `the traffic of ${of} has noise`,
  'process-not-poisson': (of) => `${of} does not arrive as a Poisson process`,
  'may-fail': (of) => `a step of ${of} fails at random on the way`,
  'visited-again': (of) => `${of} may come more than once`,
  'behind-a-join': () => 'comes behind a join of parallel branches that may wait',
  'copies-meet': (of) => `copies of one ${of} may meet here or on the way`,
  'behind-a-queue': (of) => `what leaves ${of} is not known to be Poisson`,
  feedback: (of) => `requests come back by way of ${of}`,
  balancer: () => 'the balancer does not choose replicas independently',
  'background-visits': () => 'in this slice, background visits come with its own',
  'cut-short': () => 'the run did not reach the end of this time',
  'waited-on-the-way': (of) => `requests waited for ${of} on the way`,
  'lost-on-the-way': (of) => `jobs were turned away or gave up at ${of}`,
  shed: (of) => `${of} shed requests in front`,
  'call-repeated': (of) => `calls ${of} timed out, failed or were repeated`,
  saturated: () => 'offered as much as its capacity or more: there is no steady state',
  'not-settled': () => 'too short to forget how it began',
  'no-formula': () => 'no closed form is known for these servers and service times',
};

/** Where a run without a warm-up begins to look as it does ever after. */
export const START_UP = {
  refusal: {
    'inputs-vary':
      'No warm-up is simulated, and the traffic or the speed of servers changes with time: no rule can say what of it is start-up.',
    'cut-short': 'No warm-up is simulated, and the run did not reach its end: its start-up cannot be judged.',
    'few-windows':
      'No warm-up is simulated, and the windows are too few or too empty to say where the start-up ends.',
    saturated:
      'No warm-up is simulated, and a queue grows to the end: the run never looks as it does ever after.',
  } satisfies Readonly<Record<NonNullable<StartUpFinding['refusal']>, string>>,
  notTrusted: () =>
    'No warm-up is simulated, and MSER-5 finds no end of the start-up in the first half: simulate longer.',
  none: 'No warm-up is simulated, and MSER-5 finds no start-up to cut.',
  cut: (time: string, biases: readonly string[]) =>
    `No warm-up is simulated: MSER-5 would cut the first ${time}; they change ${biases.join(' and ')}.`,
  /** The same of a run of its own that chose the warm-up. */
  pilot: {
    notTrusted: (warmUp: string) =>
      `A run of its own was too short to say where the start-up ends (MSER-5); ${warmUp} of warm-up are a guess: give clock.warmUp, or simulate longer.`,
    saturated: (warmUp: string) =>
      `In a run of its own a queue grows to the end, so no rule can say where the start-up ends; ${warmUp} of warm-up are the default.`,
    none: 'By a run of its own there is no start-up to cut (MSER-5), so no warm-up is simulated.',
    cut: (time: string, biases: readonly string[]) =>
      `The warm-up of ${time} is where MSER-5 cuts a run of its own; without it that run's start changes ${biases.join(' and ')}.`,
  },
  response: 'the mean response time',
  utilization: (group: string) => `the utilization of ${group}`,
  bias: (what: string, relative: string, error: string | null) =>
    `${what} by ${relative}${error === null ? '' : ` (standard error ${error})`}`,
};

export const SHADOW = {
  head: 'THEORY',
  quantity: QUANTITY,
  reason: REASON,
  summary: (checked: number, waits: number, groups: number) =>
    checked === 0
      ? `None of ${plural(groups, 'station')} can be checked against closed forms`
      : `${checked} of ${plural(groups, 'station')} can be checked against closed forms, ${waits} of them with their waits`,
  largest: (size: string, group: string, quantity: string, during: string | null) =>
    `largest difference ${size} standard errors (${[group, quantity, during].filter((part) => part !== null).join(', ')})`,
  noError: 'too few windows to tell a standard error',
  alarm: (count: number, group: string, quantity: string, size: string) =>
    `${plural(count, 'simulated value')} too far from theory to be chance (${group}: ${quantity} ${size} standard errors away). ` +
    'A closed form and the simulation cannot both be right: please report it.',
  title: (rows: number) => `Theory beside simulation: ${plural(rows, 'value')}`,
  more: (count: number) => `… and ${count} more with smaller differences in result.json.`,
  note: (replications: number) =>
    (replications > 1
      ? 'Simulated values are means over the replications, standard errors those of these means. '
      : 'Standard errors are those of the simulated values, by batch means; a percentile of a single run has none. ') +
    'G/G/c is the utilization law alone: work brought is work done, whatever the order of arrivals.',
  heads: {
    group: 'station',
    phase: 'during',
    formula: 'closed form',
    quantity: 'quantity',
    theory: 'theory',
    simulated: 'simulated',
    error: 'standard error',
    batches: (replications: number): string => (replications > 1 ? 'replications' : 'batches'),
    difference: 'difference in standard errors',
  },
  suspicious: 'no chance',
  whyNot: (count: number) => `Waits without a closed form: ${count}`,
  whyNotHeads: { group: 'station', phase: 'during', reason: 'why not' },
};
