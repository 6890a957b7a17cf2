/**
 * Presets as data: `kind: redis-cluster` with its parameters and the station it stands for, `type: compute` with the
 * words of a machine. Files are told apart by their first word, not by their name.
 */
import { problem, type Problem } from './problem.ts';
import { readNote } from './long-form.ts';
import { unpackText, type PackedText } from './packed-tree.ts';
import { PARAMETER_TYPES, type ParameterType } from './schema/parameter.ts';
import { entriesOf, flowText, toPlain, type MapTree, type Note, type Plain, type Tree } from './tree.ts';
import { readYaml } from './yaml-tree.ts';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly description: string;
  /** What it is unless the scenario says otherwise; null = nothing. */
  readonly value: Tree | null;
  readonly required: boolean;
  readonly example: Plain;
  /** Plausible values from and to, as written; null = any. */
  readonly range: readonly [Tree, Tree] | null;
  readonly choices: readonly string[];
  readonly note: Note;
}

export interface Preset {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly station: MapTree;
  /** What a path element means that names only the station. */
  readonly defaultOperation: string | null;
}

export interface HostType {
  readonly type: string;
  readonly host: MapTree;
}

export interface Catalogue {
  readonly presets: ReadonlyMap<string, Preset>;
  readonly hostTypes: ReadonlyMap<string, HostType>;
  readonly problems: readonly Problem[];
}

const read = new WeakMap<Readonly<Record<string, string>>, Catalogue>();

/** Files that were read when the program was built, by name. */
export type PackedTexts = Readonly<Record<string, PackedText>>;

/**
 * Reads all files; the same object is read once, because a study loads a scenario many times. A file that is `packed`
 * with the same text needs no reading.
 */
export function readCatalogue(texts: Readonly<Record<string, string>>, packed: PackedTexts = {}): Catalogue {
  const known = read.get(texts);
  if (known !== undefined) return known;
  const presets = new Map<string, Preset>();
  const hostTypes = new Map<string, HostType>();
  const problems: Problem[] = [];
  for (const [file, text] of Object.entries(texts)) {
    const ready = packed[file];
    const { tree, problems: faults } =
      ready?.text === text ? { tree: unpackText(file, ready), problems: [] } : readYaml(file, text);
    for (const fault of faults) problems.push(fault);
    if (tree?.kind !== 'map') continue;
    const kind = textAt(tree, 'kind');
    const type = textAt(tree, 'type');
    if (kind !== null) presets.set(kind, readPreset(tree, kind, problems));
    else if (type !== null) hostTypes.set(type, readHostType(tree, type, problems));
    else
      problems.push(
        problem('HF403', tree.origin, 'neither kind: nor type:', 'begin with kind: my-component'),
      );
  }
  const catalogue = { presets, hostTypes, problems };
  read.set(texts, catalogue);
  return catalogue;
}

function readPreset(tree: MapTree, kind: string, problems: Problem[]): Preset {
  const parameters = new Map<string, Parameter>();
  for (const [name, { key, value }] of entriesOf(tree.entries.get('parameters')?.value)) {
    const parameter = value.kind === 'map' ? readParameter(name, value, problems) : null;
    if (parameter === null) problems.push(problem('HF403', key, `parameter ${name} has no type`, null));
    else parameters.set(name, parameter);
  }
  return {
    kind,
    title: textAt(tree, 'title') ?? kind,
    description: textAt(tree, 'description') ?? '',
    parameters,
    station: mapAt(tree, 'station', problems),
    defaultOperation: textAt(tree, 'defaultOperation'),
  };
}

function readParameter(name: string, map: MapTree, problems: Problem[]): Parameter | null {
  const type = PARAMETER_TYPES.find((each) => each === textAt(map, 'type'));
  if (type === undefined) return null;
  const note = readNote(map, problems);
  const value = map.entries.get('value')?.value;
  const range = map.entries.get('range')?.value;
  const [from, to] = range?.kind === 'list' ? range.items : [];
  const choices = map.entries.get('choices')?.value;
  const example = map.entries.get('example')?.value ?? value;
  return {
    name,
    type,
    description: textAt(map, 'description') ?? '',
    value: value === undefined ? null : { ...value, note },
    required: map.entries.has('required'),
    example: example === undefined ? null : toPlain(example),
    range: from !== undefined && to !== undefined ? [from, to] : null,
    choices: choices?.kind === 'list' ? choices.items.map((each) => flowText(toPlain(each))) : [],
    note,
  };
}

function readHostType(tree: MapTree, type: string, problems: Problem[]): HostType {
  return { type, host: mapAt(tree, 'host', problems) };
}

function textAt(map: MapTree, key: string): string | null {
  const node = map.entries.get(key)?.value;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

function mapAt(tree: MapTree, key: string, problems: Problem[]): MapTree {
  const node = tree.entries.get(key)?.value;
  if (node?.kind === 'map') return node;
  problems.push(problem('HF403', tree.origin, `missing map "${key}"`, null));
  return { kind: 'map', entries: new Map(), origin: tree.origin, note: null };
}
