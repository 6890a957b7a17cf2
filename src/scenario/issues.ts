/** zod issues → problems in our words: which branch of a union was meant, which key, and what to write instead. */
import type * as z from 'zod';
import { similarName } from '../base/similar.ts';
import { CODES, type Code } from './codes.ts';
import { exampleAt } from './examples.ts';
import { problem, type PlacedProblem } from './problem.ts';
import { inside, keyOriginAt, nodeAt, originAt, type Tree } from './tree.ts';
import type { Path } from './types.ts';
import { unknownKey } from './unknown-key.ts';

type Issue = z.core.$ZodIssue;

/** Problems of one zod run over the plain form of `tree`; `base` is the path of the value that was read. */
export function problemsOf(issues: readonly Issue[], tree: Tree, base: Path = []): PlacedProblem[] {
  const flat = worthSaying(issues).flatMap((issue) => flatten(issue, base, tree));
  return withoutTwins(flat).flatMap((issue) => translate(issue, tree));
}

/** Far more than anybody reads; those near the top of the file are always among them. */
const ISSUES_MAX = 1000;

function worthSaying(issues: readonly Issue[]): readonly Issue[] {
  if (issues.length <= ISSUES_MAX) return issues;
  const near = issues.filter(({ path }) => path.length < 2).slice(0, ISSUES_MAX);
  return [...new Set([...near, ...issues.slice(0, ISSUES_MAX)])];
}

interface FlatIssue {
  readonly issue: Issue;
  readonly path: Path;
}

/** Replaces the issue of a union by those of the branch that was most likely meant. */
function flatten(issue: Issue, base: Path, tree: Tree): FlatIssue[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const isMissing = nodeAt(tree, path) === undefined;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0 || isMissing) return [{ issue, path }];
  const branches = issue.errors.map((errors) => errors.flatMap((each) => flatten(each, path, tree)));
  const scores = branches.map((branch) => distance(branch, path, tree));
  const best = Math.min(...scores);
  const meant = branches[scores.indexOf(best)] ?? [];
  // Several forms are equally far off: name what all of them would allow instead of picking one.
  const isTie = scores.filter((score) => score === best).length > 1 && best >= FAR;
  if (!isTie) return meant;
  const unknown = meant.find((each) => each.issue.code === 'unrecognized_keys' && samePath(each.path, path));
  const known = [...new Set(branches.flat().flatMap((each) => knownKeys(each, path)))];
  if (unknown?.issue.code === 'unrecognized_keys' && known.length > 0) {
    return [{ issue: { ...unknown.issue, message: known.join(' ') }, path }];
  }
  const needed = [...new Set(branches.flat().flatMap((each) => neededKeys(each, path, tree)))];
  return [{ issue: { ...issue, message: needed.join(' ') }, path }];
}

/** Keys that would make a map one of the forms: those each form misses first. */
function neededKeys({ issue, path: at }: FlatIssue, path: Path, tree: Tree): string[] {
  if (issue.code === 'invalid_union' && samePath(at, path))
    return issue.message === '' ? [] : issue.message.split(' ');
  const isMissingHere = at.length === path.length + 1 && nodeAt(tree, path)?.kind === 'map';
  return isMissingHere && nodeAt(tree, at) === undefined ? [String(at[at.length - 1])] : [];
}

const FAR = 10;

/** How far a value is from a branch: another kind of value, then foreign and missing keys, then details. */
function distance(branch: readonly FlatIssue[], path: Path, tree: Tree): number {
  let sum = 0;
  for (const { issue, path: at } of branch) {
    if (samePath(at, path)) sum += distanceHere(issue, tree, path);
    else if (at.length === path.length + 1 && nodeAt(tree, at) === undefined) sum += FAR;
    else sum += 1;
  }
  return sum;
}

const OTHER_KIND = 10 * FAR;

function distanceHere(issue: Issue, tree: Tree, path: Path): number {
  if (issue.code === 'unrecognized_keys') return FAR * issue.keys.length;
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return OTHER_KIND;
  // A word that is none of the allowed ones is nearer to them than to a map.
  if (issue.code === 'invalid_value')
    return nodeAt(tree, path)?.kind === 'scalar' ? OTHER_KIND / 2 : OTHER_KIND;
  // A quantity that met a map or a list: another branch was meant.
  return issue.code === 'custom' && issue.message.startsWith('expected a quantity') ? OTHER_KIND : 1;
}

function knownKeys({ issue, path: at }: FlatIssue, path: Path): string[] {
  return issue.code === 'unrecognized_keys' && samePath(at, path) ? issue.message.split(' ') : [];
}

/** A misspelt key makes two issues, "unknown" and "missing": the second says nothing new. */
function withoutTwins(all: readonly FlatIssue[]): FlatIssue[] {
  const unknown = new Map<string, string[]>();
  for (const { issue, path } of all) {
    if (issue.code === 'unrecognized_keys') unknown.set(JSON.stringify(path), issue.keys);
  }
  return all.filter(({ issue, path }) => {
    if (issue.code !== 'invalid_type' && issue.code !== 'invalid_union') return true;
    const name = String(path[path.length - 1]);
    const beside = unknown.get(JSON.stringify(path.slice(0, -1))) ?? [];
    return !beside.some((key) => similarName(key, [name]) !== null);
  });
}

/** Of one map: a file that is no scenario at all need not be told so key by key. */
const UNKNOWN_KEYS_MAX = 50;

function translate({ issue, path }: FlatIssue, tree: Tree): PlacedProblem[] {
  const here = originAt(tree, path);
  const example = exampleAt(path);
  const instead = example === null ? null : `write e.g. ${example}`;
  const add = (code: Code, message: string, help: string | null): PlacedProblem[] => [
    { path, problem: problem(code, here, message, help) },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, UNKNOWN_KEYS_MAX)
        .map((key) => unknownKey([...path, key], issue.message.split(' '), tree));
    case 'custom': {
      const { code, message, help } = ours(issue);
      return add(code, message, help);
    }
    case 'invalid_type':
      if (nodeAt(tree, path) === undefined) return [missingKey(path, tree)];
      return add('HF103', `expected ${kindName(issue.expected)}, found ${found(tree, path)}`, instead);
    case 'invalid_value':
      return add(
        'HF104',
        `${shown(tree, path)} is not allowed here`,
        `write one of ${issue.values.map(String).join(', ')}`,
      );
    case 'too_small':
      return add(
        'HF105',
        `${found(tree, path)} is too short`,
        instead ?? `at least ${String(issue.minimum)}`,
      );
    case 'too_big':
      return add('HF105', `${found(tree, path)} is too long`, `at most ${String(issue.maximum)}`);
    case 'invalid_format': {
      const help = issue.message.startsWith('Invalid') ? null : issue.message;
      return add('HF108', `malformed: ${shown(tree, path)}`, help);
    }
    case 'invalid_key': {
      const { code, message, help } = ours(issue.issues[0]);
      return [{ path, problem: problem(code, keyOriginAt(tree, path), message, help) }];
    }
    case 'invalid_union':
      if (nodeAt(tree, path) === undefined) return [missingKey(path, tree)];
      return add(
        'HF106',
        `${found(tree, path)} is none of the forms this takes`,
        issue.message === '' ? instead : `it needs one of the keys ${issue.message.replaceAll(' ', ', ')}`,
      );
    default:
      return add('HF103', issue.message, null);
  }
}

/** What `refuse` in schema/quantity.ts said; anything else that zod says of a text is about its form. */
function ours(issue: Issue | undefined): { code: Code; message: string; help: string | null } {
  const params = issue?.code === 'custom' ? issue.params : undefined;
  const { code, help } = (params ?? {}) as { code?: string; help?: string | null };
  return { code: isCode(code) ? code : 'HF108', message: issue?.message ?? 'malformed', help: help ?? null };
}

function missingKey(path: Path, tree: Tree): PlacedProblem {
  const key = String(path[path.length - 1]);
  const example = exampleAt(path);
  const message = `missing key "${key}"${inside(path.slice(0, -1))}`;
  const help = example === null ? `add ${key}:` : `e.g. ${example}`;
  return { path, problem: problem('HF102', originAt(tree, path), message, help) };
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, i) => String(key) === String(b[i]));
}

function isCode(code: string | undefined): code is Code {
  return code !== undefined && Object.hasOwn(CODES, code);
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  record: 'a map',
  object: 'a map',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

function kindName(expected: string): string {
  return KIND_NAMES[expected] ?? expected;
}

function found(tree: Tree, path: Path): string {
  const node = nodeAt(tree, path);
  if (node?.kind === 'map') return node.entries.size === 0 ? 'an empty map' : 'a map';
  if (node?.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  if (node === undefined || node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `the text ${shown(tree, path)}` : shown(tree, path);
}

function shown(tree: Tree, path: Path): string {
  const node = nodeAt(tree, path);
  if (node?.kind !== 'scalar') return 'this';
  if (typeof node.value !== 'string') return String(node.value);
  return JSON.stringify(node.value.length > 60 ? `${node.value.slice(0, 60)}…` : node.value);
}
