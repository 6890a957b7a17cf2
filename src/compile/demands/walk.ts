/** Walks the tree of a request class once and adds up what it asks for. */
import type { DistributionSpec } from '../../scenario/types.ts';
import { poolName } from '../parts/pool-name.ts';
import type { Node, Parallel, RequestTree, Visit, Way } from '../tree/nodes.ts';
import { aliveThrough, aliveWith, type Alive } from './alive.ts';
import {
  entryOf,
  type Admission,
  type Demand,
  type LayerTime,
  type PoolDemand,
  type StationDemand,
} from './demand.ts';
import { INSTANT, inSequence, lasting, mixed, repeated, type Elapsed, type LayerTimes } from './elapsed.ts';
import { expectedTurns } from './turns.ts';

/** What the walk looks up. */
export interface Figures {
  readonly meanNs: (spec: DistributionSpec) => number;
  /** CPU time of a station's host per reference CPU time. */
  readonly demandFactor: (station: string) => number;
  readonly layer: (station: string) => string;
  readonly hasPool: (station: string) => boolean;
  /** Share of the requests of the class from each region, over the whole run. */
  readonly regionShares: readonly number[];
  readonly admission: Admission;
  /** Times a call is made: 1, or as often as it may be repeated. */
  readonly attempts: (visit: Visit) => number;
}

/** Where the walk is: the visit around the steps, and how often a request comes by. */
interface Pass {
  readonly visit: Visit | null;
  readonly weight: number;
}

export class Walk {
  readonly #figures: Figures;
  readonly #alive: Alive;
  readonly #stations = new Map<string, StationDemand>();
  readonly #pools = new Map<string, PoolDemand>();
  #exact = true;

  constructor(figures: Figures) {
    this.#figures = figures;
    this.#alive = aliveWith(figures.admission);
  }

  demand({ name, nodes }: RequestTree): Demand {
    const { answerNs, layers } = this.#nodes(nodes, { visit: null, weight: 1 });
    return {
      request: name,
      stations: this.#stations,
      pools: this.#pools,
      layers: [...layers.values()],
      unloadedNs: answerNs,
      exact: this.#exact,
    };
  }

  #nodes(nodes: readonly Node[], pass: Pass): Elapsed {
    let { weight } = pass;
    const steps = nodes.map((node) => {
      const step = this.#node(node, { ...pass, weight });
      weight *= this.#alive(node);
      return step;
    });
    return inSequence(steps);
  }

  #node(node: Node, pass: Pass): Elapsed {
    switch (node.kind) {
      case 'work':
        return this.#work(this.#figures.meanNs(node.time), pass);
      case 'pause':
        return this.#delay(pass.visit!.station, this.#figures.meanNs(node.time), pass);
      case 'visit':
        return this.#visit(node, pass);
      case 'send':
        this.#visit(node.visit, pass);
        return INSTANT;
      case 'parallel':
        return this.#parallel(node, pass);
      case 'choice':
        return mixed(
          node.options.map(({ share, nodes }) => ({
            share,
            elapsed: this.#nodes(nodes, { ...pass, weight: pass.weight * share }),
          })),
        );
      case 'repeat': {
        const turns = expectedTurns(node, aliveThrough(node.nodes, this.#alive));
        return repeated(this.#nodes(node.nodes, { ...pass, weight: pass.weight * turns }), node);
      }
      case 'fail':
        return INSTANT;
      case 'reply':
        return { ...INSTANT, waiting: 0 };
    }
  }

  #work(referenceNs: number, { visit, weight }: Pass): Elapsed {
    const { station } = visit!;
    const ns = referenceNs * this.#figures.demandFactor(station);
    const demand = this.#station(station);
    demand.workNs += weight * ns;
    demand.events += weight;
    return lasting(ns, this.#time(station, { serviceNs: ns, delayNs: 0 }));
  }

  #delay(station: string, ns: number, { weight }: Pass): Elapsed {
    if (ns === 0) return INSTANT;
    this.#station(station).events += weight;
    return lasting(ns, this.#time(station, { serviceNs: 0, delayNs: ns }));
  }

  /** A call: the way there, what is done until the answer, the way back. */
  #visit(visit: Visit, once: Pass): Elapsed {
    const { station } = visit;
    const pass = { ...once, weight: once.weight * this.#figures.attempts(visit) };
    const demand = this.#station(station);
    demand.visits += pass.weight;
    const admitted = this.#figures.admission.get(station) ?? 1;
    const weight = pass.weight * admitted;
    const there = this.#way(station, visit.there, pass);
    const inside = this.#nodes(visit.body, { visit, weight });
    demand.threadNs += weight * inside.endNs;
    // The caller waits until the answer; what comes behind a reply is the callee's own time.
    const answered = { ...inside, endNs: inside.answerNs, waiting: 1 };
    const called = inSequence([there, answered, this.#way(station, visit.back, pass)]);
    if (this.#figures.hasPool(station)) {
      const name = poolName(station, visit.caller);
      const pool = entryOf(this.#pools, name, () => ({ caller: visit.caller, station, calls: 0, heldNs: 0 }));
      pool.calls += weight;
      pool.heldNs += weight * called.endNs;
    }
    return called;
  }

  /** Mean over the regions when it depends on the request's. */
  #way(station: string, way: Way | null, pass: Pass): Elapsed {
    if (way === null) return INSTANT;
    const { regionShares } = this.#figures;
    const ns =
      way.kind === 'fixed'
        ? way.ns
        : way.ns.reduce((sum, each, region) => sum + each * regionShares[region]!, 0);
    return this.#delay(station, ns, pass);
  }

  #parallel({ branches, join }: Parallel, pass: Pass): Elapsed {
    const ends = branches.map((branch) => this.#nodes(branch, pass));
    if (ends.length > 1) this.#exact = false;
    return ends.reduce((best, end) => {
      const isBetter = join === 'all' ? end.endNs > best.endNs : end.endNs < best.endNs;
      return isBetter ? end : best;
    });
  }

  #time(station: string, time: Omit<LayerTime, 'layer'>): LayerTimes {
    const layer = this.#figures.layer(station);
    return new Map([[layer, { layer, ...time }]]);
  }

  #station(name: string): StationDemand {
    return entryOf(this.#stations, name, () => ({ visits: 0, workNs: 0, threadNs: 0, events: 0 }));
  }
}
