import type { Context } from './context.ts';
import { turnedAwayMin } from './backlog.ts';
import { sumOver, type SimulatedWindow } from './spans.ts';

/** Two per-window series: what came, and what part of it was turned away. */
export interface Losses {
  readonly came: ArrayLike<number>;
  readonly lost: ArrayLike<number>;
}

/**
 * First window in which losing became more than a stray event: at least 10 and 1 % of what came were lost in it.
 *
 * Where windows are too short to hold 10, the first window with a loss of the first phase that lost so many in all.
 * null when there is none.
 */
export function firstLastingLoss(
  { windows, spans }: Pick<Context, 'windows' | 'spans'>,
  { came, lost }: Losses,
): SimulatedWindow | null {
  const counts = (a: number, b: number): boolean => b >= turnedAwayMin({ arrivals: a });
  const direct = windows.find(({ index }) => counts(came[index] ?? 0, lost[index] ?? 0));
  if (direct !== undefined) return direct;
  const phase = spans.slice(1).find((span) => counts(sumOver(span, came), sumOver(span, lost)));
  return phase?.windows.find(({ index }) => (lost[index] ?? 0) > 0) ?? null;
}
