import type { Io, Output } from './io.ts';

export type ColourChoice = 'auto' | 'always' | 'never';

/** The flag wins, then NO_COLOR (set and not empty), then FORCE_COLOR, then whether it is a terminal that has colours. */
export function usesColour(choice: ColourChoice, output: Output, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return output.isTerminal && env['TERM'] !== 'dumb';
}
