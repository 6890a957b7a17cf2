import { remembered } from '../parts/remembered.ts';
import type { Node } from '../tree/nodes.ts';
import type { Admission } from './demand.ts';
import { chanceThroughout } from './turns.ts';

/** Probability that nothing is shed in a step, or that whoever called what was shed goes on without it. */
export type Alive = (node: Node) => number;

export function aliveWith(admission: Admission): Alive {
  const alive: Alive = remembered((node: Node) => {
    switch (node.kind) {
      case 'visit':
        return node.onFailure === 'continue'
          ? 1
          : (admission.get(node.station) ?? 1) * aliveThrough(node.body, alive);
      case 'parallel': {
        const ends = node.branches.map((branch) => aliveThrough(branch, alive));
        return node.join === 'all' ? product(ends) : 1 - product(ends.map((each) => 1 - each));
      }
      case 'choice':
        return node.options.reduce((sum, { share, nodes }) => sum + share * aliveThrough(nodes, alive), 0);
      case 'repeat':
        return chanceThroughout(node, aliveThrough(node.nodes, alive));
      default:
        return 1;
    }
  });
  return alive;
}

/** The same of several steps, one after the other. */
export function aliveThrough(nodes: readonly Node[], alive: Alive): number {
  return product(nodes.map(alive));
}

function product(chances: readonly number[]): number {
  return chances.reduce((chance, each) => chance * each, 1);
}
