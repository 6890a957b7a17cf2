/** What the run must not have done for the premises to be true of it: counters that have to be zero. */
import type { JobLoad } from '../../model/premises.ts';
import type { Context } from '../context.ts';
import type { ShadowReason } from './findings.ts';

export interface ObservedObstacle {
  readonly reason: ShadowReason;
  readonly of: string | null;
}

/**
 * The first event on the way to a group that changed its flow: a wait for threads or connections, a job turned away, a
 * request shed, a call that timed out, failed or was repeated; from the very start of the run, warm-up included.
 */
export function observedObstacle(context: Context, group: string, load: JobLoad): ObservedObstacle | null {
  return (
    groupObstacle(context, group, load) ?? limiterObstacle(context, group) ?? callObstacle(context, load)
  );
}

function groupObstacle(
  { model, measurements }: Context,
  own: string,
  load: JobLoad,
): ObservedObstacle | null {
  for (const [index, { name, role }] of model.groups.entries()) {
    const totals = measurements.groupTotals[index];
    if (totals === undefined) continue;
    if (name !== own && !load.groups.includes(name)) continue;
    // What its own room turns away is in the formula.
    const lost = totals.abandoned + (name === own ? 0 : totals.rejected);
    if (lost > 0) return { reason: 'lost-on-the-way', of: name };
    if (role !== 'servers' && totals.waitingNs > 0) return { reason: 'waited-on-the-way', of: name };
  }
  return null;
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
