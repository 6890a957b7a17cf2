/** Text cut and broken to columns of a terminal. */
import { charWidth, displayWidth } from '../base/width.ts';

/** At most `width` columns; cut in the middle, as names differ at both ends. What is cut off shows as `…`. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const end = fitting(Array.from(text).reverse(), Math.floor((width - 1) / 2));
  const start = fitting(Array.from(text), width - 1 - displayWidth(end.join('')));
  return `${start.join('')}…${end.reverse().join('')}`;
}

/** The first of these characters that take at most `width` columns. */
function fitting(chars: readonly string[], width: number): string[] {
  let used = 0;
  const past = chars.findIndex((char) => (used += charWidth(char)) > width);
  return chars.slice(0, past < 0 ? chars.length : past);
}

/** Signs that a line must not begin with, and such that it must not end with. */
const CLOSING = '，。；：、？！）】》”’…·％%';
const OPENING = '（【《“‘';

/**
 * Breaks at spaces and beside signs as wide as Chinese ones, and inside a word only where it is longer than a line. The
 * first line starts with `first`, the later ones with `rest`, which should be as wide.
 */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = '';
  const room = width - Math.max(displayWidth(first), displayWidth(rest));
  for (const word of text.split(/ (?!%)/)) {
    for (const [nth, part] of segments(word)
      .flatMap((each) => pieces(each, room))
      .entries()) {
      const longer = line === '' || nth > 0 ? line + part : `${line} ${part}`;
      if (displayWidth(longer) <= room) {
        line = longer;
        continue;
      }
      lines.push(line);
      line = part;
    }
  }
  return [...lines, line].map((each, index) => (index === 0 ? first : rest) + each);
}

/** Parts of a word between which a line may end. */
function segments(word: string): string[] {
  const parts: string[] = [];
  let part = '';
  let before = '';
  for (const char of word) {
    const isWide = charWidth(char) === 2 || charWidth(before) === 2;
    const isJoined = charWidth(char) === 0 || CLOSING.includes(char) || OPENING.includes(before);
    if (before !== '' && isWide && !isJoined) {
      parts.push(part);
      part = '';
    }
    part += char;
    before = char;
  }
  return [...parts, part];
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (displayWidth(part + char) > width) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}
