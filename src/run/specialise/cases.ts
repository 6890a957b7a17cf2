import type { AnyNode, ForStatement, Statement } from 'acorn';
import { BranchWriter } from './branches.ts';
import type { CaseRule } from './calls.ts';
import { assignedNames, type Readable } from './factories.ts';
import type { Cases, Frame, Jump } from './frame.ts';
import { code, Unsupported, type Scope, type Value } from './values.ts';

/**
 * Writes functions *by case*: once for each of several values of one parameter, which is then known in the body, also
 * where the body assigns to it. Such a function may turn in an endless loop; each turn is written out anew, with the
 * value it begins with. Where that is not known any more, or has been written already, the copy returns the value, and
 * its caller chooses among the copies again. So an interpreter's loop over the instructions of a program becomes the
 * program (the first Futamura projection; polyvariant, with "the trick" of Jones, Gomard & Sestoft 1993, Partial
 * Evaluation and Automatic Program Generation, §4.8.3, for the value that only a run knows).
 */
export class CaseWriter extends BranchWriter {
  /** The copies written so far. */
  readonly copies: string[] = [];
  /** Values that got no copy, and why. */
  readonly withoutCopy: string[] = [];
  readonly #loops = new Map<Jump, { readonly body: Statement; readonly scope: Scope }>();

  /** Writes the body of a function that stands for itself. */
  writeFunction(readable: Readable, given: readonly Value[]): void {
    this.writeBody(readable, given, { kind: 'own' });
  }

  protected changesCase(node: AnyNode, { cases }: Frame): boolean {
    return cases !== null && assignedNames(node).has(cases.parameter);
  }

  protected setsCase(node: AnyNode, frame: Frame): boolean {
    const { cases } = frame;
    if (cases === null) return false;
    const isCase = (target: AnyNode): boolean =>
      target.type === 'Identifier' && target.name === cases.parameter;
    if (node.type === 'UpdateExpression' && isCase(node.argument)) {
      if (cases.at === null) throw new Unsupported('a step from a case that is not known');
      cases.at += node.operator === '++' ? 1 : -1;
      return true;
    }
    if (node.type !== 'AssignmentExpression' || !isCase(node.left)) return false;
    if (node.operator !== '=') throw new Unsupported(node.operator);
    const value = this.expression(node.right, frame);
    cases.at = value.known ? (value.value as number) : null;
    if (!value.known) this.writer.write(`${cases.parameter} = ${value.text};`);
    return true;
  }

  protected turn(node: ForStatement, frame: Frame, names: readonly string[]): boolean | null {
    const { cases } = frame;
    if (cases?.turns !== true || node.init != null || node.test != null || node.update != null) return null;
    this.#expectFreshTurns(node, frame, cases);
    const jump: Jump = { kind: 'turns', names, label: '', isUsed: false };
    frame.jumps.push(jump);
    this.#loops.set(jump, { body: node.body, scope: frame.scope });
    this.nextTurn(jump, frame);
    frame.jumps.pop();
    return false;
  }

  /** A turn that begins in another copy knows the case alone, and what stands before the loop happens again there. */
  #expectFreshTurns(node: ForStatement, { scope }: Frame, { parameter, from }: Cases): void {
    for (const name of assignedNames(node))
      if (name !== parameter && scope.find(name) !== undefined)
        throw new Unsupported('what one turn leaves to the next');
    if (from >= 0 && this.writer.mark > 0) throw new Unsupported('a beginning that turns share');
  }

  protected nextTurn(jump: Jump, frame: Frame): void {
    const cases = frame.cases!;
    const { at } = cases;
    if (at === null) this.writer.write(`return ${cases.parameter};`);
    else if (cases.turned.has(at) || this.rare > 0) {
      cases.wanted.add(at);
      this.writer.write(`return ${at};`);
    } else {
      cases.turned.add(at);
      const within = frame.jumps.splice(frame.jumps.indexOf(jump) + 1);
      const { scope } = frame;
      const loop = this.#loops.get(jump)!;
      frame.scope = loop.scope;
      if (this.statement(loop.body, frame)) this.nextTurn(jump, frame);
      frame.scope = scope;
      frame.jumps.push(...within);
    }
  }

  protected callByCase(readable: Readable, given: readonly Value[], rule: CaseRule, target: string): Value {
    const { writer } = this;
    const { parameter, turns } = rule;
    const [value, result, label] = [parameter, readable.name, 'again'].map((name) => writer.fresh(name));
    const passed = given.map((each, index) => {
      if (readable.parameters[index] === parameter) return value!;
      return this.text(each.known || each.stable ? each : this.keep(each));
    });
    writer.write(`let ${value} = ${this.text(given[readable.parameters.indexOf(parameter)]!)};`);
    writer.write(`let ${result};`);
    const others = passed.filter((each) => each !== value).join(', ');
    const choice = this.#copies(readable, rule).map(([at, copy]) => {
      const call = `${copy}(${others})`;
      if (!turns) return `case ${at}: ${result} = ${call}; break;`;
      return `case ${at}: ${value} = ${call}; if (${value} >= 0) continue ${label}; ${result} = ~${value}; break;`;
    });
    choice.push(`default: ${result} = ${target}(${passed.join(', ')});`);
    const lines = writer.apart(() => {
      writer.writeBlock(`switch (${value})`, choice);
      writer.write(`break;`);
    });
    writer.writeBlock(`${label}: for (;;)`, lines);
    return code(result!, true);
  }

  /** Values that have a copy, and its name. One that cannot be written is left to the function as it is. */
  #copies(
    readable: Readable,
    { parameter, turns, values }: CaseRule,
  ): readonly (readonly [number, string])[] {
    const wanted = new Set(values);
    const copies: (readonly [number, string])[] = [];
    for (const at of wanted) {
      const name = this.writer.fresh(readable.name);
      this.rare = 0;
      const cases: Cases = { parameter, turns, from: at, at, turned: new Set(), wanted };
      try {
        this.copies.push(this.#copy(readable, cases, name));
        copies.push([at, name]);
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        this.withoutCopy.push(`${readable.name} ${at}: ${error.message}`);
      }
    }
    return copies;
  }

  #copy(readable: Readable, cases: Cases, name: string): string {
    const { parameter, turns } = cases;
    const others = readable.parameters.filter((each) => each !== parameter);
    const given = readable.parameters.map((each) => code(each, true));
    const lines = this.writer.apart(() => {
      if (turns) this.writer.write(`let ${parameter};`);
      this.writeBody(readable, given, { kind: turns ? 'turns' : 'own' }, cases);
    });
    return [`function ${name}(${others.join(', ')}) {`, ...lines, '}'].join('\n');
  }
}
