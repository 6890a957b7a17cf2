/** Text of a scenario → validated `Scenario`, everything that is wrong with it, and where each value came from. */
import type { Diagnostic } from '../base/diagnostics.ts';
import { readCatalogue, type PackedTexts } from '../scenario/catalogue.ts';
import { finishScenario, type FileTexts } from '../scenario/finish.ts';
import { problemsOf } from '../scenario/issues.ts';
import { applyOverrides, type Override } from '../scenario/overrides.ts';
import { placeOf, severityOf, toDiagnostics, type PlacedProblem, type Problem } from '../scenario/problem.ts';
import { checkReferences } from '../scenario/rules/rules.ts';
import { scenarioSchema, type ScenarioRead } from '../scenario/schema/scenario.ts';
import type { Place } from '../scenario/source-text.ts';
import { originAt, toPlain, type Tree } from '../scenario/tree.ts';
import type { LedgerEntry, Path, Scenario } from '../scenario/types.ts';
import { readYaml } from '../scenario/yaml-tree.ts';
import { assumedInputs, type AssumedInput } from './assumed.ts';
import { expandTree } from './expand/expand.ts';
import { ledgerOf } from './expand/ledger.ts';
import { printTree } from './expand/print.ts';

export interface LoadInput {
  /** Name of the file, as diagnostics print it. */
  readonly file: string;
  readonly text: string;
  /** Texts of catalog/, by file name. */
  readonly catalogue: Readonly<Record<string, string>>;
  /** Those of them that were read when the program was built; without it there are none. */
  readonly packed?: PackedTexts;
  readonly overrides: readonly Override[];
  /** Files that the scenario names, relative to it; without it there are none. */
  readonly files?: FileTexts;
  /** Most mistakes to list; 200 unless said. Errors are kept before warnings, and HF010 says how many are left out. */
  readonly maxErrors?: number;
}

export interface Loaded {
  /** As it was written, with the overrides; null when it could not be read. */
  readonly tree: Tree | null;
  /** null exactly when there is an error among the diagnostics. */
  readonly scenario: Scenario | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly ledger: readonly LedgerEntry[];
  /** What is only assumed, and where it can be changed. */
  readonly assumed: readonly AssumedInput[];
  /** Its station-level form. */
  readonly expandedTree: Tree | null;
  /** The station-level form as YAML, with the origin of every value as a comment. */
  readonly expandedText: string;
  /** Where to point the user for a path of the station-level form. */
  readonly position: (path: Path) => Place;
}

const DIAGNOSTICS_MAX = 200;

/** Never throws for anything a user can write. */
export function loadScenario(input: LoadInput): Loaded {
  const { tree, problems } = readYaml(input.file, input.text);
  if (tree === null) {
    return refused(input, [...readCatalogue(input.catalogue, input.packed).problems, ...problems]);
  }
  const set = applyOverrides(tree, input.overrides);
  return loadTree(input, set.tree, [...problems, ...set.problems]);
}

/** The same from a tree, whatever the text of the input is; `problems`: of reading it. */
export function loadTree(input: LoadInput, tree: Tree, problems: readonly Problem[] = []): Loaded {
  const catalogue = readCatalogue(input.catalogue, input.packed);
  const expanded = expandTree(tree, catalogue);
  const { read, shape } = readShape(expanded.tree);
  const broken = [...expanded.problems, ...shape];
  const finished = read === null ? null : finishScenario(read, expanded.tree, input.files ?? (() => null));
  const found = [
    ...[...catalogue.problems, ...problems],
    ...broken.map((each) => each.problem),
    ...checkReferences(expanded.tree, broken),
    ...(finished?.problems ?? []),
  ];
  const isSound = finished !== null && !found.some(({ code }) => severityOf(code) === 'error');
  const ledger = ledgerOf(expanded, finished?.scenario ?? null);
  return {
    tree,
    scenario: isSound ? finished.scenario : null,
    diagnostics: toDiagnostics(found, input.maxErrors ?? DIAGNOSTICS_MAX),
    ledger,
    get assumed() {
      return assumedInputs(tree, expanded, ledger);
    },
    expandedTree: expanded.tree,
    // On demand: it takes longer than all the rest, and a study loads a scenario many times.
    get expandedText() {
      return printTree(expanded.tree, ledger);
    },
    position: (path) => placeOf(originAt(expanded.tree, path)),
  };
}

function refused(input: LoadInput, problems: readonly Problem[]): Loaded {
  const diagnostics = toDiagnostics(problems, input.maxErrors ?? DIAGNOSTICS_MAX);
  const top: Place = { file: input.file, line: 1, col: 1, length: 1, sourceLine: null };
  return {
    tree: null,
    scenario: null,
    diagnostics,
    ledger: [],
    assumed: [],
    expandedTree: null,
    expandedText: '',
    position: () => top,
  };
}

function readShape(tree: Tree): { read: ScenarioRead | null; shape: readonly PlacedProblem[] } {
  // Compiling a schema costs more than reading a few dozen scenarios with it saves.
  const result = scenarioSchema.safeParse(toPlain(tree), { jitless: true });
  if (result.success) return { read: result.data, shape: [] };
  return { read: null, shape: problemsOf(result.error.issues, tree) };
}
