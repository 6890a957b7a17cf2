/** M/G/16 at 85 % utilization, lognormal service, and what a service 2 % slower does to it. */
import type { Comparison } from '../../src/study/comparison.ts';
import { comparePair } from './pairs.ts';

export interface Slower {
  readonly seed: number;
  /** Of one replication. */
  readonly requests: number;
  readonly cv: number;
  /** Service of the second scenario over that of the first. */
  readonly factor: number;
  /** Name of the second scenario's station: another one than `desk` draws other random numbers. */
  readonly station?: string;
}

const SERVERS = 16;
const UTILIZATION = 0.85;
const SERVICE_SEC = 0.01;
const RATE_PER_SEC = (SERVERS * UTILIZATION) / SERVICE_SEC;
const REPLICATIONS = 5;

export function compareSlower({ seed, requests, cv, factor, station = 'desk' }: Slower): Promise<Comparison> {
  const text = (name: string, serviceSec: number): string => `
scenario: mg16
clock: { lasts: ${(requests / RATE_PER_SEC).toFixed(3)}s, warmUp: 5s }
seed: ${seed}
traffic: { rate: ${RATE_PER_SEC}/s }
stations:
  ${name}: { servers: ${SERVERS}, service: { lognormal: { mean: ${Math.round(serviceSec * 1e9)}ns, cv: ${cv} } } }
requests:
  customer: { path: [${name}] }
`;
  const before = { text: text('desk', SERVICE_SEC) };
  const after = { text: text(station, SERVICE_SEC * factor) };
  return comparePair(before, after, REPLICATIONS);
}
