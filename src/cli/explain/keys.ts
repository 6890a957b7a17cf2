import { readCatalogue } from '../../scenario/catalogue.ts';
import { keyNodes, scenarioJsonSchema } from '../../scenario/json-schema.ts';
import type { Io } from '../io.ts';
import { readCatalogueTexts } from '../package-files.ts';

export interface KeyExplanation {
  /** `stations.*.pool`: `*` stands for a name, `[]` for an entry of a list. */
  readonly key: string;
  readonly meaning: string;
  readonly example: unknown;
  /** Values it may have, where they are few. */
  readonly choices: readonly string[];
  /** Names of the keys below it. */
  readonly inside: readonly string[];
}

/** Every key of scenario files whose path ends like this, `budgets.window` as well as `window`; the shortest paths first. */
export function explainKeys(io: Io, word: string): KeyExplanation[] {
  const nodes = keyNodes(scenarioJsonSchema(readCatalogue(readCatalogueTexts(io))));
  const asked = wordsOf(word);
  // A layer has the words of a station, which are explained there.
  const found = [...nodes].filter(([path, node]) => !('$ref' in node) && endsWith(wordsOf(path), asked));
  return found
    .sort(([a], [b]) => wordsOf(a).length - wordsOf(b).length || (a < b ? -1 : 1))
    .map(([key, node]) => ({
      key,
      meaning: typeof node['description'] === 'string' ? node['description'] : '',
      example: Array.isArray(node['examples']) ? (node['examples'][0] ?? null) : null,
      choices: Array.isArray(node['enum']) ? node['enum'].map(String) : [],
      inside: insideOf(key, [...nodes.keys()]),
    }));
}

/** Names to choose from when there is no such key. */
export function keyNames(io: Io): string[] {
  const nodes = keyNodes(scenarioJsonSchema(readCatalogue(readCatalogueTexts(io))));
  return [...new Set([...nodes.keys()].flatMap((path) => wordsOf(path).slice(-1)))];
}

/** What people write of a path: without the names and entries that are theirs. */
function wordsOf(path: string): string[] {
  return path.split(/[.[\]()<>*]+/).filter((part) => part !== '' && !/^\d+$/.test(part));
}

function endsWith(words: readonly string[], end: readonly string[]): boolean {
  const from = words.length - end.length;
  return end.length > 0 && from >= 0 && end.every((word, index) => words[from + index] === word);
}

function insideOf(key: string, all: readonly string[]): string[] {
  const names = all.flatMap((path) => {
    const rest = path.startsWith(key)
      ? /^(?:\[\]|\.\*|\([^)]*\))*\.(\w+)$/.exec(path.slice(key.length))
      : null;
    return rest?.[1] === undefined ? [] : [rest[1]];
  });
  return [...new Set(names)];
}
