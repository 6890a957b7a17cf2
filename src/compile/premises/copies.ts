/** How often, and in how many copies at once, one request may come to some stations. */
import { hasReply, type Node } from '../tree/nodes.ts';

/** The most times that one request can come to the servers of a station. */
export function visitsMost(nodes: readonly Node[], station: string, inside: string | null = null): number {
  return nodes.reduce((sum, node) => sum + ofNode(node, station, inside), 0);
}

function ofNode(node: Node, station: string, inside: string | null): number {
  switch (node.kind) {
    case 'work':
      return inside === station ? 1 : 0;
    case 'visit':
      return visitsMost(node.body, station, node.station);
    case 'send':
      return ofNode(node.visit, station, inside);
    case 'parallel':
      return node.branches.reduce((sum, branch) => sum + visitsMost(branch, station, inside), 0);
    case 'choice':
      return Math.max(0, ...node.options.map(({ nodes }) => visitsMost(nodes, station, inside)));
    case 'repeat': {
      const once = visitsMost(node.nodes, station, inside);
      if (once === 0) return 0;
      return node.law === 'constant' ? once * node.mean : Infinity;
    }
    default:
      return 0;
  }
}

/**
 * Whether two copies of one request (branches, a send and who sent it, a reply and what comes behind it) may both come
 * to the servers of some of these stations: then the flows between the stations are not independent.
 */
export function copiesMeet(nodes: readonly Node[], stations: ReadonlySet<string>): boolean {
  return splits(nodes, { stations, inside: null, after: false });
}

interface Scope {
  readonly stations: ReadonlySet<string>;
  /** Station whose visit the nodes stand in. */
  readonly inside: string | null;
  /** Whether who waits for these nodes comes to one of the stations afterwards. */
  readonly after: boolean;
}

function splits(nodes: readonly Node[], scope: Scope): boolean {
  return nodes.some((node, index) => {
    const after = scope.after || touches(nodes.slice(index + 1), scope);
    const here = { ...scope, after };
    switch (node.kind) {
      case 'visit':
        return (
          (after && hasReply(node.body) && touches([node], scope)) ||
          splits(node.body, { ...here, inside: node.station })
        );
      case 'send':
        return (after && touches([node.visit], scope)) || splits([node.visit], { ...scope, after: false });
      case 'parallel': {
        const touching = node.branches.filter((branch) => touches(branch, scope)).length;
        const leftBehind = node.join === 'any' && after && touching > 0 && node.branches.length > 1;
        return touching > 1 || leftBehind || node.branches.some((branch) => splits(branch, here));
      }
      case 'choice':
        return node.options.some((option) => splits(option.nodes, here));
      case 'repeat':
        return splits(node.nodes, here);
      default:
        return false;
    }
  });
}

function touches(nodes: readonly Node[], scope: Pick<Scope, 'stations' | 'inside'>): boolean {
  return [...scope.stations].some((station) => visitsMost(nodes, station, scope.inside) > 0);
}
