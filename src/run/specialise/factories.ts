/** Factories whose functions can be read: each from its own source text, with the values its names have. */
import {
  parse,
  type AnyNode,
  type FunctionDeclaration,
  type Identifier,
  type Pattern,
  type Statement,
} from 'acorn';
import { compiled } from '../compiled.ts';

/** A function that can be written into another one. */
export interface Readable {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: readonly Statement[];
  /** Names that it assigns to after they were declared, parameters among them. */
  readonly assigned: ReadonlySet<string>;
  /** Values of the names around it; null where it stands alone. */
  readonly around: Readonly<Record<string, unknown>> | null;
}

type AnyFunction = (...args: never[]) => unknown;

/** What is readable of the functions of one kernel. */
export class Library {
  readonly #functions = new Map<unknown, Readable>();

  /**
   * A copy of a factory, compiled for itself alone, whose functions are readable. A factory is a function of `const`s,
   * functions, and one `return` of an object at its end.
   */
  take = <F>(factory: F): F => {
    const text = String(factory);
    const [declaration] = parse(text, { ecmaVersion: 'latest' }).body;
    if (declaration?.type !== 'FunctionDeclaration') throw new RangeError('a factory is a declared function');
    const { body } = declaration.body;
    const last = body.at(-1);
    if (last?.type !== 'ReturnStatement' || last.argument == null)
      throw new RangeError('a factory ends by returning its functions');
    const result = text.slice(last.argument.start, last.argument.end);
    if (body.some((each) => each.type === 'VariableDeclaration' && each.kind !== 'const'))
      throw new RangeError('a factory keeps no state of its own');
    const names = [...declaration.params.flatMap(namesOf), ...body.flatMap(declaredNames)];
    const exposing = `${text.slice(0, last.start)} return [${result}, { ${names.join(', ')} }]; }`;
    const copy = compiled(exposing) as (...args: unknown[]) => [unknown, Record<string, unknown>];
    return ((...args: unknown[]) => {
      const [functions, around] = copy(...args);
      for (const statement of body)
        if (statement.type === 'FunctionDeclaration')
          this.#functions.set(around[statement.id.name], readable(statement, around));
      return functions;
    }) as F;
  };

  /** Adds a function that uses no names but its own and those of the language. */
  add(alone: AnyFunction): void {
    const [declaration] = parse(String(alone), { ecmaVersion: 'latest' }).body;
    if (declaration?.type === 'FunctionDeclaration') this.#functions.set(alone, readable(declaration, null));
  }

  find(value: unknown): Readable | undefined {
    return this.#functions.get(value);
  }
}

function readable(
  declaration: FunctionDeclaration,
  around: Readonly<Record<string, unknown>> | null,
): Readable {
  return {
    name: declaration.id.name,
    parameters: declaration.params.map((parameter) => (parameter as Identifier).name),
    body: declaration.body.body,
    assigned: assignedNames(declaration.body),
    around,
  };
}

/** Names that the statements of a factory declare. */
function declaredNames(statement: AnyNode): readonly string[] {
  if (statement.type === 'FunctionDeclaration') return statement.id == null ? [] : [statement.id.name];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id }) => namesOf(id));
}

function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') throw new RangeError(`a factory does not declare a ${pattern.type}`);
  return pattern.properties.flatMap((property) =>
    property.type === 'Property' ? namesOf(property.value) : [],
  );
}

const assignedIn = new WeakMap<AnyNode, ReadonlySet<string>>();

/** Names that something in the tree assigns to. */
export function assignedNames(tree: AnyNode): ReadonlySet<string> {
  const found = assignedIn.get(tree);
  if (found !== undefined) return found;
  const names = new Set<string>();
  assignedIn.set(tree, names);
  const add = (target: AnyNode): void => {
    if (target.type === 'Identifier') names.add(target.name);
  };
  visit(tree, (node) => {
    if (node.type === 'AssignmentExpression') add(node.left);
    if (node.type === 'UpdateExpression') add(node.argument);
    if (node.type === 'VariableDeclaration')
      for (const { id, init } of node.declarations) if (init == null) add(id);
  });
  return names;
}

function visit(node: AnyNode, look: (node: AnyNode) => void): void {
  look(node);
  for (const part of Object.values(node) as unknown[]) {
    for (const each of Array.isArray(part) ? (part as unknown[]) : [part])
      if (each !== null && typeof each === 'object' && 'type' in each) visit(each as AnyNode, look);
  }
}
