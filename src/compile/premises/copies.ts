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
  return meeting(nodes, { stations, inside: null, after: false }).meets;
}

interface Scope {
  readonly stations: ReadonlySet<string>;
  /** Station whose visit the nodes stand in. */
  readonly inside: string | null;
  /** Whether who waits for these nodes comes to one of the stations afterwards. */
  readonly after: boolean;
}

interface Meeting {
  readonly meets: boolean;
  /** Whether these nodes come to one of the stations. */
  readonly touches: boolean;
}

/** From the back, so that what comes behind each node is known when its turn comes. */
function meeting(nodes: readonly Node[], scope: Scope): Meeting {
  return nodes.reduceRight<Meeting>(
    (behind, node) => {
      const here = ofOne(node, { ...scope, after: scope.after || behind.touches });
      return { meets: behind.meets || here.meets, touches: behind.touches || here.touches };
    },
    { meets: false, touches: false },
  );
}

function ofOne(node: Node, scope: Scope): Meeting {
  const { stations, inside, after } = scope;
  switch (node.kind) {
    case 'work':
      return { meets: false, touches: inside !== null && stations.has(inside) };
    case 'visit': {
      const body = meeting(node.body, { ...scope, inside: node.station });
      return { ...body, meets: body.meets || (after && body.touches && hasReply(node.body)) };
    }
    case 'send': {
      const sent = meeting([node.visit], { ...scope, after: false });
      return { ...sent, meets: sent.meets || (after && sent.touches) };
    }
    case 'parallel': {
      const branches = node.branches.map((branch) => meeting(branch, scope));
      const touching = branches.filter(({ touches }) => touches).length;
      const leftBehind = node.join === 'any' && after && touching > 0 && branches.length > 1;
      const meets = touching > 1 || leftBehind || branches.some((each) => each.meets);
      return { meets, touches: touching > 0 };
    }
    case 'choice':
      return anyOf(node.options.map(({ nodes }) => meeting(nodes, scope)));
    case 'repeat':
      return meeting(node.nodes, scope);
    default:
      return { meets: false, touches: false };
  }
}

function anyOf(parts: readonly Meeting[]): Meeting {
  return { meets: parts.some(({ meets }) => meets), touches: parts.some(({ touches }) => touches) };
}
