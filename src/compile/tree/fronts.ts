import type { Fronts } from '../../model/model.ts';
import { entryOf } from '../demands/demand.ts';
import { limiterNames } from '../parts/limiter-names.ts';
import { poolName } from '../parts/pool-name.ts';
import type { Node, Repeat, RequestTree, Visit } from './nodes.ts';
import type { Site } from './site.ts';

type Passed = ReadonlySet<string>;

/** Limiters that whoever is at some step of a visit has passed. */
interface Progress {
  /** On its whole way. */
  readonly passed: Passed;
  /** Since it came to the visit, when its caller still waits; null when the caller never does. */
  readonly waiting: Passed | null;
  /** Since it came to the visit, when it replied. */
  readonly replied: Passed;
}

const NONE: Passed = new Set();

/** Limiters that stand before each station, pool and limiter on the way of some request. */
export function frontsOf(site: Site, trees: readonly RequestTree[]): Fronts {
  const walk = new FrontWalk(site);
  for (const { nodes } of trees) walk.after(nodes, { passed: NONE, waiting: NONE, replied: NONE });
  return { stations: listed(walk.stations), pools: listed(walk.pools), limiters: listed(walk.limiters) };
}

class FrontWalk {
  readonly stations = new Map<string, Set<string>>();
  readonly pools = new Map<string, Set<string>>();
  readonly limiters = new Map<string, Set<string>>();
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  after(nodes: readonly Node[], before: Progress): Progress {
    return nodes.reduce((progress, node) => this.#node(node, progress), before);
  }

  #node(node: Node, before: Progress): Progress {
    switch (node.kind) {
      case 'visit':
        return having(before, this.#visit(node, before.passed));
      case 'send':
        this.#visit(node.visit, before.passed);
        return before;
      case 'parallel': {
        const ends = node.branches.map((branch) => this.after(branch, before));
        // One branch without a limiter is enough to go on past all the others.
        const isFree = node.join === 'any' && ends.some(({ passed }) => passed.size === before.passed.size);
        return isFree ? before : oneOf(ends);
      }
      case 'choice':
        return oneOf(node.options.map(({ nodes }) => this.after(nodes, before)));
      case 'repeat':
        return this.#repeat(node, before);
      case 'reply':
        return {
          ...before,
          waiting: null,
          replied: union([before.replied, before.waiting ?? NONE]),
        };
      default:
        return before;
    }
  }

  /** From the second turn on, all that a turn passes stands before its first step as well. */
  #repeat({ law, mean, nodes }: Repeat, before: Progress): Progress {
    const once = this.after(nodes, before);
    return law === 'constant' && mean === 1 ? once : this.after(nodes, once);
  }

  /** Limiters that the caller has passed when it goes on. */
  #visit(visit: Visit, before: Passed): Passed {
    const { station, caller } = visit;
    if (this.#site.scenario.stations[station]!.pool !== null) {
      noted(this.pools, poolName(station, caller), before);
    }
    const own = limiterNames(this.#site, station);
    own.forEach((name, n) => {
      noted(this.limiters, name, union([before, own.slice(0, n)]));
    });
    const passed = union([before, own]);
    noted(this.stations, station, passed);
    const { waiting, replied } = this.after(visit.body, { passed, waiting: new Set(own), replied: NONE });
    return visit.onFailure === 'continue' ? NONE : union([replied, waiting ?? NONE]); // may go on without any of them
  }
}

function having({ passed, waiting, replied }: Progress, more: Passed): Progress {
  return {
    passed: union([passed, more]),
    waiting: waiting === null ? null : union([waiting, more]),
    replied,
  };
}

/** Whoever goes on may have come by any of these. */
function oneOf(ends: readonly Progress[]): Progress {
  const waiting = ends.flatMap((end) => (end.waiting === null ? [] : [end.waiting]));
  return {
    passed: union(ends.map(({ passed }) => passed)),
    waiting: waiting.length === 0 ? null : union(waiting),
    replied: union(ends.map(({ replied }) => replied)),
  };
}

function union(all: readonly Iterable<string>[]): Passed {
  return new Set(all.flatMap((each) => [...each]));
}

function noted(all: Map<string, Set<string>>, name: string, passed: Passed): void {
  const known = entryOf(all, name, () => new Set<string>());
  for (const each of passed) if (each !== name) known.add(each);
}

function listed(all: ReadonlyMap<string, ReadonlySet<string>>): Record<string, readonly string[]> {
  return Object.fromEntries([...all].map(([name, set]) => [name, [...set]]));
}
