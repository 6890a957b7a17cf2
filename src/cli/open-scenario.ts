import { dirname, isAbsolute, join } from 'node:path';
import { createHash } from 'node:crypto';
import { UserError } from '../base/diagnostics.ts';
import { loadScenario, loadTree, type Loaded } from '../compile/load.ts';
import { applyOverrides, type Override } from '../scenario/overrides.ts';
import type { Tree } from '../scenario/tree.ts';
import type { Scenario } from '../scenario/types.ts';
import { readYaml } from '../scenario/yaml-tree.ts';
import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { Io } from './io.ts';
import { readCatalogueTexts, readPackedCatalogue } from './package-files.ts';

/** Larger files are refused before they are read; the language has a limit of its own far below. */
const SCENARIO_BYTES_MAX = 64 * 1024 * 1024;
/** A trace of some 100 million arrivals. */
const DATA_BYTES_MAX = 2 * 1024 * 1024 * 1024 - 1;

export interface OpenedScenario {
  readonly loaded: Loaded;
  /** Of the scenario's text and, if there are any, of the overrides behind it; in hex. */
  readonly sha256: string;
  readonly text: string;
  /** Text of a file that the scenario names, relative to it; null when it cannot be read. */
  readonly readText: (name: string) => string | null;
}

/**
 * Reads and validates a scenario file; `tree`: in place of what it says.
 *
 * @throws {UserError} when it cannot be read at all.
 */
export function openScenario(
  io: Io,
  file: string,
  overrides: readonly Override[],
  tree: Tree | null = null,
): OpenedScenario {
  const bytes = withFile(file, ExitCode.invalid, () => {
    if (io.files.isFolder(file))
      throw new UserError(`${file}: it is a folder; name a scenario file`, ExitCode.invalid);
    checkSize(io, file, SCENARIO_BYTES_MAX);
    return io.files.read(file);
  });
  const text = new TextDecoder().decode(bytes);
  const readText = textReader(io, file);
  const catalogue = readCatalogueTexts(io);
  const packed = readPackedCatalogue(io);
  const input = { file, text, catalogue, packed, overrides, files: readText };
  const loaded = tree === null ? loadScenario(input) : loadTree(input, tree);
  return { loaded, sha256: hashOf(bytes, overrides), text, readText };
}

/** What a scenario's text says, wherever that was kept; null where it is no YAML. `file`: what its positions are in. */
export function treeOf(file: string, text: string, overrides: readonly Override[]): Tree | null {
  const { tree } = readYaml(file, text);
  return tree === null ? null : applyOverrides(tree, overrides).tree;
}

/** The scenario, or all that is wrong with it. @throws {UserError} with the diagnostics when it is invalid. */
export function validScenario({ loaded }: OpenedScenario): Scenario {
  if (loaded.scenario !== null) return loaded.scenario;
  throw new UserError('', ExitCode.invalid, loaded.diagnostics);
}

/** Texts of the data files that the scenario names (CSV columns, traces). @throws {UserError} when one is missing. */
export function readDataFiles(io: Io, file: string, scenario: Scenario): Map<string, string> {
  const names = [...dataFileNames(scenario)];
  return new Map(names.map((name) => [name, readBeside(io, file, name).text]));
}

/** A file that a scenario names; paths are relative to the scenario's. @throws {UserError} when it cannot be read. */
export function readBeside(io: Io, file: string, name: string): { path: string; text: string } {
  const path = besideScenario(file, name);
  return withFile(`${path} (named in ${file})`, ExitCode.invalid, () => {
    checkSize(io, path, DATA_BYTES_MAX);
    return { path, text: new TextDecoder().decode(io.files.read(path)) };
  });
}

/** Names of all files in distributions and traces, wherever they stand in the scenario. */
function dataFileNames(part: unknown): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const isData =
      ('family' in value && value.family === 'csv') || ('model' in value && value.model === 'trace');
    if (isData && 'file' in value && typeof value.file === 'string') names.add(value.file);
    Object.values(value).forEach(visit);
  };
  visit(part);
  return names;
}

function textReader(io: Io, file: string): (name: string) => string | null {
  return (name) => {
    const path = besideScenario(file, name);
    if (!io.files.exists(path) || io.files.isFolder(path)) return null;
    return readBeside(io, file, name).text;
  };
}

function besideScenario(file: string, name: string): string {
  return isAbsolute(name) ? name : join(dirname(file), name);
}

function checkSize(io: Io, path: string, max: number): void {
  const size = io.files.size(path);
  if (size > max)
    throw new UserError(`${path}: ${size} bytes are too many; the limit is ${max}`, ExitCode.invalid);
}

/** Without overrides this is what `sha256sum` prints for the file. */
function hashOf(bytes: Uint8Array, overrides: readonly Override[]): string {
  const hash = createHash('sha256').update(bytes);
  for (const { path, value } of overrides) hash.update(`\n--set ${path}=${value}`);
  return hash.digest('hex');
}
