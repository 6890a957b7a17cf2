/** Refuses what would not fit into memory, before it is allocated. */
import { UserError } from '../base/diagnostics.ts';
import { formatDuration, formatSize } from '../base/format.ts';
import { refuse, type PositionOf } from '../compile/refusal.ts';
import type { Model } from '../model/model.ts';
import { cellsOf } from '../model/policies/balancer-state.ts';
import { measuredBytes, totalBytes, type Footprint } from '../run/footprint.ts';
import type { Path, Scenario } from '../scenario/types.ts';
import { ExitCode } from './exit-codes.ts';

/** The same everywhere, so that a scenario which runs on one machine runs on all with 8 GiB. */
export const MEMORY_MAX_BYTES = 4 * 1024 * 1024 * 1024;

/** What drives most of the memory: where it is set, what it is, and what to write instead. */
interface Driver {
  readonly path: Path;
  readonly reason: string;
  readonly help: string;
}

/** Replications that may run at the same time, at least one: each has a machine of its own. */
export function runsAtOnce(footprint: Footprint): number {
  return Math.max(1, Math.floor(MEMORY_MAX_BYTES / totalBytes(footprint)));
}

/**
 * @throws {UserError} with HF523 when a run of the model is predicted to take more than it may; when only so many
 * replications of it are, with exit code 2.
 */
export function expectItFits(
  footprint: Footprint,
  {
    scenario,
    model,
    replications,
    replicationsMax,
    scenarios,
    position,
  }: {
    scenario: Scenario;
    model: Model;
    /** Of each of so many scenarios, about as large as this one. */
    replications: number;
    /** As many may be added, where that was asked for. */
    replicationsMax: number | null;
    scenarios: number;
    position: PositionOf;
  },
): void {
  const bytes = totalBytes(footprint);
  if (bytes <= MEMORY_MAX_BYTES) {
    expectAllFit(footprint, { replications, scenarios }, '--reps');
    if (replicationsMax !== null) {
      expectAllFit(footprint, { replications: replicationsMax, scenarios }, '--max-reps');
    }
    return;
  }
  const largest = largestBy(Object.keys(DRIVERS) as (keyof typeof DRIVERS)[], (each) => footprint[each]);
  const { path, reason, help } = DRIVERS[largest](scenario, model, footprint);
  const message = `a run would take ${formatSize(bytes)} of memory, of which ${formatSize(footprint[largest])} for ${reason}; it may take ${formatSize(MEMORY_MAX_BYTES)}`;
  refuse({ code: 'HF523', message, help, path }, position);
}

interface Count {
  readonly replications: number;
  readonly scenarios: number;
}

/** Whether so many replications fit side by side, of which each alone does. */
export function fitAll(footprint: Footprint, { replications, scenarios }: Count): boolean {
  return replications <= mostReplications(footprint, scenarios);
}

function mostReplications(footprint: Footprint, scenarios: number): number {
  const left = MEMORY_MAX_BYTES - totalBytes(footprint);
  return Math.floor((1 + Math.floor(left / measuredBytes(footprint))) / scenarios);
}

/** Replications that a precision may take, and what keeps it from more. */
export interface ReplicationLimit {
  readonly replicationsMax: number;
  readonly limit: 'replications' | 'memory';
}

export function limitReplications(footprint: Footprint, wanted: number): ReplicationLimit {
  const fitting = mostReplications(footprint, 1);
  return wanted <= fitting
    ? { replicationsMax: wanted, limit: 'replications' }
    : { replicationsMax: fitting, limit: 'memory' };
}

function expectAllFit(footprint: Footprint, count: Count, option: '--reps' | '--max-reps'): void {
  if (fitAll(footprint, count)) return;
  const runs = count.replications * count.scenarios;
  const bytes = totalBytes(footprint) + (runs - 1) * measuredBytes(footprint);
  const most = mostReplications(footprint, count.scenarios);
  const times = count.scenarios === 1 ? '' : `${count.scenarios} × `;
  throw new UserError(
    `${times}${count.replications} replications would take ${formatSize(bytes)} of memory, and they may take ${formatSize(MEMORY_MAX_BYTES)}; use ${option} ${most}, or longer windows (clock.window)`,
    ExitCode.usage,
  );
}

const DRIVERS: Readonly<
  Record<
    Exclude<keyof Footprint, 'program'>,
    (scenario: Scenario, model: Model, footprint: Footprint) => Driver
  >
> = {
  slots: ({ traffic }) => ({
    path: traffic.length === 1 ? ['traffic', 0] : ['traffic'],
    reason: 'requests inside at once',
    help: 'fewer users, a lower rate, or shorter response times',
  }),
  replicas: (_, model) => replicaDriver(model),
  balancers: (_, model) => balancerDriver(model),
  windows: ({ clock }, _, footprint) => {
    const atMost = MEMORY_MAX_BYTES - (totalBytes(footprint) - footprint.windows);
    const longerNs = clock.windowNs * (footprint.windows / atMost);
    return {
      path: ['clock', 'window'],
      reason: 'windows of the time line, one histogram a request class each',
      help:
        atMost > 0 && longerNs <= clock.lastsNs
          ? `use window: ${formatDuration(roundUp(longerNs))} instead of ${formatDuration(clock.windowNs)}`
          : 'use longer windows and a smaller site: no length of window is enough alone',
    };
  },
  phases: () => ({
    path: ['traffic'],
    reason: 'histograms of every class, operation and station in every phase',
    help: 'name fewer phases',
  }),
  samples: () => ({
    path: ['requests'],
    reason: 'sampled requests, each with a row of its layers',
    help: 'put stations together under fewer layers',
  }),
};

function replicaDriver({ groups, stations }: Model): Driver {
  const most = largestBy(groups, ({ instanceCount }) => instanceCount);
  const station = stations[most.station]?.name ?? most.name;
  const count = most.instanceCount.toLocaleString('en-US');
  return most.role === 'pool'
    ? {
        path: ['stations', station, 'pool'],
        reason: `${most.name}: ${count} pools, one for each pair of caller and replica`,
        help: 'leave pool out and bound the connections by threads of the callers, or use fewer replicas',
      }
    : {
        path: ['stations', station, 'replicas'],
        reason: `${count} instances of ${most.name}`,
        help: 'use fewer replicas with more servers each',
      };
}

function balancerDriver({ balancers }: Model): Driver {
  const { name, policy, callerCount, targetCount } = largestBy(balancers, (each) => cellsOf(each).pairs);
  const station = name.slice(name.indexOf('>') + 1);
  const pairs = `${callerCount.toLocaleString('en-US')} callers × ${targetCount.toLocaleString('en-US')} replicas`;
  return {
    path: ['stations', station, 'replicas'],
    reason: `the state of ${policy} in front of ${station}: ${pairs}`,
    help: 'use balance: round-robin, which remembers one number per caller',
  };
}

function largestBy<T>(items: readonly T[], sizeOf: (item: T) => number): T {
  return items.reduce((best, each) => (sizeOf(each) > sizeOf(best) ? each : best));
}

/** The next of 1, 2, 5, 10, 20, 50 … in ns. */
function roundUp(ns: number): number {
  for (let unit = 1; ; unit *= 10) {
    const step = [1, 2, 5].find((each) => each * unit >= ns);
    if (step !== undefined) return step * unit;
  }
}
