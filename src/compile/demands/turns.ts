import { pow } from '../../base/math.ts';
import type { Repeat } from '../tree/nodes.ts';

type Law = Pick<Repeat, 'law' | 'mean'>;

/**
 * Expected number of turns of a loop that goes on after each turn with chance a, N being the turns it has to make:
 *
 *     Σ_{k ≥ 1} P(N ≥ k)·a^(k−1)
 *     constant n:     (1 − a^n) / (1 − a),  n where a = 1
 *     geometric on 0, 1, 2, … with mean m, P(N ≥ k) = (m / (1 + m))^k:     m / (1 + m·(1 − a))
 */
export function expectedTurns({ law, mean }: Law, goesOn: number): number {
  const stops = 1 - goesOn;
  if (law === 'geometric') return mean / (1 + mean * stops);
  return stops === 0 ? mean : (1 - pow(goesOn, mean)) / stops;
}

/** Chance that all its turns have gone on: E[a^N] = 1 − (1 − a)·Σ_{k ≥ 1} P(N ≥ k)·a^(k−1). */
export function chanceThroughout(repeat: Law, goesOn: number): number {
  return 1 - (1 - goesOn) * expectedTurns(repeat, goesOn);
}
