import { posix } from 'node:path';
import ts from 'typescript';
import {
  AMBIENT_NAMES,
  ENTRY_POINTS,
  FILE_LINES_MAX,
  FUNCTION_LINES_MAX,
  isFactoryFile,
  MAY_BE_LONG,
  MAY_IMPORT,
  mayTouchTheWorld,
  mayUseTranscendentals,
  PACKAGE_FOLDERS,
  TRANSCENDENTALS,
} from './house-table.ts';

/** A file of src/; `path` is relative to it, with forward slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export const RULES = [
  ...(['folder', 'layer', 'cycle', 'package', 'ambient', 'transcendental'] as const),
  ...(['unused-file', 'long-file', 'long-function', 'factory'] as const),
];
export type Rule = (typeof RULES)[number];

export interface Violation {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** `url` is `new URL('./x.js', import.meta.url)`: how a thread's entry file is named. */
type ImportKind = 'value' | 'type' | 'url';

interface Import {
  readonly kind: ImportKind;
  readonly specifier: string;
  /** Path inside src/ for relative specifiers, else undefined. May start with `..`. */
  readonly target: string | undefined;
  readonly line: number;
}

interface ParsedFile extends SourceText {
  readonly folder: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/**
 * Every violation of the house rules in these files of src/.
 *
 * `usedByTests` are paths that tests import: formulas in theory/ and stats/ may exist for tests alone,
 * anything else that only a test uses is dead.
 */
export function checkHouse(sources: readonly SourceText[], usedByTests: ReadonlySet<string>): Violation[] {
  const files = sources.map(parseFile);
  return [
    ...files.flatMap(checkFolder),
    ...files.flatMap(checkImports),
    ...files.flatMap(checkSyntax),
    ...files.flatMap(checkFileLength),
    ...files.flatMap(checkFactories),
    ...findCycles(files),
    ...findUnusedFiles(files, usedByTests),
  ];
}

/** Paths inside src/ that a file imports; `path` is relative to src/, so tests start with `../tests/`. */
export function importedPaths(source: SourceText): string[] {
  return parseFile(source).imports.flatMap(({ target }) => target ?? []);
}

function parseFile({ path, text }: SourceText): ParsedFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  forEachNode(tree, (node) => {
    const found = importOf(node);
    if (found === undefined) return;
    const [kind, specifier] = found;
    imports.push({ kind, specifier, target: resolveSpecifier(path, specifier), line: lineOf(tree, node) });
  });
  return { path, text, folder: path.includes('/') ? path.split('/')[0]! : '', tree, imports };
}

/**
 * What this node imports. `import { type T }` counts as a value: verbatimModuleSyntax keeps the
 * statement, so the file is loaded.
 */
function importOf(node: ts.Node): [ImportKind, string] | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const isType = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return [isType ? 'type' : 'value', node.moduleSpecifier.text];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return [node.isTypeOnly ? 'type' : 'value', node.moduleSpecifier.text];
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return ['type', literalText(node.argument.literal)];
  }
  if (ts.isCallExpression(node) && isModuleLoader(node.expression)) {
    return ['value', literalText(node.arguments[0])];
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.length === 2) {
    if (node.arguments[1]!.getText() === 'import.meta.url') return ['url', literalText(node.arguments[0])];
  }
  return undefined;
}

function isModuleLoader(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
  );
}

/** A computed specifier cannot be checked: its source text stands for it and is in no list. */
function literalText(node: ts.Node | undefined): string {
  if (node === undefined) return '';
  return ts.isStringLiteralLike(node) ? node.text : node.getText();
}

function resolveSpecifier(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

function checkFolder({ path, folder }: ParsedFile): Violation[] {
  if (!path.endsWith('.ts')) return [violation('folder', path, 1, 'only .ts files: tsc copies nothing else')];
  if (folder in MAY_IMPORT) return [];
  return [violation('folder', path, 1, `src/${folder} is no folder of the house`)];
}

function checkImports(file: ParsedFile): Violation[] {
  return file.imports.flatMap((each) => {
    if (each.target !== undefined) return checkLayer(file, each, each.target);
    return each.kind === 'url' ? [] : checkPackage(file, each);
  });
}

function checkLayer({ path, folder }: ParsedFile, { kind, line }: Import, target: string): Violation[] {
  if (target.startsWith('..')) {
    return kind === 'url' ? [] : [violation('layer', path, line, `${target} lies outside src/`)];
  }
  const targetFolder = target.split('/')[0]!;
  if (targetFolder === folder) return [];
  const access = MAY_IMPORT[folder]?.[targetFolder];
  if (access === 'all' || (access === 'types' && kind === 'type')) return [];
  const allowed =
    access === 'types' ? `only with "import type" from ${targetFolder}/` : `not ${targetFolder}/`;
  return [violation('layer', path, line, `${folder}/ may import ${allowed}`)];
}

function checkPackage({ path, folder }: ParsedFile, { specifier, line }: Import): Violation[] {
  if (specifier.startsWith('node:')) {
    return mayTouchTheWorld(path) ? [] : [violation('ambient', path, line, `${specifier} belongs in cli/`)];
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const folders = Object.hasOwn(PACKAGE_FOLDERS, name) ? PACKAGE_FOLDERS[name]! : [];
  if (folders.includes(folder)) return [];
  const where = folders.length === 0 ? 'is in no list' : `belongs in ${folders.join(', ')}`;
  return [violation('package', path, line, `${name} ${where}`)];
}

function checkSyntax({ path, tree }: ParsedFile): Violation[] {
  const found: Violation[] = [];
  const add = (rule: Rule, node: ts.Node, message: string) => {
    found.push(violation(rule, path, lineOf(tree, node), message));
  };
  forEachNode(tree, (node) => {
    if (ts.isIdentifier(node) && !isMemberName(node)) {
      if (AMBIENT_NAMES.has(node.text) && !mayTouchTheWorld(path)) add('ambient', node, node.text);
      if (node.text === 'Math') checkMath(path, node, add);
    }
    if (isInexactPower(node) && !mayUseTranscendentals(path)) add('transcendental', node, node.getText());
    if (isFunctionWithBody(node) && !MAY_BE_LONG.has(path)) {
      const lines = ownLines(tree, node);
      const limit = `the limit is ${FUNCTION_LINES_MAX}`;
      if (lines > FUNCTION_LINES_MAX) add('long-function', node, `${lines} lines; ${limit}`);
    }
  });
  return found;
}

/** Math.random and transcendentals by name; any other use of Math could hide them. */
function checkMath(
  path: string,
  node: ts.Identifier,
  add: (rule: Rule, n: ts.Node, m: string) => void,
): void {
  const { parent } = node;
  const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
  if (member === undefined) add('ambient', node, 'write Math.name, so that the name can be checked');
  else if (member === 'random' && !mayTouchTheWorld(path)) add('ambient', node, 'Math.random');
  else if (TRANSCENDENTALS.has(member) && !mayUseTranscendentals(path)) {
    add('transcendental', node, `Math.${member}`);
  }
}

/** `x ** 2` is one multiplication and `2n ** 64n` an exact integer; any other power is pow(). */
function isInexactPower(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  if (
    operator !== ts.SyntaxKind.AsteriskAsteriskToken &&
    operator !== ts.SyntaxKind.AsteriskAsteriskEqualsToken
  ) {
    return false;
  }
  return node.right.getText() !== '2' && !ts.isBigIntLiteral(node.right);
}

/** The x of `a.x`, `{ x: 1 }`, `interface { x: T }`: a name that reaches nothing outside. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  const isMember =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent);
  const isMethod = ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent) || ts.isAccessor(parent);
  return (isMember || isMethod) && parent.name === node;
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

/** Lines of a function without the functions declared in it and what is said of them, which count by themselves. */
function ownLines(tree: ts.SourceFile, node: ts.FunctionLikeDeclaration): number {
  const linesOf = (each: ts.Node, from?: number): number =>
    lineOf(tree, each, each.end) - lineOf(tree, each, from) + 1;
  const { body } = node;
  const statements = body !== undefined && ts.isBlock(body) ? [...body.statements] : [];
  const inner = statements.filter((each) => ts.isFunctionDeclaration(each));
  return inner.reduce((lines, each) => lines - linesOf(each, each.getFullStart() + 1), linesOf(node));
}

/** What a copy of a factory's text cannot see: imported values, and anything beside the one factory of its file. */
function checkFactories({ path, tree, imports }: ParsedFile): Violation[] {
  if (!isFactoryFile(path)) return [];
  const values = imports.filter(({ kind }) => kind !== 'type');
  const beside = tree.statements.filter(
    (each) =>
      !ts.isImportDeclaration(each) &&
      !ts.isInterfaceDeclaration(each) &&
      !ts.isTypeAliasDeclaration(each) &&
      !(ts.isFunctionDeclaration(each) && each.name?.text.startsWith('make') === true),
  );
  const why = 'a copy of the factory does not see it';
  return [
    ...values.map(({ line, specifier }) => violation('factory', path, line, `${specifier}: ${why}`)),
    ...beside.map((each) => violation('factory', path, lineOf(tree, each), why)),
  ];
}

function checkFileLength({ path, text }: ParsedFile): Violation[] {
  const lines = text.trimEnd().split('\n').length;
  if (lines <= FILE_LINES_MAX || MAY_BE_LONG.has(path)) return [];
  return [violation('long-file', path, FILE_LINES_MAX, `${lines} lines; the limit is ${FILE_LINES_MAX}`)];
}

/** Depth-first; each cycle is reported once, at the import that closes it. Types count: readers follow them. */
function findCycles(files: readonly ParsedFile[]): Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const trail: string[] = [];
  const found: Violation[] = [];
  const visit = (file: ParsedFile): void => {
    trail.push(file.path);
    for (const { kind, target, line } of file.imports) {
      const next = target === undefined || kind === 'url' ? undefined : byPath.get(target);
      if (next === undefined || done.has(next.path)) continue;
      const start = trail.indexOf(next.path);
      if (start < 0) visit(next);
      else found.push(violation('cycle', file.path, line, [...trail.slice(start), next.path].join(' → ')));
    }
    trail.pop();
    done.add(file.path);
  };
  for (const file of files) if (!done.has(file.path)) visit(file);
  return found;
}

/** Folders of formulas that are kept whole, whether or not the product needs each of them yet. */
const SHELVES: ReadonlySet<string> = new Set(['theory', 'stats']);

/** Without cycles, "imported by something" is the same as "reachable from an entry point". */
function findUnusedFiles(files: readonly ParsedFile[], usedByTests: ReadonlySet<string>): Violation[] {
  if (!files.some(({ path }) => ENTRY_POINTS.includes(path))) return []; // not wired up yet: nothing to reach from
  const used = new Set([
    ...ENTRY_POINTS,
    ...files.flatMap(({ imports }) => imports.flatMap((i) => i.target ?? [])),
  ]);
  return files
    .filter(({ path, folder }) => !used.has(path) && !(SHELVES.has(folder) && usedByTests.has(path)))
    .map(({ path }) => violation('unused-file', path, 1, 'nothing imports this file'));
}

function violation(rule: Rule, path: string, line: number, message: string): Violation {
  return { rule, path, line, message };
}

function lineOf(tree: ts.SourceFile, node: ts.Node, position = node.getStart(tree)): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1;
}

function forEachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    forEachNode(child, visit);
  });
}
