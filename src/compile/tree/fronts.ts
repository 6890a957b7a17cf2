import type { Fronts } from '../../model/model.ts';
import { entryOf } from '../demands/demand.ts';
import { limiterNames } from '../parts/limiter-names.ts';
import type { Node, RequestTree, Visit } from './nodes.ts';
import type { Site } from './site.ts';

type Passed = ReadonlySet<string>;

/** Limiters that stand before each station and each limiter on the way of some request. */
export function frontsOf(site: Site, trees: readonly RequestTree[]): Fronts {
  const walk = new FrontWalk(site);
  for (const { nodes } of trees) walk.after(nodes, new Set());
  return { stations: listed(walk.stations), limiters: listed(walk.limiters) };
}

class FrontWalk {
  readonly stations = new Map<string, Set<string>>();
  readonly limiters = new Map<string, Set<string>>();
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Limiters that whoever is still there has passed when the nodes are done. */
  after(nodes: readonly Node[], before: Passed): Passed {
    return nodes.reduce((passed, node) => this.#node(node, passed), before);
  }

  #node(node: Node, before: Passed): Passed {
    switch (node.kind) {
      case 'visit':
        return this.#visit(node, before);
      case 'send':
        this.#visit(node.visit, before);
        return before;
      case 'parallel': {
        const ends = node.branches.map((branch) => this.after(branch, before));
        return node.join === 'all' ? union(ends) : before;
      }
      case 'choice':
        return union(node.options.map(({ nodes }) => this.after(nodes, before)));
      case 'repeat':
        return this.after(node.nodes, before);
      default:
        return before;
    }
  }

  #visit(visit: Visit, before: Passed): Passed {
    let passed = before;
    for (const name of limiterNames(this.#site, visit.station)) {
      noted(this.limiters, name, passed);
      passed = new Set([...passed, name]);
    }
    noted(this.stations, visit.station, passed);
    const after = this.after(visit.body, passed);
    return visit.onFailure === 'continue' ? before : after; // who goes on without the answer may not have passed
  }
}

function union(sets: readonly Passed[]): Passed {
  return new Set(sets.flatMap((each) => [...each]));
}

function noted(all: Map<string, Set<string>>, name: string, passed: Passed): void {
  const known = entryOf(all, name, () => new Set<string>());
  for (const each of passed) if (each !== name) known.add(each);
}

function listed(all: ReadonlyMap<string, ReadonlySet<string>>): Record<string, readonly string[]> {
  return Object.fromEntries([...all].map(([name, set]) => [name, [...set]]));
}
