/** Calls: the function's body in place of the call, or the call of the function as it is. */
import type { AnyNode, CallExpression, Statement } from 'acorn';
import { ExpressionWriter, nameOf } from './expressions.ts';
import type { Library, Readable } from './factories.ts';
import type { Cases, Frame, Result } from './frame.ts';
import { code, known, Scope, Unsupported, type Value } from './values.ts';
import type { Writer } from './writer.ts';

/** What functions are written from, and what is to be done with calls of particular ones. */
export interface Rules {
  readonly library: Library;
  /** Objects and arrays whose members never change. */
  readonly constants: ReadonlySet<unknown>;
  /** Functions that are called as they are: those that are long or rarely called. */
  readonly asTheyAre: ReadonlySet<string>;
  /** Functions that are written out once for each of several values of a parameter: see cases.ts. */
  readonly byCase: ReadonlyMap<string, CaseRule>;
}

export interface CaseRule {
  readonly parameter: string;
  readonly values: readonly number[];
  /** Whether the function turns in an endless loop, each turn with a value of its own, 0 at least. */
  readonly turns: boolean;
}

/** Functions of Math that the kernel uses. */
const FOLDED: ReadonlyMap<string, (...numbers: number[]) => number> = new Map([
  ['floor', Math.floor],
  ['ceil', Math.ceil],
  ['min', Math.min],
  ['max', Math.max],
  ['imul', (a: number, b: number) => Math.imul(a, b)],
  ['clz32', Math.clz32],
]);

export abstract class CallWriter extends ExpressionWriter {
  readonly #library: Library;
  protected readonly rules: Rules;
  readonly #around: Readable[] = [];
  /** Found to hold something that cannot be carried over. */
  readonly #refused = new Set<Readable>();

  constructor(writer: Writer, rules: Rules) {
    super(writer, rules.constants);
    this.#library = rules.library;
    this.rules = rules;
  }

  /** Writes statements; false where none of them is ever left by its end. */
  protected abstract statements(list: readonly Statement[], frame: Frame): boolean;

  /** A call of a function that is written out by case; `target` is the text of the function as it is. */
  protected abstract callByCase(
    readable: Readable,
    given: readonly Value[],
    rule: CaseRule,
    target: string,
  ): Value;

  protected call(node: CallExpression, frame: Frame, isWanted = true): Value {
    const { callee } = node;
    if (callee.type === 'MemberExpression' && !callee.computed) return this.#method(node, frame);
    const target = this.expression(callee, frame);
    const given = this.operands(node.arguments, frame);
    const readable = target.known ? this.#library.find(target.value) : undefined;
    const asItIs = (): string =>
      `${this.text(target, nameOf(callee))}(${given.map((each) => this.text(each)).join(', ')})`;
    if (readable === undefined || !this.mayWrite(readable)) return code(asItIs());
    const rule = this.rules.byCase.get(readable.name);
    const at = rule === undefined ? -1 : readable.parameters.indexOf(rule.parameter);
    if (rule !== undefined && !given[at]!.known)
      return this.callByCase(readable, given, rule, this.text(target, nameOf(callee)));
    const result: Result = {
      kind: 'value',
      name: this.writer.fresh(readable.name),
      label: this.writer.fresh('done'),
      isWanted,
      isUsed: false,
      value: null,
    };
    return this.writeBody(readable, given, result) ? resultOf(result) : code(asItIs());
  }

  protected mayWrite(readable: Readable): boolean {
    return (
      this.fixed === 0 &&
      !this.rules.asTheyAre.has(readable.name) &&
      !this.#refused.has(readable) &&
      !this.#around.includes(readable)
    );
  }

  /** The function that a call goes to, where it may be written out; its arguments are not evaluated. */
  protected readableOf(node: AnyNode, frame: Frame): Readable | undefined {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
    const target = this.identifier(node.callee.name, frame);
    const readable = target.known ? this.#library.find(target.value) : undefined;
    return readable !== undefined && this.mayWrite(readable) && !this.rules.byCase.has(readable.name)
      ? readable
      : undefined;
  }

  /** Writes the body of a function; false, and nothing written, where it cannot be. */
  protected writeBody(
    readable: Readable,
    given: readonly Value[],
    result: Result,
    cases: Cases | null = null,
  ): boolean {
    const { writer } = this;
    const mark = writer.mark;
    const scope = new Scope(null);
    const frame: Frame = { readable, scope, result, depth: 0, jumps: [], cases };
    this.#around.push(readable);
    try {
      readable.parameters.forEach((name, index) => {
        if (cases?.parameter !== name) this.declare(name, given[index] ?? known(undefined), frame);
      });
      const lines = writer.apart(() => {
        if (this.statements(readable.body, frame) && result.kind === 'branch')
          throw new Unsupported('a condition without an answer');
      });
      if (result.kind === 'value' && result.isUsed) {
        if (result.isWanted) writer.write(`let ${result.name};`);
        writer.writeBlock(`${result.label}:`, lines);
      } else writer.writeAll(lines);
      return true;
    } catch (error) {
      if (!(error instanceof Unsupported) || result.kind === 'own' || result.kind === 'turns') throw error;
      this.#refused.add(readable);
      writer.takeBack(mark);
      return false;
    } finally {
      this.#around.pop();
    }
  }

  protected declare(name: string, value: Value, frame: Frame): void {
    const isAssigned = frame.readable.assigned.has(name);
    if (!isAssigned && (value.known || value.stable)) {
      frame.scope.declare(name, value);
      return;
    }
    const own = this.writer.fresh(name);
    this.writer.write(`${isAssigned ? 'let' : 'const'} ${own} = ${this.text(value, name)};`);
    frame.scope.declare(name, code(own, !isAssigned));
  }

  /** Methods are called as they are; those of Math may be known. */
  #method(node: CallExpression, frame: Frame): Value {
    const { callee } = node;
    if (callee.type !== 'MemberExpression') throw new Unsupported(callee.type);
    const { name } = callee.property as { name: string };
    const [object, ...given] = this.operands([callee.object, ...node.arguments], frame);
    const fold = !object!.known && object!.text === 'Math' ? FOLDED.get(name) : undefined;
    if (fold !== undefined && given.every((each) => each.known))
      return known(fold(...given.map((each) => each.value as number)));
    const passed = given.map((each) => this.text(each)).join(', ');
    return code(`${this.text(object!, nameOf(callee.object))}.${name}(${passed})`);
  }
}

function resultOf(result: Result): Value {
  if (result.kind !== 'value') throw new RangeError('there is no value');
  if (!result.isWanted) return known(undefined);
  if (result.isUsed) return code(result.name, true);
  return result.value ?? known(undefined);
}
