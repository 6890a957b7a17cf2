/**
 * A request class written out: every call replaced by what it does, every forward by the rest of the path, every
 * draw with the name of its stream. Emitting programs, expected demands and unloaded response times all read this
 * one form, so they cannot disagree about what a request does.
 */
import type { DistributionSpec, Path, Retry } from '../../scenario/types.ts';

/** Work on the servers of the visit it stands in. */
export interface Work {
  readonly kind: 'work';
  readonly time: DistributionSpec;
  readonly stream: string;
}

/** Time that passes without holding a server, booked on the visit it stands in. */
export interface Pause {
  readonly kind: 'pause';
  readonly time: DistributionSpec;
  readonly stream: string;
}

/** Way between two places: a fixed time, or one by the request's region (index into the regions). */
export type Way =
  | { readonly kind: 'fixed'; readonly ns: number }
  | { readonly kind: 'by-region'; readonly ns: readonly number[] };

/** Deadline and attempts of a call that runs as an activation of its own. */
export interface OwnCall {
  readonly timeoutNs: number | null;
  readonly retry: Retry | null;
}

/** One call of a station: choose a replica, get there, do what the operation does, come back. */
export interface Visit {
  readonly kind: 'visit';
  readonly station: string;
  readonly operation: string | null;
  /** Station that calls; null is the client. */
  readonly caller: string | null;
  readonly body: readonly Node[];
  readonly there: Way | null;
  readonly back: Way | null;
  readonly own: OwnCall | null;
  readonly onFailure: 'fail' | 'continue';
  /** Of the call: `order.create/call(inventory.reserve)#1`; draws of its balancer and back-off carry it. */
  readonly stream: string;
  /** Where the scenario asks for it: a step of an operation, or an element of the request's path. */
  readonly path: Path;
}

export interface Send {
  readonly kind: 'send';
  readonly visit: Visit;
  readonly stream: string;
}

export interface Parallel {
  readonly kind: 'parallel';
  readonly branches: readonly (readonly Node[])[];
  readonly join: 'all' | 'any';
  readonly stream: string;
}

export interface Choice {
  readonly kind: 'choice';
  /** Shares sum to 1. */
  readonly options: readonly {
    readonly share: number;
    readonly nodes: readonly Node[];
    readonly stream: string;
  }[];
}

export interface Repeat {
  readonly kind: 'repeat';
  readonly law: 'constant' | 'geometric';
  readonly mean: number;
  readonly nodes: readonly Node[];
  readonly stream: string;
}

export interface Fail {
  readonly kind: 'fail';
  readonly probability: number;
  readonly stream: string;
}

/** Answers the caller of the visit it stands in. */
export interface Reply {
  readonly kind: 'reply';
}

export type Node = Work | Pause | Visit | Send | Parallel | Choice | Repeat | Fail | Reply;

export interface RequestTree {
  readonly name: string;
  readonly nodes: readonly Node[];
}

/** Whether these nodes reply. Those of visits answer their own caller and do not count; branches have none (HF505). */
export function hasReply(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    switch (node.kind) {
      case 'reply':
        return true;
      case 'choice':
        return node.options.some((option) => hasReply(option.nodes));
      case 'repeat':
        return hasReply(node.nodes);
      default:
        return false;
    }
  });
}

/** Every visit among and inside these nodes, callers before their callees. */
export function eachVisit(nodes: readonly Node[], see: (visit: Visit) => void): void {
  eachNode(nodes, (node) => {
    if (node.kind === 'visit') see(node);
  });
}

/** Every parallel step among and inside these nodes. */
export function eachParallel(nodes: readonly Node[], see: (parallel: Parallel) => void): void {
  eachNode(nodes, (node) => {
    if (node.kind === 'parallel') see(node);
  });
}

/** Every node among and inside these, outer ones before inner ones. */
function eachNode(nodes: readonly Node[], see: (node: Node) => void): void {
  for (const node of nodes) {
    see(node);
    for (const inner of inside(node)) eachNode(inner, see);
  }
}

function inside(node: Node): readonly (readonly Node[])[] {
  switch (node.kind) {
    case 'visit':
      return [node.body];
    case 'send':
      return [[node.visit]];
    case 'parallel':
      return node.branches;
    case 'choice':
      return node.options.map((option) => option.nodes);
    case 'repeat':
      return [node.nodes];
    default:
      return [];
  }
}

/** Times a call happens when it always fails, on average: its attempts, or with a budget 1 + the budget's ratio. */
export function attemptsOf({ own }: Visit): number {
  const retry = own?.retry ?? null;
  if (retry === null) return 1;
  return retry.budget === null ? retry.attempts : Math.min(retry.attempts, 1 + retry.budget.ratio);
}
