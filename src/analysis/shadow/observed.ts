/** What the run must not have done for the premises to be true of it: counters that have to be zero. */
import type { JobLoad } from '../../model/premises.ts';
import type { Context } from '../context.ts';
import type { ShadowReason } from '../finding-shadow.ts';

export interface ObservedObstacle {
  readonly reason: ShadowReason;
  readonly of: string | null;
}

/**
 * The first event on the way to a group that changed its rate: a job turned away, a request shed, a call that timed out,
 * failed or was repeated, or a wait for threads or connections that did not pass.
 */
export function observedLoss(context: Context, group: string, load: JobLoad): ObservedObstacle | null {
  return (
    lossOnTheWay(context, group, load) ??
    limiterObstacle(context, group) ??
    callObstacle(context, load) ??
    waitOnTheWay(context, load, (index) => context.states[index]?.backlogs.length !== 0)
  );
}

/** Waiting for threads or connections on the way: it leaves the rate as it is, and no flow Poisson. */
export function observedWait(context: Context, load: JobLoad): ObservedObstacle | null {
  return waitOnTheWay(context, load, () => true);
}

function waitOnTheWay(
  { model, measurements }: Context,
  load: JobLoad,
  counts: (group: number) => boolean,
): ObservedObstacle | null {
  const waited = model.groups.find(
    ({ name, role }, index) =>
      role !== 'servers' &&
      load.groups.includes(name) &&
      (measurements.groupTotals[index]?.waitingNs ?? 0) > 0 &&
      counts(index),
  );
  return waited === undefined ? null : { reason: 'waited-on-the-way', of: waited.name };
}

/** From the very start of the run, warm-up included. */
function lossOnTheWay({ model, measurements }: Context, own: string, load: JobLoad): ObservedObstacle | null {
  const loser = model.groups.find(({ name }, index) => {
    const totals = measurements.groupTotals[index];
    if (totals === undefined || (name !== own && !load.groups.includes(name))) return false;
    // What its own room turns away is in the formula.
    return totals.abandoned + (name === own ? 0 : totals.rejected) > 0;
  });
  return loser === undefined ? null : { reason: 'lost-on-the-way', of: loser.name };
}

function limiterObstacle({ model, measurements }: Context, group: string): ObservedObstacle | null {
  const inFront = model.fronts.stations[group] ?? [];
  const index = model.limiters.findIndex(
    ({ name }, at) =>
      inFront.includes(name) && (measurements.limiters[at]?.shed ?? []).some((shed) => shed > 0),
  );
  const limiter = model.limiters[index];
  return limiter === undefined ? null : { reason: 'shed', of: limiter.name };
}

function callObstacle({ model, measurements }: Context, { calls }: JobLoad): ObservedObstacle | null {
  const index = model.calls.findIndex(({ name }, at) => {
    const measured = measurements.calls[at];
    return (
      calls.includes(name) &&
      measured !== undefined &&
      measured.timedOut + measured.failed + measured.retries > 0
    );
  });
  const call = model.calls[index];
  return call === undefined ? null : { reason: 'call-repeated', of: call.name };
}
