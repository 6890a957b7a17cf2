/**
 * Every sentence of the advice in English, by code. Words are names and numbers as text, '' where there is none, and no
 * phrases: reports say the same of them in other languages (report/texts).
 */
import type { Severity } from '../../base/diagnostics.ts';

export interface Text {
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
}

const warning = (message: string, help: string): Text => ({ severity: 'warning', message, help });
const info = (message: string, help: string): Text => ({ severity: 'info', message, help });

type Words<K extends string> = Readonly<Record<K, string>>;

/** Of how many instances a limiter admits how much each. */
type EachOf = Words<'instances' | 'perInstance'>;

function eachText({ instances, perInstance }: EachOf): string {
  return instances === '1' ? 'in all' : `${instances} × ${perInstance}`;
}

/** What would admit everyone: in all, or at each instance. */
type NeedOf = Words<'needsReplicas' | 'needsEach' | 'needs'>;

function needText({ needsReplicas, needsEach, needs }: NeedOf): string {
  if (needsEach === '') return needs;
  return needsReplicas === '' ? `${needsEach} each` : `${needsReplicas} replicas, or ${needsEach} each`;
}

/** With nothing in front it is its own shedding that keeps later visits of the same requests away. */
function unshedText({ unshed, isBehind }: Words<'unshed' | 'isBehind'>): string {
  if (unshed === '') return '';
  return ` (${unshed} if ${isBehind === '' ? 'it shed nothing' : 'nothing in front shed'})`;
}

type DeadlineOf = Words<'call' | 'timeout' | 'attempts' | 'request' | 'outer' | 'outerTimeout'>;

function attemptsText({ attempts }: DeadlineOf): string {
  return attempts === '1' ? '' : ` × ${attempts} attempts`;
}

function outerText({ request, outer }: DeadlineOf): string {
  return outer === '' ? `the client of ${request}` : `the caller of ${outer}`;
}

export const ADVICE = {
  /** More work is let through to a station than its servers can do. */
  HF601: (w: Words<'station' | 'asked' | 'capacity' | 'at' | 'utilization' | 'needed' | 'has' | 'target'>) =>
    warning(
      `${w.station} is overloaded at the peak (${w.at}): the work needs ${w.asked} servers, it has ${w.capacity} (${w.utilization})`,
      `it needs ${w.needed} replicas at the peak to stay at ${w.target}, and has ${w.has}`,
    ),
  /** As HF601, but limiters in front shed the excess. */
  HF602: (w: Words<'station' | 'asked' | 'capacity' | 'at' | 'admitted' | 'needed' | 'has' | 'target'>) =>
    warning(
      `${w.station} holds at the peak (${w.at}) only because limiters shed: all that is offered needs ${w.asked} servers, it has ${w.capacity}; what is let through takes ${w.admitted}`,
      `to serve everyone it needs ${w.needed} replicas at the peak to stay at ${w.target}, and has ${w.has}`,
    ),
  /** Little room at the peak. */
  HF603: (w: Words<'station' | 'at' | 'utilization' | 'needed' | 'has' | 'target'>) =>
    info(
      `${w.station} is ${w.utilization} busy at the peak (${w.at}): waiting times rise steeply from here on`,
      `${w.needed} replicas keep it at ${w.target}; it has ${w.has}`,
    ),
  /** One replica gets more than its share. */
  HF604: (w: Words<'station' | 'at' | 'share' | 'fair' | 'utilization'>) =>
    warning(
      `the hottest replica of ${w.station} gets ${w.share} of the visits instead of ${w.fair}: the peak (${w.at}) needs ${w.utilization} of it`,
      'spread the hot keys, cache them in front, or even out the weights: more replicas do not split a key',
    ),
  HF611: (
    w: Words<'limiter' | 'offered' | 'unshed' | 'isBehind' | 'admits' | 'at' | 'shed'> & EachOf & NeedOf,
  ) =>
    warning(
      `${w.limiter} sheds ${w.shed} at the peak (${w.at}): ${w.offered} are offered${unshedText(w)}, it admits ${w.admits} (${eachText(w)})`,
      `to admit everyone: ${needText(w)}`,
    ),
  /** As HF611, but what stands in front sheds the excess. */
  HF612: (w: Words<'limiter' | 'offered' | 'asked' | 'admits' | 'at'> & EachOf & NeedOf) =>
    info(
      `${w.limiter} admits all at the peak (${w.at}) only because limiters in front shed: ${w.offered} would be offered, ${w.asked} come, it admits ${w.admits} (${eachText(w)})`,
      `when the limiters in front are raised: ${needText(w)}`,
    ),
  HF621: (w: Words<'station' | 'needed' | 'has' | 'held' | 'at' | 'perReplica'>) =>
    warning(
      `each replica of ${w.station} has ${w.has} threads and needs ${w.needed} at the peak (${w.at}) by Little's law: ${w.perReplica} × ${w.held} held`,
      'give it more threads or replicas, or hold a thread for less time',
    ),
  HF622: (w: Words<'caller' | 'station' | 'needed' | 'has' | 'held' | 'at' | 'perPair'>) =>
    warning(
      `each replica of ${w.caller === '' ? 'the client' : w.caller} keeps ${w.has} connections to each replica of ${w.station} and needs ${w.needed} at the peak (${w.at}) by Little's law: ${w.perPair} × ${w.held} held`,
      'enlarge the pool, or hold a connection for less time',
    ),
  HF631: (w: Words<'request' | 'station' | 'factor' | 'chain'>) =>
    warning(
      `when ${w.station} fails, each ${w.request} request can call it ${w.factor} times: retries multiply along ${w.chain}`,
      'retry at one level only, or give retries a budget',
    ),
  HF632: (w: Words<'station' | 'utilization' | 'factor' | 'multiplied' | 'at' | 'hidden'>) =>
    warning(
      `retries can keep ${w.station} overloaded after the cause is gone: ${w.utilization} busy at the peak (${w.at}), ${w.multiplied} with ${w.factor} attempts each`,
      `safe without a retry budget only below ${w.hidden} of its capacity: add a budget, or replicas`,
    ),
  HF641: (w: DeadlineOf) =>
    warning(
      `${w.call} may take ${w.timeout}${attemptsText(w)}, but ${outerText(w)} gives up after ${w.outerTimeout}: nobody waits for the rest of its work`,
      'make the inner deadline shorter than what is left of the outer one',
    ),
  HF642: (w: Words<'call' | 'timeout' | 'mean'>) =>
    warning(
      `${w.call} times out after ${w.timeout}, but takes ${w.mean} on average with nobody else in the system`,
      'a deadline belongs above the slowest answer that is still worth waiting for',
    ),
  HF643: (w: DeadlineOf & Words<'acquire'>) =>
    warning(
      `${w.call} may wait ${w.acquire === '' ? 'for ever' : w.acquire} for a connection and then take ${w.timeout}${attemptsText(w)}, but ${outerText(w)} gives up after ${w.outerTimeout}: a call's time-out does not cover the wait for its connection`,
      'give the pool an acquireTimeout that, together with timeout, is shorter than what is left of the outer deadline',
    ),
  HF651: (w: Words<'budget' | 'request' | 'condition' | 'metric' | 'value'>) =>
    warning(
      `budget ${w.budget} (${w.condition}) is out of reach for ${w.request}: ${w.metric} is ${w.value} with nobody else in the system`,
      'no number of replicas helps: take steps off the critical path or make them faster, or change the budget',
    ),
  HF652: (w: Words<'budget' | 'phase'>) =>
    warning(
      `budget ${w.budget} is about phase ${w.phase}, which begins after the end of the run`,
      'let the run last longer, or choose another window',
    ),
} as const;

export type AdviceCode = keyof typeof ADVICE;
