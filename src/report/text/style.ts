/** Colour on a terminal, only when it was asked for; every colour stands beside a sign and a word. */

import type { Tone } from '../looks.ts';

export type Style = Tone | 'bold';

export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, number>> = { bold: 1, bad: 31, good: 32, warn: 33 };

export function painter(isColoured: boolean): Paint {
  return isColoured ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m` : (_, text) => text;
}
