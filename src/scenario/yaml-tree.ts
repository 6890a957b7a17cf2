/**
 * YAML text → tree; all texts in Unicode's composed form (NFC). Every way a file can be hostile or broken ends in a problem with a position: size, depth and
 * alias expansion are bounded before anything downstream sees the document.
 */
import { isAlias, isMap, isScalar, isSeq, type CST, type Node, type Pair } from 'yaml';
import { noteOf } from './long-form.ts';
import { problem, type Problem } from './problem.ts';
import { SourceText } from './source-text.ts';
import type { Entry, Origin, Tree } from './tree.ts';
import { compose, syntaxProblems, tokensOf } from './yaml-syntax.ts';

export const TEXT_LENGTH_MAX = 1024 * 1024;
export const DEPTH_MAX = 40;
export const NODES_MAX = 50_000;

export interface ReadYaml {
  readonly tree: Tree | null;
  readonly problems: readonly Problem[];
}

/** Reads one document. `tree` is null when nothing behind the problems is worth looking at. */
export function readYaml(file: string, text: string): ReadYaml {
  const source = new SourceText(file, text);
  const start: Origin = { source, from: 0, to: 1, askedAt: null, preset: null };
  const unreadable = textProblem(file, text, start);
  if (unreadable !== null) return failed(unreadable);
  const tokens = tokensOf(text);
  if (isDeep(tokens))
    return failed(problem('HF006', headOf(file, start), 'nested too deeply', `at most ${DEPTH_MAX} levels`));
  const { documents, mistakes, isCut } = compose(tokens, text.length);
  const [document, second] = documents;
  if (document === undefined && mistakes.length === 0) return failed(empty(start));
  if (second !== undefined) {
    const origin = span(start, [second.range[0], second.range[0]]);
    return failed(problem('HF004', origin, 'a second document', 'one file holds one scenario'));
  }
  const problems = syntaxProblems(start, mistakes, isCut);
  const version = document?.directives.yaml;
  if (version?.explicit === true && version.version !== '1.2') {
    problems.push(problem('HF007', start, 'scenarios are YAML 1.2', 'remove the %YAML directive'));
  }
  if (problems.length > 0 || document === undefined) return { tree: null, problems };
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return failed(empty(start));
  return new TreeBuilder(start, problems).build(contents);
}

function failed(only: Problem): ReadYaml {
  return { tree: null, problems: [only] };
}

function empty(start: Origin): Problem {
  return problem('HF001', start, 'the file is empty', 'begin with: scenario: my-site');
}

/** Does not show the text: it may be megabytes on one line, or no text at all. */
function headOf(file: string, start: Origin): Origin {
  return { ...start, source: new SourceText(file, '') };
}

function textProblem(file: string, text: string, start: Origin): Problem | null {
  if (text.length > TEXT_LENGTH_MAX) {
    const size = `${(text.length / TEXT_LENGTH_MAX).toFixed(1)} MiB`;
    const message = `the file has ${size}; a scenario has at most 1 MiB`;
    return problem('HF003', headOf(file, start), message, 'keep bulk data in CSV files');
  }
  const at = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/);
  if (at < 0) return null;
  const { line } = start.source.locate(at, at + 1);
  const origin = headOf(file, start);
  // Bytes that are no UTF-8 arrive here as U+FFFD; the zero bytes of UTF-16 as what they are.
  if (text[at] === '\ufffd' || text[at] === '\0') {
    const help = 'save it as UTF-8 (not GBK, UTF-16 or a binary format)';
    return problem('HF002', origin, `the file is not UTF-8 text: see line ${line}`, help);
  }
  const message = `line ${line} has the control character ${JSON.stringify(text[at])}`;
  return problem('HF002', origin, message, 'remove it: a scenario is plain text');
}

/** Composing recurses, and a stack that overflows there can end the process; so depth is measured without recursion. */
function isDeep(tokens: readonly CST.Token[]): boolean {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return true;
    level = level.flatMap(below);
  }
  return false;
}

function below(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].flatMap((each) => each ?? []));
}

function span(start: Origin, [from, to]: readonly [number, number]): Origin {
  return { ...start, from, to: Math.max(to, from + 1) };
}

class TreeBuilder {
  readonly #start: Origin;
  readonly #problems: Problem[];
  readonly #anchors = new Map<string, Node>();
  /** Anchored nodes being built: an alias to one of them would never end. */
  readonly #open = new Set<Node>();
  #nodes = 0;
  #tooMuch = false;

  constructor(start: Origin, problems: Problem[]) {
    this.#start = start;
    this.#problems = problems;
  }

  build(contents: Node): ReadYaml {
    const tree = this.#node(contents, 0);
    return { tree: this.#tooMuch ? null : tree, problems: this.#problems };
  }

  #node(node: Node | null, depth: number): Tree {
    const origin = this.#originOf(node);
    if (this.#isTooMuch(depth, origin) || node === null) return nothing(origin);
    if (isAlias(node)) return this.#alias(node.source, origin, depth);
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    this.#open.add(node);
    const tree = this.#content(node, origin, depth);
    this.#open.delete(node);
    return tree;
  }

  #content(node: Node, origin: Origin, depth: number): Tree {
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => this.#node(item, depth + 1));
      return { kind: 'list', items, origin, note: null };
    }
    if (isMap<Node, Node>(node)) return this.#map(node.items, origin, depth);
    const read = isScalar(node) ? node.value : null;
    const value = typeof read === 'string' ? read.normalize('NFC') : read;
    const typed = isScalar(node) ? (node.source ?? '') : '';
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      typeof value === 'number'
    ) {
      return { kind: 'scalar', value, typed, origin, note: null };
    }
    return { kind: 'scalar', value: typed, typed, origin, note: null };
  }

  #map(pairs: readonly Pair<Node, Node | null>[], origin: Origin, depth: number): Tree {
    const entries = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const keyOrigin = this.#originOf(key);
      const name = keyName(key);
      if (name === null || name in Object.prototype) {
        this.#problems.push(problem('HF008', keyOrigin, 'this cannot be a key', 'use a plain name'));
      } else if (entries.has(name)) {
        // The parser could tell, in time that grows with the square of the keys.
        this.#problems.push(
          problem('HF005', keyOrigin, `a second key ${JSON.stringify(name)}`, 'keep one of the two'),
        );
      } else {
        entries.set(name, { key: keyOrigin, value: this.#node(value, depth + 1) });
      }
    }
    return noteOf({ kind: 'map', entries, origin, note: null }, this.#problems);
  }

  #alias(name: string, origin: Origin, depth: number): Tree {
    const target = this.#anchors.get(name);
    if (target !== undefined && !this.#open.has(target)) return this.#node(target, depth);
    const isUnknown = target === undefined;
    const message = isUnknown
      ? `no anchor &${name} stands before this alias`
      : `the alias *${name} contains itself`;
    this.#problems.push(problem(isUnknown ? 'HF004' : 'HF006', origin, message, 'write the value out'));
    return nothing(origin);
  }

  #isTooMuch(depth: number, origin: Origin): boolean {
    if (this.#tooMuch) return true;
    if (depth <= DEPTH_MAX && ++this.#nodes <= NODES_MAX) return false;
    const what = depth > DEPTH_MAX ? `more than ${DEPTH_MAX} levels deep` : `more than ${NODES_MAX} values`;
    this.#problems.push(problem('HF006', origin, what, 'check the aliases (*name): they may multiply'));
    this.#tooMuch = true;
    return true;
  }

  #originOf(node: Node | null): Origin {
    const range = node?.range;
    return range ? span(this.#start, [range[0], range[1]]) : this.#start;
  }
}

/** Keys are texts; one that YAML reads as a number or a truth value is taken as typed. */
function keyName(key: Node): string | null {
  if (!isScalar(key) || key.value === null) return null;
  return (typeof key.value === 'string' ? key.value : key.source)?.normalize('NFC') ?? null;
}

function nothing(origin: Origin): Tree {
  return { kind: 'scalar', value: null, typed: '', origin, note: null };
}
