/** Which stations a disturbance may reach: those it slows down, who waits for them, and who stands behind either. */
import type { Scenario } from '../../scenario/types.ts';
import type { Node, RequestTree } from '../tree/nodes.ts';

/** Of every station that is reached, the disturbed one it comes from; itself where that one is disturbed. */
export type Disturbed = ReadonlyMap<string, string>;

/**
 * For the whole run: what a queue has lived through is not over when the disturbance is. Waves go on through requests of
 * other classes, so the ways are walked until nothing is added.
 */
export function disturbedStations(scenario: Scenario, trees: readonly RequestTree[]): Disturbed {
  const reached = new Map<string, string>();
  for (const { target, atNs } of scenario.disturbances) {
    if (atNs >= scenario.clock.lastsNs) continue;
    for (const [name, { layer }] of Object.entries(scenario.stations)) {
      if ((target.kind === 'station' ? name : layer) === target.name) reached.set(name, name);
    }
  }
  let before: number;
  do {
    before = reached.size;
    for (const { nodes } of trees) through(nodes, null, reached);
  } while (reached.size > before);
  return reached;
}

/** The disturbed station whose trouble a request brings along behind these nodes; null when it has met none. */
function through(nodes: readonly Node[], before: string | null, reached: Map<string, string>): string | null {
  return nodes.reduce((met, node) => past(node, met, reached), before);
}

function past(node: Node, before: string | null, reached: Map<string, string>): string | null {
  switch (node.kind) {
    case 'visit': {
      const { station, body } = node;
      const after = through(body, before ?? reached.get(station) ?? null, reached);
      if (after !== null && !reached.has(station)) reached.set(station, after);
      return after;
    }
    case 'send':
      past(node.visit, before, reached);
      return before;
    case 'parallel':
      return firstOf(node.branches, before, reached);
    case 'choice':
      return firstOf(
        node.options.map(({ nodes }) => nodes),
        before,
        reached,
      );
    case 'repeat':
      // The second turn comes behind the first.
      return through(node.nodes, through(node.nodes, before, reached), reached);
    default:
      return before;
  }
}

function firstOf(
  ways: readonly (readonly Node[])[],
  before: string | null,
  reached: Map<string, string>,
): string | null {
  return ways.map((way) => through(way, before, reached)).find((met) => met !== null) ?? before;
}
