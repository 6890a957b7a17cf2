/**
 * The name somebody probably meant: the closest of `names` by edits (insert, drop, replace, swap of neighbours:
 * optimal string alignment distance), or null when none is close. Close = at most a third of its letters, one at
 * least, and not all of them. Looks at the first 2,000 names.
 */
export function similarName(word: string, names: readonly string[]): string | null {
  if (word.length > 64) return null;
  const lower = word.toLowerCase();
  let best: string | null = null;
  let bestEdits = Number.POSITIVE_INFINITY;
  for (const name of names.slice(0, NAMES_MAX)) {
    const longest = Math.max(word.length, name.length);
    const allowed = Math.min(longest - 1, Math.max(1, Math.floor(longest / 3)), bestEdits);
    if (Math.abs(name.length - word.length) > Math.min(allowed, 8)) continue;
    const edits = editDistance(lower, name.toLowerCase(), allowed);
    const isCloser =
      edits < bestEdits || (edits === bestEdits && sharedStart(word, name) > sharedStart(word, best ?? ''));
    if (edits <= allowed && isCloser) {
      best = name;
      bestEdits = edits;
    }
  }
  return best;
}

const NAMES_MAX = 2000;

/** Letters at the start that two words share: people get beginnings right. */
function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Edits from `a` to `b`; more than `max` is infinity. */
function editDistance(a: string, b: string, max: number): number {
  let twoAgo: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) edits = Math.min(edits, twoAgo[j - 2]! + 1);
      row.push(edits);
      least = Math.min(least, edits);
    }
    // Later rows are made from this one and, by a swap, from the one before.
    if (least > max && leastBefore > max) return Number.POSITIVE_INFINITY;
    leastBefore = least;
    twoAgo = previous;
    previous = row;
  }
  return previous[b.length]!;
}
