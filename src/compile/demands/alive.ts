import { remembered } from '../parts/remembered.ts';
import type { Node } from '../tree/nodes.ts';
import type { Admission } from './demand.ts';
import { chanceThroughout, expectedTurns } from './turns.ts';

/**
 * Probability that what comes behind a step is done: nothing was shed in the step, nor in a call of it before its
 * reply, unless whoever called goes on without the answer.
 */
export type Alive = (node: Node) => number;

/** How steps may end for whoever makes them and for whoever waits for their answer; probabilities. */
interface Ending {
  /** What comes behind them is done. */
  readonly goesOn: number;
  /** It is done, and the caller is still waiting. */
  readonly waiting: number;
  /** They were shed while the caller was waiting: it gets no answer. */
  readonly unanswered: number;
}

const UNTOUCHED: Ending = { goesOn: 1, waiting: 1, unanswered: 0 };
const REPLIED: Ending = { goesOn: 1, waiting: 0, unanswered: 0 };

export function aliveWith(admission: Admission): Alive {
  const ending = remembered((node: Node): Ending => {
    switch (node.kind) {
      case 'visit': {
        if (node.onFailure === 'continue') return UNTOUCHED;
        return passing((admission.get(node.station) ?? 1) * (1 - through(node.body).unanswered));
      }
      case 'parallel': {
        const ends = node.branches.map((branch) => through(branch).goesOn); // none of them replies: HF505
        return passing(node.join === 'all' ? product(ends) : 1 - product(ends.map((each) => 1 - each)));
      }
      case 'choice':
        return mixed(node.options.map(({ share, nodes }) => ({ share, ending: through(nodes) })));
      case 'repeat': {
        const turn = through(node.nodes);
        return {
          goesOn: chanceThroughout(node, turn.goesOn),
          waiting: chanceThroughout(node, turn.waiting),
          unanswered: turn.unanswered * expectedTurns(node, turn.waiting),
        };
      }
      case 'reply':
        return REPLIED;
      default:
        return UNTOUCHED;
    }
  });
  const through = (nodes: readonly Node[]): Ending => nodes.map(ending).reduce(then, UNTOUCHED);
  return (node) => ending(node).goesOn;
}

/** The same of several steps, one after the other. */
export function aliveThrough(nodes: readonly Node[], alive: Alive): number {
  return product(nodes.map(alive));
}

/** Of a step that does not reply. */
function passing(chance: number): Ending {
  return { goesOn: chance, waiting: chance, unanswered: 1 - chance };
}

function then(before: Ending, next: Ending): Ending {
  return {
    goesOn: before.goesOn * next.goesOn,
    waiting: before.waiting * next.waiting,
    unanswered: before.unanswered + before.waiting * next.unanswered,
  };
}

function mixed(options: readonly { readonly share: number; readonly ending: Ending }[]): Ending {
  const mean = (part: keyof Ending): number =>
    options.reduce((sum, { share, ending }) => sum + share * ending[part], 0);
  return { goesOn: mean('goesOn'), waiting: mean('waiting'), unanswered: mean('unanswered') };
}

function product(chances: readonly number[]): number {
  return chances.reduce((chance, each) => chance * each, 1);
}
