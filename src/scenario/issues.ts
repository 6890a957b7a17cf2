/** zod issues → problems in our words: which branch of a union was meant, which key, and what to write instead. */
import type * as z from 'zod';
import { similarName } from '../base/similar.ts';
import { CODES, type Code } from './codes.ts';
import { LATER_KEYS } from './later.ts';
import { problem, type Problem } from './problem.ts';
import { keyOriginAt, nodeAt, originAt, type Tree } from './tree.ts';
import type { Path } from './types.ts';

type Issue = z.core.$ZodIssue;

/** A problem and the place of the value it is about, so that follow-ups can be left out. */
export interface PlacedProblem {
  readonly path: Path;
  readonly problem: Problem;
}

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
  const add = (code: Code, message: string, help: string | null): PlacedProblem[] => [
    { path, problem: problem(code, here, message, help) },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, UNKNOWN_KEYS_MAX)
        .map((key) => unknownKey([...path, key], issue.message.split(' '), tree));
    case 'custom': {
      const { code, help } = (issue.params ?? {}) as { code?: string; help?: string | null };
      return add(isCode(code) ? code : 'HF103', issue.message, help ?? null);
    }
    case 'invalid_type':
      if (nodeAt(tree, path) !== undefined)
        return add('HF103', `expected ${kindName(issue.expected)}, found ${found(tree, path)}`, null);
      return [missingKey(path, tree)];
    case 'invalid_value':
      return add(
        'HF104',
        `${shown(tree, path)} is not allowed here`,
        `write one of ${issue.values.map(String).join(', ')}`,
      );
    case 'too_small':
      return add('HF105', `${found(tree, path)} is too short`, `it needs at least ${String(issue.minimum)}`);
    case 'too_big':
      return add('HF105', `${found(tree, path)} is too long`, `it has at most ${String(issue.maximum)}`);
    case 'invalid_format':
      return add(
        'HF108',
        `malformed: ${shown(tree, path)}`,
        issue.message.startsWith('Invalid') ? null : issue.message,
      );
    case 'invalid_key':
      return [
        {
          path,
          problem: problem(
            'HF108',
            keyOriginAt(tree, path),
            `malformed name: ${JSON.stringify(path[path.length - 1])}`,
            issue.issues[0]?.message ?? null,
          ),
        },
      ];
    case 'invalid_union':
      if (nodeAt(tree, path) === undefined) return [missingKey(path, tree)];
      return add(
        'HF106',
        `${found(tree, path)} is none of the forms this takes`,
        issue.message === '' ? null : `it needs one of the keys ${issue.message.replaceAll(' ', ', ')}`,
      );
    default:
      return add('HF103', issue.message, null);
  }
}

/** What to write for the keys that every file needs. */
const WRITE: Readonly<Record<string, string>> = {
  scenario: 'my-site',
  clock: '{ lasts: 12m }',
  lasts: '12m',
  traffic: '{ rate: 100/s }',
  stations: '{ desk: { servers: 4, service: 5ms } }',
  requests: '{ view: { path: [desk] } }',
  path: '[desk]',
  rate: '100/s',
  at: '0s',
  mean: '5ms',
  cv: '0.8',
  do: '[]',
  share: '20%',
  hit: '95%',
  id: 'latency',
  target: '"*"',
  expect: 'p99 < 200ms',
  perCaller: '10',
  burst: '2k',
};

function missingKey(path: Path, tree: Tree): PlacedProblem {
  const key = String(path[path.length - 1]);
  const help = Object.hasOwn(WRITE, key) ? `e.g. ${key}: ${WRITE[key] ?? ''}` : `add ${key}:`;
  return {
    path,
    problem: problem('HF102', originAt(tree, path), `missing key "${key}"${inside(path.slice(0, -1))}`, help),
  };
}

/** Problem of a key nobody knows at `path`; `known` are the keys that would be right there. */
export function unknownKey(path: Path, known: readonly string[], tree: Tree): PlacedProblem {
  const key = String(path[path.length - 1]);
  const where = inside(path.slice(0, -1));
  const origin = keyOriginAt(tree, path);
  if (LATER_KEYS.has(key)) {
    return {
      path,
      problem: problem(
        'HF107',
        origin,
        `"${key}" is not supported yet${where}`,
        'remove it: nothing of it would be simulated',
      ),
    };
  }
  const near = similarName(key, known);
  const help =
    near !== null
      ? `a key with a similar name exists: "${near}"`
      : key === 'value'
        ? 'the long form is { value, source, confidence }'
        : `keys known here: ${known.join(', ')}`;
  return { path, problem: problem('HF101', origin, `unknown key "${key}"${where}`, help) };
}

function inside(path: Path): string {
  if (path.length === 0) return '';
  return ` in ${path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('')}`;
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
  if (node?.kind === 'map') return 'a map';
  if (node?.kind === 'list') return 'a list';
  if (node === undefined || node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `the text ${shown(tree, path)}` : shown(tree, path);
}

function shown(tree: Tree, path: Path): string {
  const node = nodeAt(tree, path);
  if (node?.kind !== 'scalar') return 'this';
  const text = typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
