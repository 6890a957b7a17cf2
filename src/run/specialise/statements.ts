/** Writes statements: those that the known decides are left out. */
import type { AnyNode, ForStatement, Pattern, Statement, SwitchStatement, VariableDeclaration } from 'acorn';
import { CallWriter } from './calls.ts';
import type { Frame, Jump } from './frame.ts';
import { code, known, Scope, Unsupported, type Value } from './values.ts';

type If = Extract<Statement, { type: 'IfStatement' }>;
type Loop = Extract<Statement, { type: 'ForStatement' | 'WhileStatement' }>;

/** Statements written apart, and whether their end is ever reached. */
export interface Nested {
  readonly lines: string[];
  readonly goesOn: boolean;
}

export abstract class StatementWriter extends CallWriter {
  /** An `if` and what follows it in its list; false where neither is ever left by its end. */
  protected abstract branch(node: If, frame: Frame, rest: readonly Statement[]): boolean;
  /** Whether a statement may change the case that the function is written for. */
  protected abstract changesCase(node: AnyNode, frame: Frame): boolean;
  /** An assignment to the parameter of the cases; false where it is none. */
  protected abstract setsCase(node: AnyNode, frame: Frame): boolean;
  /** The loop of a function that is written by case; null where it is another one. */
  protected abstract turn(node: ForStatement, frame: Frame, labels: readonly string[]): boolean | null;
  protected abstract nextTurn(jump: Jump, frame: Frame): void;

  protected statements(list: readonly Statement[], frame: Frame): boolean {
    for (const [index, statement] of list.entries()) {
      if (statement.type === 'IfStatement' && this.changesCase(statement, frame))
        return this.branch(statement, frame, list.slice(index + 1));
      if (!this.statement(statement, frame)) return false;
    }
    return true;
  }

  /** False where its end is never reached. */
  protected statement(node: Statement, frame: Frame, labels: readonly string[] = []): boolean {
    switch (node.type) {
      case 'EmptyStatement':
        return true;
      case 'BlockStatement':
        return this.#inScope(frame, () => this.statements(node.body, frame));
      case 'VariableDeclaration':
        this.#declaration(node, frame);
        return true;
      case 'ExpressionStatement':
        this.#effect(node.expression, frame);
        return true;
      case 'IfStatement':
        return this.branch(node, frame, []);
      case 'ForStatement':
        return this.turn(node, frame, labels) ?? this.#for(node, frame, labels);
      case 'WhileStatement':
        return this.#loop({ node, test: node.test, update: null }, frame, labels);
      case 'SwitchStatement':
        return this.#switch(node, frame, labels);
      case 'LabeledStatement':
        return this.statement(node.body, frame, [...labels, node.label.name]);
      case 'ReturnStatement':
        this.#return(node.argument ?? null, frame);
        return false;
      case 'BreakStatement':
      case 'ContinueStatement':
        this.#jump(node.type === 'BreakStatement' ? 'break' : 'continue', node.label?.name ?? null, frame);
        return false;
      case 'ThrowStatement': {
        const thrown = this.expression(node.argument, frame);
        this.writer.write(`throw ${this.text(thrown)};`);
        return false;
      }
      default:
        throw new Unsupported(node.type);
    }
  }

  /** Statements that may be skipped or repeated. */
  protected nested(frame: Frame, write: () => boolean): Nested {
    frame.depth++;
    const nested = this.#apart(frame, write);
    frame.depth--;
    return nested;
  }

  #apart(frame: Frame, write: () => boolean): Nested {
    let goesOn = true;
    const lines = this.writer.apart(() => {
      goesOn = this.#inScope(frame, write);
    });
    return { lines, goesOn };
  }

  #inScope<T>(frame: Frame, write: () => T): T {
    const { scope } = frame;
    frame.scope = new Scope(scope);
    try {
      return write();
    } finally {
      frame.scope = scope;
    }
  }

  #declaration(node: VariableDeclaration, frame: Frame): void {
    for (const { id, init } of node.declarations) {
      if (init == null) {
        const name = this.writer.fresh(nameOfPattern(id));
        this.writer.write(`let ${name};`);
        frame.scope.declare(nameOfPattern(id), code(name));
      } else if (id.type === 'ObjectPattern') {
        const object = this.expression(init, frame);
        const from = object.known || object.stable ? object : this.keep(object);
        for (const property of id.properties) {
          if (property.type !== 'Property') throw new Unsupported(property.type);
          const { name } = property.key as { name: string };
          this.declare(nameOfPattern(property.value), this.property(from, name, name), frame);
        }
      } else this.declare(nameOfPattern(id), this.expression(init, frame), frame);
    }
  }

  /** An expression for what it does. */
  #effect(node: AnyNode, frame: Frame): void {
    if (this.setsCase(node, frame)) return;
    const value =
      node.type === 'CallExpression' ? this.call(node, frame, false) : this.expression(node, frame);
    this.evaluate(value);
  }

  /** Writes what has to be evaluated though nobody wants it. */
  protected evaluate(value: Value): void {
    if (!value.known && !value.stable) this.writer.write(`${value.text};`);
  }

  #for(node: ForStatement, frame: Frame, labels: readonly string[]): boolean {
    return this.#inScope(frame, () => {
      if (node.init?.type === 'VariableDeclaration') this.#declaration(node.init, frame);
      else if (node.init != null) this.#effect(node.init, frame);
      return this.#loop({ node, test: node.test ?? null, update: node.update ?? null }, frame, labels);
    });
  }

  #loop(
    {
      node,
      test,
      update,
    }: { readonly node: Loop; readonly test: AnyNode | null; readonly update: AnyNode | null },
    frame: Frame,
    names: readonly string[],
  ): boolean {
    if (this.changesCase(node, frame)) throw new Unsupported('a case that changes in a loop');
    const goesOnWhile = test === null ? '' : this.inPlace(test, frame);
    if (goesOnWhile === 'false') return true;
    const step = update === null ? '' : this.inPlace(update, frame);
    const jump: Jump = { kind: 'loop', names, label: this.writer.fresh('loop'), isUsed: false };
    frame.jumps.push(jump);
    const { lines } = this.nested(frame, () => this.statement(node.body, frame));
    frame.jumps.pop();
    this.writer.writeBlock(`${jump.label}: for (; ${goesOnWhile}; ${step})`, lines);
    return test !== null || jump.isUsed;
  }

  #switch(node: SwitchStatement, frame: Frame, names: readonly string[]): boolean {
    const value = this.expression(node.discriminant, frame);
    if (!value.known) throw new Unsupported('a switch over what is not known');
    const isChosen = (test: AnyNode): boolean => {
      const at = this.expression(test, frame);
      if (!at.known) throw new Unsupported('a case that is not known');
      return at.value === value.value;
    };
    let first = node.cases.findIndex(({ test }) => test != null && isChosen(test));
    if (first < 0) first = node.cases.findIndex(({ test }) => test == null);
    if (first < 0) return true;
    const list = node.cases.slice(first).flatMap(({ consequent }) => consequent);
    const jump: Jump = { kind: 'switch', names, label: this.writer.fresh('chosen'), isUsed: false };
    frame.jumps.push(jump);
    const { lines, goesOn } = this.#apart(frame, () => this.statements(list, frame));
    frame.jumps.pop();
    if (!jump.isUsed) {
      this.writer.writeAll(lines);
      return goesOn;
    }
    const { result } = frame;
    if (result.kind === 'value' && result.value !== null)
      throw new Unsupported('a switch that both returns and goes on');
    this.writer.writeBlock(`${jump.label}:`, lines);
    return true;
  }

  #jump(kind: 'break' | 'continue', name: string | null, frame: Frame): void {
    const fits = (jump: Jump): boolean =>
      name === null ? kind === 'break' || jump.kind !== 'switch' : jump.names.includes(name);
    const jump = frame.jumps.findLast(fits);
    if (jump === undefined) throw new Unsupported(`${kind} out of nothing`);
    if (jump.kind !== 'turns') {
      if (kind === 'break') jump.isUsed = true;
      this.writer.write(`${kind} ${jump.label};`);
    } else if (kind === 'continue') this.nextTurn(jump, frame);
    else throw new Unsupported('turns that end');
  }

  #return(argument: AnyNode | null, frame: Frame): void {
    const { writer } = this;
    const { result } = frame;
    const value = argument === null ? known(undefined) : this.expression(argument, frame);
    switch (result.kind) {
      case 'own':
        writer.write(argument === null ? 'return;' : `return ${this.text(value)};`);
        break;
      case 'turns':
        writer.write(`return ~${this.text(value)};`);
        break;
      case 'branch':
        if (!value.known) writer.write(`if (${value.text}) break ${result.yes};`);
        writer.write(`break ${value.known && Boolean(value.value) ? result.yes : result.no};`);
        break;
      case 'value':
        if (frame.depth === 0 && !result.isUsed) {
          if (!result.isWanted) this.evaluate(value);
          result.value = value.known || value.stable || !result.isWanted ? value : this.keep(value);
          break;
        }
        result.isUsed = true;
        if (result.isWanted) writer.write(`${result.name} = ${this.text(value)};`);
        else this.evaluate(value);
        writer.write(`break ${result.label};`);
    }
  }
}

function nameOfPattern(pattern: Pattern): string {
  if (pattern.type !== 'Identifier') throw new Unsupported(pattern.type);
  return pattern.name;
}
