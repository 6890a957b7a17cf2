/** The closed form of one server group, if there is one: all replicas together. */
import { UNLIMITED, type Group } from '../../model/model.ts';
import type { JobLoad } from '../../model/premises.ts';
import { erlangLoss } from '../../theory/erlang-loss.ts';
import { gm1, gm1WaitQuantileSec } from '../../theory/gm1.ts';
import { md1WaitQuantileSec } from '../../theory/md1.ts';
import { mg1 } from '../../theory/mg1.ts';
import { mm1WaitQuantileSec } from '../../theory/mm1.ts';
import { mmc, mmcWaitQuantileSec } from '../../theory/mmc.ts';
import { mmck } from '../../theory/mmck.ts';
import { nonPreemptiveWaitsSec } from '../../theory/priority.ts';
import { roundRobinServer } from '../../theory/round-robin.ts';
import { sharedRatesMeanJobs } from '../../theory/shared-rates.ts';
import type { FormulaName, ShadowQuantity } from '../finding-shadow.ts';
import { mixtureOf, momentsOf, rateOf, type Service } from './service.ts';

export type TheoryValues = Partial<Record<ShadowQuantity, number>>;

export interface Applied {
  readonly formula: FormulaName;
  readonly values: TheoryValues;
}

/** One replica with its part of the jobs. */
export interface ReplicaQueue {
  readonly group: Group;
  readonly arrivalRatePerSec: number;
  readonly service: Service;
  readonly load: JobLoad;
  /** Its waiting room; Infinity also where the room was never full and the law has no formula with one. */
  readonly roomMax: number;
  /** Level of a request class; 0 is served first. */
  readonly levelOf: (request: string) => number;
}

/** Values per replica; null without a formula. Requires a load below capacity where the room is infinite. */
export function formulaFor(queue: ReplicaQueue): Applied | null {
  const { group, load, service, roomMax } = queue;
  if (group.serverCount === UNLIMITED) return { formula: 'M/G/∞', values: { busyServers: workOf(queue) } };
  if (load.split.kind === 'round-robin') return inTurn(queue);
  if (group.discipline === 'ps') return roomMax === Infinity ? shared(queue) : null;
  if (roomMax === 0) return lossStation(queue);
  if (service.law === 'exponential') return exponential(queue);
  if (group.serverCount > 1 || roomMax !== Infinity || service.scv === Infinity) return null;
  return group.discipline === 'priority' ? byPriority(queue) : oneServer(queue);
}

/** Busy servers of the replica: work brought per second. */
export function workOf({
  arrivalRatePerSec,
  service,
}: Pick<ReplicaQueue, 'arrivalRatePerSec' | 'service'>): number {
  return arrivalRatePerSec * service.meanSec;
}

/** The law for any flow and any service: what is brought is done.  ρ = λS/c */
export function utilizationLaw(queue: ReplicaQueue): Applied {
  const { rates, serverCount } = queue.group;
  if (serverCount === UNLIMITED) return { formula: 'G/G/c', values: { busyServers: workOf(queue) } };
  const capacity = rates === null ? serverCount : Math.max(...rates);
  return { formula: 'G/G/c', values: { utilizationRatio: workOf(queue) / capacity } };
}

function withWaits(
  queue: ReplicaQueue,
  values: TheoryValues,
  quantileSec: (p: number) => number,
): TheoryValues {
  if (queue.group.discipline !== 'fcfs') return values;
  return { ...values, waitNsP95: quantileSec(0.95) * 1e9, waitNsP99: quantileSec(0.99) * 1e9 };
}

function exponential(queue: ReplicaQueue): Applied {
  const { group, arrivalRatePerSec, service, roomMax } = queue;
  const { serverCount } = group;
  const station = { arrivalRatePerSec, serviceRatePerSec: 1 / service.meanSec, serverCount };
  if (roomMax !== Infinity) return bounded({ ...station, jobsMax: serverCount + roomMax });
  const { utilization, meanWaitSec, waitProbability } = mmc(station);
  const means = {
    utilizationRatio: utilization,
    waitNsMean: meanWaitSec * 1e9,
    waitedRatio: waitProbability,
  };
  const quantile = (p: number): number =>
    serverCount === 1 ? mm1WaitQuantileSec(station, p) : mmcWaitQuantileSec(station, p);
  return { formula: serverCount === 1 ? 'M/M/1' : 'M/M/c', values: withWaits(queue, means, quantile) };
}

function bounded(station: Parameters<typeof mmck>[0]): Applied {
  const { utilization, acceptedMeanWaitSec, acceptedWaitProbability, lossProbability } = mmck(station);
  const means = {
    utilizationRatio: utilization,
    waitNsMean: acceptedMeanWaitSec * 1e9,
    waitedRatio: acceptedWaitProbability,
    rejectedRatio: lossProbability,
  };
  return { formula: 'M/M/c/K', values: means };
}

/** Erlang's loss system, whatever the law. */
function lossStation({ group, arrivalRatePerSec, service }: ReplicaQueue): Applied {
  const { serverCount } = group;
  const { utilization, lossProbability } = erlangLoss({
    arrivalRatePerSec,
    serviceMeanSec: service.meanSec,
    serverCount,
  });
  return { formula: 'M/G/c/c', values: { utilizationRatio: utilization, rejectedRatio: lossProbability } };
}

function oneServer(queue: ReplicaQueue): Applied {
  const { arrivalRatePerSec, service } = queue;
  const { utilization, meanWaitSec, waitProbability } = mg1({
    arrivalRatePerSec,
    service: momentsOf(service),
  });
  const means = {
    utilizationRatio: utilization,
    waitNsMean: meanWaitSec * 1e9,
    waitedRatio: waitProbability,
  };
  if (service.law === 'general') return { formula: 'M/G/1', values: means };
  const fixed = { arrivalRatePerSec, serviceTimeSec: service.meanSec };
  return { formula: 'M/D/1', values: withWaits(queue, means, (p) => md1WaitQuantileSec(fixed, p)) };
}

/** The mean over all classes of Cobham's waits. */
function byPriority(queue: ReplicaQueue): Applied {
  const { load, arrivalRatePerSec, levelOf } = queue;
  const total = rateOf(load.kinds);
  const levels = [...new Set(load.kinds.map(({ request }) => levelOf(request)))].sort((a, b) => a - b);
  const classes = levels.map((level) => {
    const kinds = load.kinds.filter(({ request }) => levelOf(request) === level);
    const share = rateOf(kinds) / total;
    return { arrivalRatePerSec: arrivalRatePerSec * share, share, service: momentsOf(mixtureOf(kinds)) };
  });
  const waits = nonPreemptiveWaitsSec(classes);
  const meanWaitSec = classes.reduce((sum, { share }, index) => sum + share * (waits[index] ?? 0), 0);
  const utilization = workOf(queue);
  const values = { utilizationRatio: utilization, waitNsMean: meanWaitSec * 1e9, waitedRatio: utilization };
  return { formula: 'M/G/1 priority', values };
}

/** Jobs present less jobs at work, by Little's law over the arrivals: what a job loses to the others. */
function shared(queue: ReplicaQueue): Applied {
  const { group, arrivalRatePerSec, service } = queue;
  const rates = group.rates ?? Array.from({ length: group.serverCount }, (_, index) => index + 1);
  const jobs = sharedRatesMeanJobs({ arrivalRatePerSec, serviceMeanSec: service.meanSec, rates });
  const busy = workOf(queue);
  const utilizationRatio = busy / Math.max(...rates);
  return {
    formula: 'M/G/PS',
    values: { utilizationRatio, waitNsMean: ((jobs - busy) / arrivalRatePerSec) * 1e9 },
  };
}

/** One of n replicas that get every n-th job of a Poisson flow. */
function inTurn(queue: ReplicaQueue): Applied | null {
  const { group, arrivalRatePerSec, service, roomMax } = queue;
  const fits = group.serverCount === 1 && service.law === 'exponential' && roomMax === Infinity;
  if (!fits || group.discipline === 'ps') return null;
  const replicas = group.instanceCount;
  const station = roundRobinServer({
    arrivalRatePerSec: arrivalRatePerSec * replicas,
    serviceRatePerSec: 1 / service.meanSec,
    serverCount: replicas,
  });
  const { utilization, meanWaitSec, waitProbability } = gm1(station);
  const means = {
    utilizationRatio: utilization,
    waitNsMean: meanWaitSec * 1e9,
    waitedRatio: waitProbability,
  };
  return { formula: 'E/M/1', values: withWaits(queue, means, (p) => gm1WaitQuantileSec(station, p)) };
}
