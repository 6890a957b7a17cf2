/** One entry of `layers` → one station: parameters into the preset's template, station words of the user on top. */
import type { Catalogue, Parameter, Preset } from '../../scenario/catalogue.ts';
import { similarName } from '../../base/similar.ts';
import { problemsOf } from '../../scenario/issues.ts';
import { problem, type PlacedProblem } from '../../scenario/problem.ts';
import { parameterSchema } from '../../scenario/schema/parameter.ts';
import { stationShape } from '../../scenario/schema/station.ts';
import { toPlain, type Entry, type MapTree, type Tree } from '../../scenario/tree.ts';
import { unknownKey } from '../../scenario/unknown-key.ts';
import { checkRange } from './range.ts';
import { instantiate, type Instance } from './template.ts';

const STATION_WORDS: ReadonlySet<string> = new Set(Object.keys(stationShape));
/** Words whose keys are merged one by one with the preset's; any other word replaces the preset's. */
const MERGED_WORDS: ReadonlySet<string> = new Set(['pool', 'threads', 'balance', 'operations']);

export interface ExpandedLayer {
  readonly station: MapTree;
  readonly defaultOperation: string | null;
  /** Parameters for the record alone. */
  readonly recorded: Instance['recorded'];
}

/** `root` is the whole tree, for positions. A layer that cannot be expanded is an empty station with a problem. */
export function expandLayer(
  name: string,
  entry: Entry,
  root: Tree,
  catalogue: Catalogue,
  problems: PlacedProblem[],
): ExpandedLayer {
  const empty: MapTree = { kind: 'map', entries: new Map(), origin: entry.key, note: null };
  const preset = entry.value.kind === 'map' ? presetOf(name, entry.value, entry, catalogue, problems) : null;
  if (entry.value.kind !== 'map') {
    const help = 'write e.g. { kind: nginx, replicas: 100 }';
    problems.push({
      path: ['stations', name],
      problem: problem('HF103', entry.key, `layer ${name} is no map`, help),
    });
  }
  if (preset === null || entry.value.kind !== 'map') {
    return { station: empty, defaultOperation: null, recorded: [] };
  }
  const { values, words, unknown } = sortKeys(name, entry.value, preset, root, problems);
  for (const parameter of preset.parameters.values()) {
    if (!parameter.required || values.has(parameter.name)) continue;
    // A misspelt key is already a problem of its own.
    if (unknown.some((key) => similarName(key, [parameter.name]) !== null)) continue;
    const message = `missing key "${parameter.name}" in layers.${name}: ${parameter.description}`;
    const help = `e.g. ${parameter.name}: ${JSON.stringify(parameter.example)}`;
    problems.push({
      path: ['stations', name, parameter.name],
      problem: problem('HF402', entry.key, message, help),
    });
  }
  problems.push(...checkService(name, words, preset));
  const askedAt = entry.value.entries.get('kind')?.value.origin ?? entry.key;
  const { station, recorded } = instantiate(preset, values, askedAt);
  return { station: merge(station, words), defaultOperation: preset.defaultOperation, recorded };
}

function presetOf(
  name: string,
  layer: MapTree,
  entry: Entry,
  catalogue: Catalogue,
  problems: PlacedProblem[],
): Preset | null {
  const kind = layer.entries.get('kind')?.value;
  const kinds = [...catalogue.presets.keys()];
  const known = kind?.kind === 'scalar' ? catalogue.presets.get(String(kind.value)) : undefined;
  if (known !== undefined) return known;
  const path = ['stations', name];
  if (kind === undefined) {
    const help = `kinds are ${kinds.join(', ')}; stations without a kind belong under stations:`;
    problems.push({
      path,
      problem: problem('HF102', entry.key, `missing key "kind" in layers.${name}`, help),
    });
    return null;
  }
  const word = kind.kind === 'scalar' ? String(kind.value) : 'a structure';
  const near = similarName(word, kinds);
  const help =
    near === null ? `kinds are ${kinds.join(', ')}` : `a kind with a similar name exists: "${near}"`;
  problems.push({
    path,
    problem: problem('HF401', kind.origin, `unknown kind: ${JSON.stringify(word)}`, help),
  });
  return null;
}

interface SortedKeys {
  readonly values: ReadonlyMap<string, Tree>;
  readonly words: ReadonlyMap<string, Entry>;
  readonly unknown: readonly string[];
}

/** Splits the keys of a layer into parameters of its preset and station words; a parameter wins over a word. */
function sortKeys(
  name: string,
  layer: MapTree,
  preset: Preset,
  root: Tree,
  problems: PlacedProblem[],
): SortedKeys {
  const values = new Map<string, Tree>();
  const words = new Map<string, Entry>();
  const unknown: string[] = [];
  for (const [key, entry] of layer.entries) {
    if (key === 'kind') continue;
    const parameter = preset.parameters.get(key);
    if (parameter !== undefined && !isWordInstead(parameter, entry.value)) {
      for (const each of checkValue(name, parameter, entry.value, root)) problems.push(each);
      values.set(key, entry.value);
    } else if (STATION_WORDS.has(key)) {
      words.set(key, entry);
    } else {
      const known = [...preset.parameters.keys(), ...STATION_WORDS];
      unknown.push(key);
      problems.push({ ...unknownKey(['layers', name, key], known, root), path: ['stations', name, key] });
    }
  }
  return { values, words, unknown };
}

/** `threads: {count: 200, acquireTimeout: 1s}` means the station word although the preset has a count `threads`. */
function isWordInstead(parameter: Parameter, value: Tree): boolean {
  return value.kind === 'map' && parameter.type !== 'distribution' && STATION_WORDS.has(parameter.name);
}

function checkValue(layer: string, parameter: Parameter, value: Tree, root: Tree): PlacedProblem[] {
  const result = parameterSchema(parameter).safeParse(toPlain(value));
  if (result.success) return checkRange(layer, parameter, value, result.data);
  return problemsOf(result.error.issues, root, ['layers', layer, parameter.name]);
}

/** `service` is the time of a plain visit, and the bare name of such a layer means an operation instead. */
function checkService(
  name: string,
  words: ReadonlyMap<string, Entry>,
  { defaultOperation }: Preset,
): PlacedProblem[] {
  const service = words.get('service');
  if (service === undefined || defaultOperation === null) return [];
  const help = `a visit to ${name} means ${name}.${defaultOperation}: change its parameters or its operations`;
  const message = `service of ${name} has no effect`;
  return [{ path: ['stations', name, 'service'], problem: problem('HF313', service.key, message, help) }];
}

function merge(station: MapTree, words: ReadonlyMap<string, Entry>): MapTree {
  const entries = new Map(station.entries);
  for (const [word, entry] of words) {
    const own = entries.get(word)?.value;
    const both = MERGED_WORDS.has(word) && own?.kind === 'map' && entry.value.kind === 'map';
    const value = both
      ? { ...entry.value, entries: new Map([...own.entries, ...entry.value.entries]) }
      : entry.value;
    entries.set(word, { key: entry.key, value });
  }
  return { ...station, entries };
}
