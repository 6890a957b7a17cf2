/** The true values that intervals are judged against. */
import { mg1 } from '../../src/theory/mg1.ts';
import { lognormalTail, mg1ResponseQuantileSec } from '../../src/theory/mg1-response.ts';
import { openHeldThreads } from '../../src/theory/held-threads.ts';
import { mmc, mmcSojournQuantileSec } from '../../src/theory/mmc.ts';
import { lognormalMoments } from '../../src/theory/service-moments.ts';
import { tandemQuantileSec } from '../../src/theory/tandem.ts';
import { LAYERED, LOGNORMAL_SCV, SERVICE_SEC, type Configuration } from './configurations.ts';
import type { Measure } from './study.ts';

/** In ns but for the utilization; null where only a long run can tell. */
export type Truths = Readonly<Record<Measure, number | null>>;

/** Width of the lattice for M/G/1: halving it moves no percentile by 1e-4. */
const LATTICE_SEC = SERVICE_SEC / 20;
/** Requests waiting for a thread beyond which the chain is cut: the probability of more is below 1e-12. */
const WAITING_MAX = 150;

interface Exact {
  readonly meanWaitSec: number;
  readonly utilization: number;
  readonly quantileSec: ((probability: number) => number) | null;
}

export function truthsOf(configuration: Configuration): Truths {
  const { meanWaitSec, utilization, quantileSec } = exactOf(configuration);
  const inNs = (probability: number): number | null =>
    quantileSec === null ? null : quantileSec(probability) * 1e9;
  return { 'mean wait': meanWaitSec * 1e9, P95: inNs(0.95), P99: inNs(0.99), utilization };
}

function exactOf({ network, requestsPerSec: arrivalRatePerSec }: Configuration): Exact {
  const serviceRatePerSec = 1 / SERVICE_SEC;
  switch (network.kind) {
    case 'mmc': {
      const queue = { arrivalRatePerSec, serviceRatePerSec, serverCount: network.serverCount };
      return { ...mmc(queue), quantileSec: (p) => mmcSojournQuantileSec(queue, p) };
    }
    case 'mg1': {
      const shape = { meanSec: SERVICE_SEC, scv: LOGNORMAL_SCV };
      const tail = { arrivalRatePerSec, service: lognormalTail(shape), stepSec: LATTICE_SEC };
      return {
        ...mg1({ arrivalRatePerSec, service: lognormalMoments(shape) }),
        quantileSec: (p) => mg1ResponseQuantileSec(tail, p),
      };
    }
    case 'tandem': {
      // Each station by itself is M/M/1 (Burke).
      const serviceRatesPerSec = [serviceRatePerSec, serviceRatePerSec];
      return {
        ...mmc({ arrivalRatePerSec, serviceRatePerSec, serverCount: 1 }),
        quantileSec: (p) => tandemQuantileSec({ arrivalRatePerSec, serviceRatesPerSec }, p),
      };
    }
    case 'layered': {
      const held = openHeldThreads({
        arrivalRatePerSec,
        threadCount: LAYERED.threadCount,
        beforeMeanSec: LAYERED.beforeSec,
        afterMeanSec: 0,
        connectionCount: LAYERED.connectionCount,
        databaseMeanSec: SERVICE_SEC,
        waitingRoomMax: WAITING_MAX,
      });
      return { meanWaitSec: held.meanQueueWaitSec, utilization: held.threadUtilization, quantileSec: null };
    }
  }
}
