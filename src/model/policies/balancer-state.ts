import type { Balancer, Model } from '../model.ts';

/** What the balancers of one calling station remember, in cells of 4 bytes. */
export interface BalancerCells {
  /** Replica whose turn is next: one for each caller. */
  readonly turns: number;
  /** Open connections, or current weights: one for each caller and target. */
  readonly pairs: number;
}

const CELL_BYTES = 4;

/** Of a balancer, or as a scenario writes it: `source-hash` is one of the two hashes, by who calls. */
export type Policy = Balancer['policy'] | 'source-hash';

/** Whether the policy looks at open connections: then every visit tells it when it ends. */
export function countsConnections(policy: Policy): boolean {
  return policy === 'least-connections' || policy === 'power-of-d';
}

/** State for which the policy has a use; random choice and hashes have none. */
export function cellsOf({
  policy,
  callerCount,
  targetCount,
}: Pick<Balancer, 'callerCount' | 'targetCount'> & { readonly policy: Policy }): BalancerCells {
  const hasTurns = policy === 'round-robin' || policy === 'least-connections';
  const hasPairs = policy === 'weighted-round-robin' || countsConnections(policy);
  return { turns: hasTurns ? callerCount : 0, pairs: hasPairs ? callerCount * targetCount : 0 };
}

/** Whether a choice depends on those before it; where none does, a part of the visits looks like all of them. */
export function remembers(policy: Policy): boolean {
  const { turns, pairs } = cellsOf({ policy, callerCount: 1, targetCount: 1 });
  return turns + pairs > 0;
}

/** Bytes that a run of the model sets aside for its balancers. */
export function balancingBytes({ balancers }: Pick<Model, 'balancers'>): number {
  return balancers.reduce((sum, balancer) => {
    const { turns, pairs } = cellsOf(balancer);
    return sum + (turns + pairs) * CELL_BYTES;
  }, 0);
}
