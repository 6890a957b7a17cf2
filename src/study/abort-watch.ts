import type { AnalysisInput } from '../analysis/context.ts';
import type { AbortWatch } from './replications.ts';

/** The watch over a scenario, or null where no budget of it may end the run; `only`: ids, or null for all of them. */
export function abortWatch(
  ready: Omit<AnalysisInput, 'replications' | 'plan'>,
  only: ReadonlySet<string> | null = null,
): AbortWatch | null {
  const { scenario } = ready;
  const budgets = scenario.budgets.filter(
    ({ id, abort, level }) => abort !== null && level === 'error' && (only === null || only.has(id)),
  );
  if (budgets.length === 0) return null;
  return {
    budgets,
    doubtOf: async (abort, { replications, ...plan }) => {
      // Not loaded before it is needed: the run begins sooner.
      const { doubtOf } = await import('../analysis/budgets/doubt.ts');
      const judged = { ...scenario, budgets: budgets.filter(({ id }) => id === abort.id) };
      return doubtOf({ ...ready, scenario: judged, unloaded: [], replications, plan }, abort);
    },
  };
}
