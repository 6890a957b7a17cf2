/**
 * Rows of what is kept by phase. Each phase has one; one more is thrown away (warm-up, drain). In a run sampled in time
 * each phase has a second one for what stands for more time than its own, and one row takes what a stretch has brought of
 * which that is not yet decided.
 */
import type { Model } from '../model/model.ts';

type Rows = Pick<Model, 'phases' | 'sampling'>;

export function rowCount({ phases, sampling }: Rows): number {
  return sampling === null ? phases.length + 1 : 2 * phases.length + 2;
}

export function trashRow({ phases }: Rows): number {
  return phases.length;
}

export function sampledRow({ phases }: Rows, phase: number): number {
  return phases.length + 1 + phase;
}

export function pendingRow({ phases }: Rows): number {
  return 2 * phases.length + 1;
}

/** Row that a window begins with: of its weight and phase, still to be decided where it would stand for more than itself. */
export function firstRow(
  model: Rows,
  { weight, phase }: { readonly weight: number; readonly phase: number },
): number {
  if (weight === 0) return trashRow(model);
  return weight === 1 ? phase : pendingRow(model);
}
