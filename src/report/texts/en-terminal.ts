/** Headings and lines of the terminal summary. */
import { plural } from './en-words.ts';

export const TERMINAL = {
  budgets: 'BUDGETS',
  budgetCounts: (fail: number, warn: number, noData: number, unclear: number, pass: number) =>
    [
      fail > 0 ? `${fail} failed` : '',
      noData > 0 ? `${noData} without data` : '',
      unclear > 0 ? `${unclear} inconclusive` : '',
      warn > 0 ? plural(warn, 'warning') : '',
      `${pass} passed`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  more: (count: number) => `… and ${count} more in report.html`,
  /** In place of a target; `tightest` is the one whose figures are shown, if there are any. */
  alike: (count: number, tightest: string | null) =>
    tightest === null ? plural(count, 'target') : `${tightest} + ${count - 1} more`,
  tightestShown: 'Of targets alike the tightest is shown; report.html has all.',
  inconclusive: '?: inconclusive, the interval reaches across the limit; so says the value.',
  budgetHeads: ['', 'budget', 'condition', 'measured', 'margin', 'of'],
  withinModeError: (budgets: string) =>
    `Nearer to the limit than slicing or sampling can tell: ${budgets}; --mode exact can.`,
  breaksFirst: 'BREAKS FIRST',
  atOffered: (rate: string) => `at ${rate}`,
  requests: 'REQUESTS',
  requestsNote: 'whole run; latency of good requests',
  requestHeads: ['class', 'offered', 'good', 'available', 'mean', 'P50', 'P95', 'P99', 'unloaded'],
  good: 'good',
  mean: 'mean',
  p99: 'P99',
  /** Of the P99. */
  spread: '±',
  inSome: (count: number, of: number) => `in ${count} of ${of} runs`,
  fewSamples: '– (n): n samples are too few for this percentile; ten must lie beyond it.',
  open: '+∞: the interval has no upper end; too few samples lie beyond the P99 to tell how high it may be.',
  lost: 'LOST',
  lostNote: 'share of the offered, by cause; whole run',
  lostHeads: ['class', 'cause', 'share', '±'],
  layers: 'LAYERS',
  layersNote: 'the busiest group of each; whole run',
  layerHeads: ['layer', 'busiest group', 'at peak', 'mean', 'wait P99', 'waiting', 'refused'],
  cost: 'COST',
  costLine: (perHour: string, duringRun: string) => `${perHour} an hour; ${duringRun} during the run`,
  costWithout: (names: string) => `without: ${names} (no price given)`,
  costOrders: (per10k: string, orders: string) => `${per10k} per 10,000 orders (${orders} orders)`,
  mode: 'HOW',
  next: 'NEXT',
  files: 'FILES',
};

/** What to do about a finding: one line each, an action first. */
export const NEXT = {
  raiseLimit: (limiter: string, capacity: string, asked: string) =>
    `Raise the limit of ${limiter} or add replicas: it admits ${capacity}, its peak asks for ${asked}.`,
  addServers: (group: string, layer: string, used: string) =>
    `Add capacity to ${group} (layer ${layer}), or send it less work: ${used} used when it saturated.`,
  letItRun: (warmUp: string) => `Let it run past its warm-up of ${warmUp}, or shorten clock.warmUp.`,
  relieve: (group: string) =>
    `Add capacity to ${group}, or send it less work: the warm-up alone was too much.`,
  enlargePool: (group: string) => `Enlarge ${group}, or shorten what holds its tokens.`,
  enlargeRoom: (group: string) => `Serve ${group} faster; a larger waiting room only moves the wait.`,
  lookBehind: (call: string) =>
    `Find what ${call} waits for: the next lines of BREAKS FIRST, and the slowest 1 %.`,
  outOfReach: (
    id: string,
    text: string,
    most: { readonly layer: string; readonly time: string; readonly of: string } | null,
  ) =>
    `${id}: ${text} is broken with nobody else in the system. No sizing helps: shorten the path` +
    (most === null ? '.' : `; the most of it is ${most.layer}, ${most.time} of ${most.of} on average.`),
  bringTraffic: (count: number) =>
    `Bring requests to what ${plural(count, 'budget')} ${count === 1 ? 'is' : 'are'} about: nothing happened there.`,
  moreSamples: (count: number) =>
    `Simulate longer, or lower minSamples: ${plural(count, 'budget')} with too few samples.`,
  answerRequests: (count: number) =>
    `Add capacity, or find what holds or fails the requests: ${plural(count, 'budget')} cannot be judged while they are not answered.`,
  withoutAbort: (count: number, id: string) =>
    `Take the abort out of ${id} to see the rest: ${plural(count, 'budget')} without data so far.`,
  runToEnd: (count: number) => `Let the run reach its end: ${plural(count, 'budget')} without data so far.`,
  declareBudgets: 'Declare budgets in the scenario, so that the run can say whether it holds.',
  measure: (count: number) =>
    `Measure the inputs that are only assumed (${count}): the ledger in the report lists them first.`,
  growth: (group: string, factor: string) => `Before growing past ${factor} this peak, enlarge ${group}.`,
};
