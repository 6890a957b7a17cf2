import { growthMin } from '../../measure/growth.ts';
import { findBacklogs, type QueueSeries } from '../backlog.ts';
import type { Context } from '../context.ts';
import type { RecoveryFinding } from '../findings.ts';
import { Judge, type IsBad } from './broken-windows.ts';
import { countAllowance, REQUESTS_MIN, shareAllowance } from './chance.ts';
import { BASELINE_WINDOWS, episodesOf, type Episode, type Positions } from './episode.ts';
import { arrivalsIn, totalsOver, waitingAfter, type Totals } from './stretch.ts';

/** A load up to this share above another is the same. */
const SAME_LOAD = 0.05;
/** A load from this share above the one before on is another story. */
const HIGHER_LOAD = 0.1;
/** Good windows in a row that are more than a moment between two bad ones. */
const LASTING_WINDOWS = 3;
/** Fewer windows than this behind a disturbance do not say "never". */
const WINDOWS_MIN = 10;

/**
 * What became of each disturbance; those that overlap or touch in time share it. Behind it every window is good or
 * bad (`Judge`): by the budgets about requests, and by how it was before. It is *recovered* from the first window on
 * behind which none is bad, up to the next disturbance, the end of the run, or a load more than 10 % above that
 * before; what breaks under a load that was not there before is not its doing. Else it is told apart by where things
 * are going: see `RecoveryFinding`.
 *
 * Source: Bronson, Aghayev, Charapko & Zhu 2021 (HotOS), Metastable failures in distributed systems; Huang et al. 2022
 * (OSDI), Metastable failures in the wild: metastable is a bad state that stays when its trigger is gone.
 */
export function findRecoveries(context: Context): RecoveryFinding[] {
  const episodes = episodesOf(context);
  if (episodes.length === 0) return [];
  const judge = new Judge(context);
  return episodes.flatMap((episode): RecoveryFinding[] => {
    const { disturbances, before, after } = episode;
    const calm = totalsOver(context, windowsAt(context, before));
    const last = { from: Math.max(after.from, after.to - BASELINE_WINDOWS), to: after.to };
    const end = totalsOver(context, windowsAt(context, last));
    const shared = {
      judgedBy: judge.judgedBy(after),
      ...outcomeOf(context, episode, judge.against(before), { calm, end }),
      offeredBeforePerSec: before.from < before.to ? calm.offeredPerSec : null,
      offeredAfterPerSec: after.from < after.to ? end.offeredPerSec : null,
      goodBeforeRatio: calm.offered === 0 ? null : calm.good / calm.offered,
      goodAfterRatio: end.offered === 0 ? null : end.good / end.offered,
    };
    return disturbances.map((disturbance) => ({
      disturbance: disturbance.name,
      stations: disturbance.groups.map((group) => context.model.groups[group]?.name ?? ''),
      fromNs: disturbance.fromNs,
      toNs: disturbance.toNs,
      capacityRatio: disturbance.speed,
      others: disturbances.filter((other) => other !== disturbance).map(({ name }) => name),
      ...shared,
    }));
  });
}

type Outcome = Pick<RecoveryFinding, 'status' | 'because' | 'recoveredNs' | 'drainNs'>;

interface Levels {
  readonly calm: Totals;
  readonly end: Totals;
}

function outcomeOf(context: Context, episode: Episode, isBad: IsBad, { calm, end }: Levels): Outcome {
  const { before, after, toNs } = episode;
  const none = { because: null, recoveredNs: null, drainNs: null };
  if (before.from === before.to) return { ...none, status: 'unknown', because: 'nothing-before' };
  if (!wasGood(before, isBad)) return { ...none, status: 'unknown', because: 'bad-before' };
  const good = goodFrom(context, after, calm, isBad);
  const since = good === null ? undefined : context.windows[good];
  if (since !== undefined) return { ...none, status: 'recovered', recoveredNs: since.fromNs - toNs };
  const { reason, atNs } = context.measurements.stop;
  if (reason === 'interrupted' || reason === 'time-limit')
    return { ...none, status: 'unknown', because: 'cut-short' };
  const isShort = after.to - after.from < WINDOWS_MIN && (reason !== 'runaway' || atNs <= toNs);
  const came = totalsOver(context, windowsAt(context, after)).offered;
  if (isShort || came < REQUESTS_MIN) return { ...none, status: 'unknown', because: 'too-short' };
  const draining = drainOf(context, episode);
  if (draining !== null) return { ...none, status: 'recovering', drainNs: draining };
  if (isImproving(context, after)) return { ...none, status: 'recovering' };
  const isBack =
    end.offeredPerSec <=
    calm.offeredPerSec * (1 + Math.max(SAME_LOAD, countAllowance(calm.offered) / calm.offered));
  return { ...none, status: isBack && wasStable(context, before) ? 'metastable' : 'overloaded' };
}

function windowsAt({ windows }: Context, { from, to }: Positions): Context['windows'] {
  return windows.slice(from, to);
}

/** Most of the windows before were good: what is under way when it begins may make the last ones bad. */
function wasGood({ from, to }: Positions, isBad: IsBad): boolean {
  const bad = Array.from({ length: to - from }, (_, i) => isBad(from + i)).filter(Boolean);
  return 2 * bad.length < to - from;
}

/**
 * First position behind which no window is bad: up to where the load rises, else up to the end. null when there is none,
 * or what is good behind it is but a moment: some windows in a row, unless there are no others, and requests in them.
 */
function goodFrom(context: Context, after: Positions, calm: Totals, isBad: IsBad): number | null {
  const higher = windowsAt(context, after).findIndex((window) => {
    const { offered, offeredPerSec } = totalsOver(context, [window]);
    const expected = (calm.offeredPerSec / offeredPerSec) * offered;
    return offered > expected * (1 + HIGHER_LOAD) + countAllowance(expected);
  });
  const ends = higher < 0 ? [after.to] : [after.from + higher, after.to];
  for (const end of ends) {
    let first = end;
    while (first > after.from && !isBad(first - 1)) first--;
    const { offered } = totalsOver(context, windowsAt(context, { from: first, to: end }));
    const isLasting = end - first >= LASTING_WINDOWS || first === after.from;
    if (first < end && isLasting && offered >= REQUESTS_MIN) return first;
  }
  return null;
}

/**
 * Time until the queues are as before, at the pace of the second half of the time behind the disturbance; null when they
 * did not become shorter in it by more than chance.
 */
function drainOf(context: Context, { before, after }: Episode): number | null {
  const middle = after.from + Math.floor((after.to - after.from) / 2);
  const [first, last] = [context.windows[middle], context.windows[after.to - 1]];
  if (first === undefined || last === undefined) return null;
  const left = waitingAfter(context, after.to - 1);
  const drained = waitingAfter(context, middle - 1) - left;
  if (drained < growthMin({ arrivals: arrivalsIn(context, middle, after.to) })) return null;
  const excess = Math.max(0, left - waitingAfter(context, before.to - 1));
  return Math.round((excess / drained) * (last.toNs - first.fromNs));
}

/** Whether a larger share of requests was good in the last quarter of the time behind than in the one before it. */
function isImproving(context: Context, { from, to }: Positions): boolean {
  const quarter = Math.floor((to - from) / 4);
  const ratio = (begin: number): { ratio: number; offered: number } => {
    const { offered, good } = totalsOver(context, windowsAt(context, { from: begin, to: begin + quarter }));
    return { ratio: offered === 0 ? 0 : good / offered, offered };
  };
  const [early, late] = [ratio(to - 2 * quarter), ratio(to - quarter)];
  return (
    late.ratio > early.ratio + SAME_LOAD + shareAllowance(early.ratio, Math.min(early.offered, late.offered))
  );
}

/** Whether no queue was growing or full when the disturbance began, seen from then. */
function wasStable({ states }: Context, { to }: Positions): boolean {
  return states.every(({ queue }) => {
    const until: QueueSeries = {
      windows: queue.windows.slice(0, to),
      begins: queue.begins.slice(0, to),
      ends: queue.ends.slice(0, to),
      firsts: queue.firsts.slice(0, to),
      arrivals: queue.arrivals.slice(0, to + 1),
      overrun: queue.overrun.slice(0, to),
    };
    return findBacklogs(until).every(({ drainedNs }) => drainedNs !== null);
  });
}
