/**
 * The site that the gate is tried on: sixteen servers at 85 % load behind a door that nobody waits at, 100,000 requests a
 * replication, and what may happen to it in a change.
 */

/** Mean service time, and its change for the worse, which is of the P99 some 6 % (`npm run bench:gate` prints it). */
export const SERVICE = '10ms';
export const SLOWER_SERVICE = '10.32ms';

/** The input whose change is to be found among the others, as a comparison calls it. */
export const CULPRIT = 'stations.desk.service.lognormal.mean';

export interface SiteOptions {
  /** Mean service time of the desk. */
  readonly service: string;
  /** Whether there is a second system that no request of the first comes to, with traffic of its own. */
  readonly hasUnrelated: boolean;
  /**
   * Whether the site has other changes too, which do no harm: the door takes 5 % longer, which is a thousandth of the
   * response time, and the desk gets a waiting room that is never full.
   */
  readonly hasHarmless?: boolean;
  /** Of the measured time; 75 s bring some 100,000 requests. */
  readonly lasts: string;
}

export function site({ service, hasUnrelated, hasHarmless = false, lasts }: SiteOptions): string {
  const [door, room] = hasHarmless ? ['210us', ' waitingRoom: 50k,'] : ['200us', ''];
  return `scenario: site
clock: { lasts: ${lasts}, warmUp: 5s }
traffic:
  - { rate: 1360/s, mix: { buy: 100% } }
${hasUnrelated ? '  - { rate: 50/s, mix: { mail: 100% } }\n' : ''}stations:
  door: { servers: 4, service: { exponential: ${door} } }
  desk: { servers: 16,${room} service: { lognormal: { mean: ${service}, cv: 1 } } }
${hasUnrelated ? '  post: { servers: 2, service: { exponential: 20ms } }\n' : ''}requests:
  buy: { path: [door, desk] }
${hasUnrelated ? '  mail: { path: [post] }\n' : ''}budgets:
  - { id: p99, target: "request:buy", expect: p99 < 10s }
  - { id: mean, target: "request:buy", expect: mean < 10s }
  - { id: worst, target: "request:buy", expect: p95 < 10s, window: { worst: 10s } }
  - { id: available, target: "request:buy", expect: availability > 50% }
  - { id: used, target: "station:desk", expect: util < 100% }
`;
}
