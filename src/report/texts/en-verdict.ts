/** Sentences that say what a run found. Names and numbers arrive already formatted. */
import type {
  BreakFinding,
  BudgetFinding,
  ModeFinding,
  ReplicationsFinding,
  VerdictFinding,
} from '../../analysis/findings.ts';
import type { WindowPhrase } from '../windows.ts';
import { BUDGETS } from './en-budgets.ts';
import { metricName, plural, WORDS } from './en-words.ts';

/** Why replications were stopped from outside. */
type StopReason = Exclude<NonNullable<ReplicationsFinding['stoppedBy']>, 'runaway'>;

export interface BudgetPhrase {
  readonly id: string;
  readonly metric: string;
  readonly target: string;
  readonly window: WindowPhrase;
  readonly value: string;
  readonly limit: string;
  readonly op: string;
  /** Size of the margin without its sign, or null when it cannot be given. */
  readonly margin: string | null;
  readonly isBroken: boolean;
  readonly isUpperLimit: boolean;
  /** Interval of an inconclusive value; null where the verdict is clear. */
  readonly doubt: string | null;
  /** For a share that must stay above its limit: what was lost as a multiple of what may be lost. */
  readonly lossUsed: string | null;
}

export interface BreakPhrase {
  readonly kind: BreakFinding['kind'];
  readonly name: string;
  readonly at: string;
  readonly offered: string;
  readonly value: string;
  /** Of a limiter: the share it sheds in the phase in which it sheds most; null phase = the whole run. */
  readonly shed: { readonly share: string; readonly phase: string | null } | null;
  /** Of a limiter that sheds only above it, because its burst carried it so far: what it admits for ever. */
  readonly admits: string | null;
}

function where(target: string): string {
  return target === '*' ? 'of all requests' : `of ${target}`;
}

function asStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function budget(phrase: BudgetPhrase): string {
  const { metric, target, window, value, op, limit, doubt } = phrase;
  const subject = `${asStart(metricName(metric))} ${where(target)} ${BUDGETS.during(window)}`;
  const distance = phrase.margin === null ? '' : ` (${margin(phrase)})`;
  const unsure = doubt === null ? '' : `; ${BUDGETS.doubt(doubt)}`;
  return `${subject} is ${value}, limit ${op} ${limit}${distance}${unsure}.`;
}

function margin({ margin: size, isBroken, isUpperLimit, lossUsed }: BudgetPhrase): string {
  if (size === null) return '';
  if (!isBroken) return lossUsed === null ? `margin ${size}` : `${size} of what may be lost is left`;
  if (lossUsed !== null) return `${lossUsed} what may be lost`;
  return isUpperLimit ? `over by ${size}` : `short by ${size}`;
}

function broke({ kind, name, at, offered, value, shed, admits }: BreakPhrase): string {
  switch (kind) {
    case 'shedding':
      return (
        `${name} sheds requests from ${at} on, at ${offered} offered` +
        (admits === null ? '' : ` (it admits ${admits}, and its burst lasts until then)`) +
        (shed === null
          ? ''
          : `; ${shed.phase === null ? 'in all' : `during ${shed.phase}`} it sheds ${shed.share}`)
      );
    case 'saturated':
      return `${name} saturates at ${at}, at ${offered} offered (${value} used)`;
    case 'pool-exhausted':
      return `${name} has no free token from ${at}, at ${offered} offered`;
    case 'room-full':
      return `the waiting room of ${name} is full from ${at}, at ${offered} offered`;
    case 'timing-out':
      return `calls to ${name} time out from ${at}, at ${offered} offered`;
  }
}

/** Why there is no verdict; a value may have been found all the same. */
function noData(
  phrase: BudgetPhrase,
  because: NonNullable<BudgetFinding['noDataBecause']>,
  {
    samples,
    needed,
    hasValue,
  }: { readonly samples: number; readonly needed: string; readonly hasValue: boolean },
): string {
  const { metric, target, window, value } = phrase;
  const subject = `${asStart(metricName(metric))} ${where(target)} ${BUDGETS.during(window)}`;
  const few = `${plural(samples, 'sample')} ${samples === 1 ? 'is' : 'are'} too few`;
  switch (because) {
    case 'no-samples':
      return `${subject} has no value: nothing happened there.`;
    case 'few-samples':
      return hasValue
        ? `${subject} is ${value}, but ${few} to judge: ${needed} are needed.`
        : `${subject} has no value: ${few}, ${needed} are needed.`;
    case 'still-inside':
      return `${subject} is ${value} of what had ended, but enough requests were still inside to break it.`;
    case 'none-completed':
      return `${subject} is ${value}, but nothing was ever answered.`;
    case 'aborted':
      return `${subject} cannot be told: the run was aborted before.`;
  }
}

export const VERDICT = {
  budget,
  margin,
  broke,
  /** What the status means; `count` is the number of required budgets, of broken ones where it does not hold. */
  reason: {
    holds: (count: number) => `${count === 1 ? 'The budget is' : `All ${count} required budgets are`} met.`,
    'thin-margin': (count: number) =>
      `${count === 1 ? 'The budget is' : `All ${count} required budgets are`} met, but with little to spare.`,
    'does-not-hold': (count: number) =>
      count === 1 ? 'A required budget is broken.' : `${count} required budgets are broken.`,
    'cannot-say': () => 'The run does not hold enough data to judge every required budget.',
    'no-budgets': () => 'The scenario declares no budgets, so nothing says what "holds" means.',
  } satisfies Record<VerdictFinding['status'], (count: number) => string>,
  runawayHolds: 'A queue grows without end, so nothing holds.',
  metastableHolds: 'A disturbance is over and the site stays down (metastable), so nothing holds.',
  metastable: 'A disturbance is over, the load is back, and the site stays down: metastable.',
  stoppedEarly: 'The run stopped before its end, so it cannot say that a budget holds.',
  deciding: (status: VerdictFinding['status'], sentence: string) =>
    status === 'does-not-hold' || status === 'cannot-say' ? sentence : `Closest to its limit: ${sentence}`,
  noData,
  firstBreak: (sentence: string, inSome: string | null) =>
    `First to break: ${sentence}${inSome === null ? '' : ` (${inSome})`}.`,
  nothingBroke: 'Nothing reached its limit.',
  tightest: (group: string, used: string, factor: string) =>
    `If traffic grows, ${group} reaches its limit first: at ${factor} this peak (${used} used now).`,
  alreadyFull: (group: string, used: string) => `${group} has nothing left at the peak: ${used} used.`,
  good: (offered: string, share: string, runs: number) =>
    `${share} of ${offered} requests${runs === 1 ? '' : ' (mean of the replications)'} are answered well.`,
  noRequests: 'No request arrived.',
  truncated: (reason: keyof typeof WORDS.stop, at: string) =>
    `NOT THE WHOLE RUN: ${WORDS.stop[reason]} at ${at}. Nothing below covers the time after it.`,
  aborted: ({ id, metric, target, window, value, op, limit }: BudgetPhrase, at: string, isShare: boolean) =>
    `ABORTED at ${at} by the budget ${id}: ${metricName(metric)} ${where(target)}` +
    `${window.kind === 'all' ? '' : ` ${BUDGETS.during(window)}`} had come to ${value} in the first replication${isShare ? ', even if all that was inside ended well' : ''}; limit ${op} ${limit}.`,
  upToThere: 'Nothing below covers the time after it.',
  drainLimit: (censored: string) =>
    `${censored} requests were still inside at the end; they count as not good.`,
  stoppedInWarmUp: (reason: keyof typeof WORDS.stop) =>
    `STOPPED IN THE WARM-UP: ${WORDS.stop[reason]}. Nothing was measured.`,
  nothingMeasured: 'The run stopped in its warm-up, before anything was measured.',
  runaway: (group: string, since: string | null, waiting: string) =>
    `The queue of ${group} grows without end since ${since ?? 'the warm-up'}; ${waiting} jobs were waiting at the stop.`,
  brokenLaws: (count: number) =>
    `${plural(count, 'self-check')} of this run failed. That is a bug of the simulator: do not rely on these ` +
    'numbers, and please report it with the scenario and the seed.',
};

const CHOICE: Readonly<Record<ModeFinding['choice'], string>> = {
  auto: ' (chosen by the predicted number of events).',
  asked: ' (as asked).',
  'nothing-to-leave-out': ' (sampling in time was asked for, but no minute allows it).',
};

export const MODE = {
  line: (mode: ModeFinding['mode'], slice: string, choice: ModeFinding['choice']) =>
    (mode === 'exact'
      ? 'Exact: every request was simulated'
      : mode === 'sampled'
        ? `Sampled in time${slice === '1' ? '' : ` and sliced 1/${slice}`}`
        : `Sliced 1/${slice}: each simulated request stands for ${slice}`) + CHOICE[choice],
  predicted: (exact: string, target: string) =>
    `Every request would take ${exact} events by prediction; traffic is thinned from ${target} on.`,
  obstacle: (slice: string, reason: string) => `It cannot be thinned to 1/${slice}: ${reason}.`,
  error: (p50: string, p95: string, p99: string) =>
    `Error of this slicing, measured or estimated, at worst: P50 ${p50}, P95 ${p95}, P99 ${p99}; beside exact runs: docs/modes.md.`,
  noError: 'For this slicing no error has been measured.',
  sampled: (measured: string, period: string, weight: string, ratio: string, contiguous: string) =>
    `Of every ${period} of steady time ${measured} were measured and count ${weight} times; ${ratio} of the time was ` +
    `measured in all, ${contiguous} of it all without a break. Charts leave gaps where nothing was.`,
  samplingError: (p50: string, p95: string, p99: string) =>
    `Error of percentiles by minute that this sampling was measured to have, median: P50 ${p50}, P95 ${p95}, P99 ${p99} (docs/modes.md).`,
  extended: (count: string, unseen: string, replications: number) =>
    'A backlog that was not foreseen kept the run going ' +
    (replications === 1
      ? `${count} ${count === '1' ? 'time' : 'times'}; nothing stands for ${unseen} before.`
      : `${count} times a replication on average; nothing stands for ${unseen} of it before.`),
  doubtful: (minutes: number, spans: string, more: number) =>
    `The percentiles of ${plural(minutes, 'minute')} are ill-conditioned, partly sampled or with about 1 % of slow ` +
    `requests: ${spans}${more === 0 ? '' : ` and ${plural(more, 'more stretch', 'more stretches')}`}.`,
  oneRun: 'One run with one seed: no confidence interval; --reps 5 gives one.',
  replications: (count: number, level: string) =>
    `${count} replications, each with a seed of its own; intervals cover the true value with ${level}.`,
  /** Why no more replications were done: fewer than asked for, or with all of these while some were added. */
  fewer: {
    interrupted: (done: number, asked: number) =>
      done >= asked ? 'It was interrupted.' : `Interrupted: ${done} of ${asked} replications.`,
    'time-limit': (done: number, asked: number) =>
      done >= asked ? 'It met the time limit.' : `The time limit was met: ${done} of ${asked} replications.`,
  } satisfies Record<StopReason, (done: number, asked: number) => string>,
  ranAway: ({ count, of }: NonNullable<ReplicationsFinding['ranAway']>) =>
    `Of ${of} replications ` +
    (count === 1
      ? 'one ran away: a queue grew without end. It is shown alone.'
      : `${count} ran away: a queue grew without end. The first of them is shown alone.`),
  nothingToMeasure: 'No response time was measured, so there is nothing that could be precise.',
  precise: (target: string, widest: string, width: string) =>
    `All response times judged are known to ±${target}, the widest (${widest}) to ±${width}.`,
  noMoreAllowed: (replicationsMax: number) =>
    `Replications were the limit: ${replicationsMax} at most (--max-reps).`,
  noMemoryForMore: (replicationsMax: number) =>
    `Memory was the limit: ${plural(replicationsMax, 'replication')} of this scenario fit into it. Longer windows (clock.window) make room for more.`,
  imprecise: (
    target: string,
    count: number,
    of: number,
    { measure, width }: { readonly measure: string; readonly width: string | null },
  ) =>
    `NOT AS PRECISE AS ASKED: ${count} of ${of} response times are not known to ±${target}; the widest (${measure}) ` +
    (width === null ? 'has no interval, or one without an upper end.' : `is known to ±${width}.`),
};
