/** Which stations get Poisson flows, in one span: what Burke's theorem and thinning carry from the sources inwards. */
import { UNLIMITED } from '../../model/model.ts';
import type { JobKind, JobLoad, PremiseObstacle } from '../../model/premises.ts';
import { relaxationSec } from '../../theory/relaxation.ts';
import type { RequestTree } from '../tree/nodes.ts';
import { remembered } from '../parts/remembered.ts';
import { copiesMeet } from './copies.ts';
import type { Disturbed } from './disturbed.ts';
import type { JobArrival } from './journeys.ts';
import type { ServedStation } from './stations.ts';
import type { Flow } from './steady.ts';

type Coming = { readonly arrival: JobArrival; readonly kind: JobKind; readonly leadNs: number };

export interface VerdictFacts {
  readonly stations: ReadonlyMap<string, ServedStation>;
  readonly trees: readonly RequestTree[];
  readonly disturbed: Disturbed;
  readonly flowOf: (request: string) => Flow;
}

/**
 * Poisson flows of independent classes stay Poisson and independent through random choices, through delays that do
 * not depend on each other, and through queues that are quasi-reversible: FCFS with one exponential law for all jobs
 * (Burke 1956), processor sharing and infinite servers with any law (Kelly, Reversibility and Stochastic Networks, 1979,
 * §3). Anything else ends the chain, so whoever stands behind it is refused.
 */
export class Verdicts {
  readonly #facts: VerdictFacts;
  readonly #known = new Map<string, PremiseObstacle | null>();
  readonly #open = new Set<string>();
  readonly #comings = remembered((station: ServedStation) => this.#comingsOf(station));

  constructor(facts: VerdictFacts) {
    this.#facts = facts;
  }

  /** Jobs of the span, or why their rate is not known. */
  load(name: string): JobLoad | PremiseObstacle {
    const station = this.#station(name);
    const comings = this.#comings(station);
    if (!Array.isArray(comings)) return comings;
    const origin = this.#facts.disturbed.get(name);
    if (origin !== undefined) return { reason: 'disturbed', of: origin };
    const { splitting } = station;
    // What keeps loads alike without drawing shares has the same long-run load as equal shares.
    const split = splitting.kind === 'evened' ? ({ kind: 'random', shares: null } as const) : splitting;
    if (split.kind === 'uneven') return { reason: 'balancer', of: null };
    return {
      kinds: comings.map(({ kind }) => kind),
      split,
      leadNs: Math.min(...comings.map(({ leadNs }) => leadNs)),
      upstreamNs: this.#upstreamNs(comings),
      groups: [...new Set(comings.flatMap(({ arrival }) => [...arrival.groups]))],
      calls: [...new Set(comings.flatMap(({ arrival }) => [...arrival.calls]))],
    };
  }

  /** Why the jobs that come to its servers are not known to be Poisson flows, one for each replica; null if they are. */
  obstacle(name: string): PremiseObstacle | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#open.has(name)) return { reason: 'feedback', of: name };
    this.#open.add(name);
    const found = this.#find(this.#station(name));
    this.#open.delete(name);
    this.#known.set(name, found);
    return found;
  }

  #find(station: ServedStation): PremiseObstacle | null {
    const load = this.load(station.name);
    if ('reason' in load) return load;
    if (station.returning !== null) return { reason: 'visited-again', of: station.returning };
    const comings = this.#comings(station) as readonly Coming[];
    if (comings.some(({ arrival }) => arrival.joined)) return { reason: 'behind-a-join', of: null };
    if (station.hasBackground) return { reason: 'background-visits', of: null };
    for (const queue of upstreamOf(comings)) {
      const obstacle = this.obstacle(queue) ?? this.#outputObstacle(queue);
      if (obstacle !== null)
        return { reason: obstacle.reason === 'feedback' ? 'feedback' : 'behind-a-queue', of: queue };
    }
    const net = this.#net(station.name);
    const copied = this.#facts.trees.find(
      ({ name, nodes }) => this.#isComing(name) && copiesMeet(nodes, net),
    );
    if (copied !== undefined && net.size > 1) return { reason: 'copies-meet', of: copied.name };
    const isSplit = station.splitting.kind === 'random' || station.servers.serverCount === UNLIMITED;
    return isSplit || station.splitting.kind === 'round-robin' ? null : { reason: 'balancer', of: null };
  }

  /** Of a station whose input is Poisson: whether its output is. */
  #outputObstacle(name: string): PremiseObstacle | null {
    const { servers, splitting, replicas } = this.#station(name);
    const { kinds } = this.load(name) as JobLoad;
    const [first] = kinds;
    const alike = kinds.every(({ law, meanNs }) => law === 'exponential' && meanNs === first?.meanNs);
    const capacity = servers.rates?.at(-1) ?? servers.serverCount;
    const utilization = workOf(kinds) / (replicas * capacity);
    const reversible = servers.discipline === 'ps' || (servers.discipline === 'fcfs' && alike);
    const isSplit = splitting.kind === 'random' && splitting.shares === null;
    return reversible && isSplit && utilization < 1 ? null : { reason: 'behind-a-queue', of: name };
  }

  /** The station and every queue from which, directly or not, requests come to it. */
  #net(name: string, seen: Set<string> = new Set<string>()): ReadonlySet<string> {
    if (seen.has(name)) return seen;
    seen.add(name);
    const comings = this.#comings(this.#station(name));
    if (Array.isArray(comings)) for (const queue of upstreamOf(comings)) this.#net(queue, seen);
    return seen;
  }

  #comingsOf(station: ServedStation): Coming[] | PremiseObstacle {
    const comings: Coming[] = [];
    for (const arrival of station.arrivals) {
      const flow = this.#facts.flowOf(arrival.request);
      if (flow.reason === 'not-visited') continue;
      if (flow.reason !== null) return { reason: flow.reason, of: arrival.request };
      if (arrival.mayFail) return { reason: 'may-fail', of: arrival.request };
      const perSec = flow.perSec * arrival.perRequest;
      const kind = { request: arrival.request, perSec, ...station.lawOf(arrival) };
      comings.push({ arrival, kind, leadNs: flow.leadNs });
    }
    return comings.length === 0 ? { reason: 'not-visited', of: null } : comings;
  }

  #isComing(request: string): boolean {
    return this.#facts.flowOf(request).reason === null;
  }

  #upstreamNs(comings: readonly Coming[]): number {
    const spentNs = Math.max(...comings.map(({ arrival }) => arrival.spentNs));
    return upstreamOf(comings).reduce((sum, queue) => sum + this.#relaxationNs(queue), spentNs);
  }

  /** Infinite for a queue that never forgets, or that has a replica which may not; the busiest replica counts. */
  #relaxationNs(name: string): number {
    const station = this.#station(name);
    const comings = this.#comings(station);
    if (!Array.isArray(comings)) return Infinity;
    const kinds = comings.map(({ kind }) => kind);
    const perSec = kinds.reduce((sum, kind) => sum + kind.perSec, 0);
    const meanNs = (workOf(kinds) / perSec) * 1e9;
    const serverCount = station.servers.rates?.at(-1) ?? station.servers.serverCount;
    const busiest = busiestShare(station);
    const utilization = (workOf(kinds) * busiest) / serverCount;
    if (!(utilization < 1)) return Infinity;
    const serviceScv = Math.max(...kinds.map(({ scv }) => scv));
    return relaxationSec({ serviceMeanSec: meanNs, arrivalScv: 1, serviceScv, serverCount, utilization });
  }

  #station(name: string): ServedStation {
    return this.#facts.stations.get(name)!;
  }
}

function upstreamOf(comings: readonly Coming[]): string[] {
  return [...new Set(comings.flatMap(({ arrival }) => [...arrival.queues]))];
}

/** Largest share of the jobs that one replica gets; infinite when it is not known. */
function busiestShare({ splitting, replicas }: ServedStation): number {
  if (splitting.kind === 'uneven') return Infinity;
  const shares = splitting.kind === 'random' ? splitting.shares : null;
  return shares === null ? 1 / replicas : Math.max(...shares);
}

/** Server-seconds of work per second. */
function workOf(kinds: readonly JobKind[]): number {
  return kinds.reduce((sum, { perSec, meanNs }) => sum + (perSec * meanNs) / 1e9, 0);
}
