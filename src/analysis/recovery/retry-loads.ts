import type { RetryLoad } from '../../model/model.ts';
import { Cause } from '../../model/opcodes.ts';
import type { Context } from '../context.ts';
import type { RetryLoadFinding } from '../findings.ts';
import { lastingShedding, limiterRefs } from '../limiters.ts';
import { peakOver } from '../peaks.ts';
import { measuredClass } from '../requests.ts';
import { instanceCapacity, stationOf } from '../scale.ts';

/**
 * Hidden capacity of the servers that calls with retries reach (formula F-9 of docs/model.md):
 *
 *     λ ≤ μ < λ·a      vulnerable      λ  first attempts at the peak, visits/s     μ  capacity, visits/s
 *     μ / a            hidden          a  work when every call fails / work when none does
 *
 * At the mix of the requests of the whole run. Behind limiters that shed only what they let through counts.
 */
export function findRetryLoads(context: Context): RetryLoadFinding[] {
  return context.model.retryLoads
    .flatMap((load) => retryLoadOf(context, load) ?? [])
    .sort((a, b) => roomOf(a) - roomOf(b));
}

function roomOf({ hiddenPerSec, offeredPeakPerSec }: RetryLoadFinding): number {
  return hiddenPerSec / offeredPeakPerSec;
}

function retryLoadOf(context: Context, load: RetryLoad): RetryLoadFinding | null {
  const { model, measurements, windows } = context;
  const group = model.groups[load.group];
  const capacity = group === undefined ? null : instanceCapacity(group);
  if (group === undefined || capacity === null) return null;
  const { name, layer, replicas } = stationOf(model, group);
  const comers = comersOf(context, name);
  const sum = (key: 'visits' | 'workNs' | 'retriedWorkNs', index: number): number =>
    load.classes.reduce((total, each, id) => total + each[key] * (comers[id]?.[index] ?? 0), 0);
  const whole = (key: 'visits' | 'workNs' | 'retriedWorkNs'): number =>
    windows.reduce((total, { index }) => total + sum(key, index), 0);
  const [visits, workNs] = [whole('visits'), whole('workNs')];
  if (workNs === 0) return null;
  const firsts = Float64Array.from(measurements.windows, (_, index) => sum('visits', index));
  const peak = peakOver(windows, { windowNs: model.windowNs, arrivals: firsts, amounts: firsts });
  const attempts = whole('retriedWorkNs') / workNs;
  const capacityPerSec = (capacity * replicas * 1e9 * visits) / workNs;
  const offeredPeakPerSec = (peak?.perNs ?? 0) * 1e9 * model.slice;
  const isOver = offeredPeakPerSec > capacityPerSec;
  return {
    group: group.name,
    layer,
    attempts,
    capacityPerSec,
    hiddenPerSec: capacityPerSec / attempts,
    offeredPeakPerSec,
    status: isOver ? 'overloaded' : offeredPeakPerSec * attempts > capacityPerSec ? 'vulnerable' : 'safe',
  };
}

/** Requests by class and window, without those that limiters in front of the station shed. */
function comersOf(context: Context, station: string): Float64Array[] {
  const fronts = context.model.fronts.stations[station] ?? [];
  const isShed = limiterRefs(context).some(
    (ref) => fronts.includes(ref.limiter.name) && lastingShedding(context, ref) !== null,
  );
  return context.model.classes.map((_, id) => {
    const { offered, failures } = measuredClass(context, id);
    return isShed ? offered.map((came, index) => came - (failures[Cause.shed]?.[index] ?? 0)) : offered;
  });
}
