/** W1 to W4 as peers simulate them, with what theory says. */
import { mmc } from '../../src/theory/mmc.ts';

export interface PeerCase {
  readonly id: string;
  readonly title: string;
  /** Servers (threads) of the last station, of which the utilization is printed. */
  readonly servers: number;
  readonly utilization: number;
  /** Mean service time of the last station: the yardstick's unit. */
  readonly serviceUs: number;
  /** Stationary mean response time; null where there is no closed form. */
  readonly meanUs: number | null;
}

/** What each model prints. */
export interface PeerResult {
  readonly program: string;
  readonly requests: number;
  /** CPU time of the run loop; start-up of the process is not in it. */
  readonly nsPerRequest: number;
  readonly meanUs: number;
  readonly utilization: number;
}

function sojournUs(arrivalRatePerSec: number, serviceRatePerSec: number, serverCount: number): number {
  return mmc({ arrivalRatePerSec, serviceRatePerSec, serverCount }).meanSojournSec * 1e6;
}

export const PEER_CASES: readonly PeerCase[] = [
  {
    id: 'w1',
    title: 'M/M/1',
    servers: 1,
    utilization: 0.8,
    serviceUs: 10,
    meanUs: sojournUs(80e3, 100e3, 1),
  },
  {
    id: 'w2',
    title: 'five M/M/4 in tandem',
    servers: 4,
    utilization: 0.8,
    serviceUs: 10,
    meanUs: 5 * sojournUs(320e3, 100e3, 4),
  },
  {
    id: 'w3',
    title: '1,000 M/M/1, random',
    servers: 1000,
    utilization: 0.7,
    serviceUs: 1000,
    meanUs: sojournUs(700, 1000, 1),
  },
  {
    id: 'w4',
    title: 'three tiers, threads held',
    servers: 4,
    utilization: 0.8,
    serviceUs: 100,
    meanUs: null,
  },
];
