/**
 * Writes expressions with everything put in that is known already. Values come in the order in which the language
 * evaluates them: where writing an operand needs statements of its own, the operands before it are kept in names first.
 */
import type {
  AnyNode,
  AssignmentExpression,
  CallExpression,
  ConditionalExpression,
  Expression,
  MemberExpression,
  UpdateExpression,
} from 'acorn';
import type { Frame } from './frame.ts';
import { code, known, Unsupported, type Code, type Value } from './values.ts';
import { textOf, type Writer } from './writer.ts';

const GLOBALS: Readonly<Record<string, unknown>> = { Infinity, NaN, undefined };
const GLOBAL_NAMES: ReadonlySet<string> = new Set(['Math', 'RangeError', 'Uint32Array']);

const BINARY: Readonly<Record<string, (a: never, b: never) => unknown>> = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '&': (a: number, b: number) => a & b,
  '|': (a: number, b: number) => a | b,
  '^': (a: number, b: number) => a ^ b,
  '<<': (a: number, b: number) => a << b,
  '>>': (a: number, b: number) => a >> b,
  '>>>': (a: number, b: number) => a >>> b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '===': (a: unknown, b: unknown) => a === b,
  '!==': (a: unknown, b: unknown) => a !== b,
};

const UNARY: Readonly<Record<string, (a: never) => unknown>> = {
  '-': (a: number) => -a,
  '~': (a: number) => ~a,
  '!': (a: unknown) => !a,
};

export abstract class ExpressionWriter {
  protected readonly writer: Writer;
  /** Objects and arrays whose members never change. */
  readonly #constants: ReadonlySet<unknown>;
  /** Above 0 where what is written may not be evaluated, or more than once: no statement may stand before it. */
  protected fixed = 0;

  constructor(writer: Writer, constants: ReadonlySet<unknown>) {
    this.writer = writer;
    this.#constants = constants;
  }

  protected abstract call(node: CallExpression, frame: Frame): Value;

  protected expression(node: AnyNode, frame: Frame): Value {
    switch (node.type) {
      case 'Literal':
        return known(node.value);
      case 'Identifier':
        return this.identifier(node.name, frame);
      case 'MemberExpression':
        return this.member(node, frame);
      case 'BinaryExpression':
        return this.binary(node.operator, [node.left, node.right], frame);
      case 'LogicalExpression':
        return this.logical(node.operator, node.left, node.right, frame);
      case 'ConditionalExpression':
        return this.conditional(node, frame);
      case 'UnaryExpression':
        return this.unary(node.operator, node.argument, frame);
      case 'CallExpression':
        return this.call(node, frame);
      case 'AssignmentExpression':
        return this.assignment(node, frame);
      case 'UpdateExpression':
        return this.update(node, frame);
      case 'NewExpression': {
        const [made, ...given] = this.operands([node.callee, ...node.arguments], frame);
        return code(`new ${this.text(made!)}(${given.map((each) => this.text(each)).join(', ')})`);
      }
      default:
        throw new Unsupported(node.type);
    }
  }

  protected text(value: Value, wish?: string): string {
    return textOf(this.writer, value, wish);
  }

  /** Values of several expressions, evaluated one after the other. */
  protected operands(nodes: readonly AnyNode[], frame: Frame): Value[] {
    const values: Value[] = [];
    for (const node of nodes) {
      const mark = this.writer.mark;
      const value = this.expression(node, frame);
      if (this.writer.mark > mark) {
        let at = mark;
        values.forEach((before, index) => {
          if (!before.known && !before.stable) values[index] = this.keep(before, at++);
        });
      }
      values.push(value);
    }
    return values;
  }

  /** Keeps a value in a name of its own, declared at `mark`. */
  protected keep(value: Code, mark = this.writer.mark, wish = 'kept'): Code {
    const name = this.writer.fresh(wish);
    this.writer.insert(mark, `const ${name} = ${value.text};`);
    return code(name, true);
  }

  protected identifier(name: string, frame: Frame): Value {
    const { cases } = frame;
    if (cases !== null && name === cases.parameter)
      return cases.at === null ? code(cases.parameter) : known(cases.at);
    const found = frame.scope.find(name);
    if (found !== undefined) return found;
    const { around } = frame.readable;
    if (around !== null && name in around) return known(around[name]);
    if (name in GLOBALS) return known(GLOBALS[name]);
    if (GLOBAL_NAMES.has(name)) return code(name, true);
    throw new Unsupported(`the name ${name}`);
  }

  /** A member of an object, as value or as target of an assignment. */
  private member(node: MemberExpression, frame: Frame): Value {
    if (!node.computed) {
      const object = this.expression(node.object, frame);
      return this.property(object, (node.property as { name: string }).name, nameOf(node.object));
    }
    const [object, index] = this.operands([node.object, node.property], frame);
    if (object!.known && index!.known && this.#constants.has(object!.value))
      return known((object!.value as Record<PropertyKey, unknown>)[index!.value as PropertyKey]);
    return code(`${this.text(object!, nameOf(node.object))}[${this.text(index!)}]`);
  }

  protected property(object: Value, name: string, wish: string): Value {
    if (object.known) {
      const at = object.value as Record<string, unknown>;
      if (this.#constants.has(at) || (name === 'length' && ArrayBuffer.isView(at))) return known(at[name]);
    }
    return code(`${this.text(object, wish)}.${name}`);
  }

  private binary(operator: string, nodes: readonly AnyNode[], frame: Frame): Value {
    const [left, right] = this.operands(nodes, frame);
    const fold = BINARY[operator];
    if (fold === undefined) throw new Unsupported(operator);
    if (left!.known && right!.known) return known(fold(left!.value as never, right!.value as never));
    return code(`(${this.text(left!)} ${operator} ${this.text(right!)})`);
  }

  private logical(operator: string, left: Expression, right: Expression, frame: Frame): Value {
    const first = this.expression(left, frame);
    if (first.known) {
      const decided = operator === '??' ? first.value != null : Boolean(first.value) === (operator === '||');
      return decided ? first : this.expression(right, frame);
    }
    return code(`(${first.text} ${operator} ${this.inPlace(right, frame)})`);
  }

  private conditional(node: ConditionalExpression, frame: Frame): Value {
    const test = this.expression(node.test, frame);
    if (test.known) return this.expression(test.value ? node.consequent : node.alternate, frame);
    const consequent = this.inPlace(node.consequent, frame);
    return code(`(${test.text} ? ${consequent} : ${this.inPlace(node.alternate, frame)})`);
  }

  private unary(operator: string, argument: Expression, frame: Frame): Value {
    const value = this.expression(argument, frame);
    const fold = UNARY[operator];
    if (fold === undefined) throw new Unsupported(operator);
    return value.known ? known(fold(value.value as never)) : code(`(${operator}${value.text})`);
  }

  private assignment(node: AssignmentExpression, frame: Frame): Value {
    if (node.left.type === 'MemberExpression' && node.left.computed) {
      const nodes = [node.left.object, node.left.property];
      if (node.operator === '??=') {
        const target = this.expression(node.left, frame);
        return code(`(${this.text(target)} ??= ${this.inPlace(node.right, frame)})`);
      }
      const mark = this.writer.mark;
      const [object, index, right] = this.operands([...nodes, node.right], frame);
      if (node.operator !== '=' && this.writer.mark > mark) throw new Unsupported('a sum with a call in it');
      const target = `${this.text(object!, nameOf(node.left.object))}[${this.text(index!)}]`;
      return code(`(${target} ${node.operator} ${this.text(right!)})`);
    }
    const mark = this.writer.mark;
    const right = this.expression(node.right, frame);
    if (node.operator !== '=' && this.writer.mark > mark) throw new Unsupported('a sum with a call in it');
    return code(`(${this.target(node.left, frame)} ${node.operator} ${this.text(right)})`);
  }

  private update(node: UpdateExpression, frame: Frame): Value {
    const target = this.target(node.argument, frame);
    return code(node.prefix ? `(${node.operator}${target})` : `(${target}${node.operator})`);
  }

  /** What an assignment writes to: a name, or a member that needs no statement before it. */
  private target(node: AnyNode, frame: Frame): string {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') throw new Unsupported(node.type);
    return this.fixedly(() => {
      const target = this.expression(node, frame);
      if (target.known) throw new Unsupported('an assignment to what is known');
      return target.text;
    });
  }

  /** Text of an expression before which no statement may stand. */
  protected inPlace(node: AnyNode, frame: Frame): string {
    return this.fixedly(() => this.text(this.expression(node, frame)));
  }

  private fixedly<T>(write: () => T): T {
    this.fixed++;
    try {
      return write();
    } finally {
      this.fixed--;
    }
  }
}

/** What the text calls an object by: the last name in the expression for it. */
export function nameOf(node: AnyNode): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression' && !node.computed) return (node.property as { name: string }).name;
  return 'at';
}
