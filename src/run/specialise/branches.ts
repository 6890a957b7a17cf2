import type { CallExpression, Statement } from 'acorn';
import type { Readable } from './factories.ts';
import type { Frame, Result } from './frame.ts';
import { StatementWriter, type Nested } from './statements.ts';
import { Unsupported, type Value } from './values.ts';

type If = Extract<Statement, { type: 'IfStatement' }>;
type List = readonly Statement[];

/**
 * Writes conditions. Statements behind one are written for both branches where they are handed over with it, because
 * another case may hold in each.
 */
export abstract class BranchWriter extends StatementWriter {
  /** Above 0 in branches for two things being equal, which they rarely are (Ball & Larus 1993, PLDI: opcode heuristic). */
  protected rare = 0;

  protected branch(node: If, frame: Frame, rest: List): boolean {
    const { test, consequent, alternate } = node;
    const yes = [consequent, ...rest];
    const no = alternate == null ? rest : [alternate, ...rest];
    const isNot = test.type === 'UnaryExpression' && test.operator === '!';
    const asked = isNot ? test.argument : test;
    if (asked.type === 'CallExpression') {
      const goesOn = this.#callAsCondition(asked, isNot ? [no, yes] : [yes, no], frame);
      if (goesOn !== null) return goesOn;
    }
    const value = this.expression(test, frame);
    if (value.known) return this.statements(Boolean(value.value) ? yes : no, frame);
    const isRare = test.type === 'BinaryExpression' && test.operator === '===';
    const written = this.#branches([yes, no], frame, isRare);
    this.writer.writeBlock(`if (${value.text})`, written.yes.lines);
    // Behind a branch whose end is never reached, no "else" is needed.
    if (written.no.lines.length > 0 && written.yes.goesOn) this.writer.writeBlock('else', written.no.lines);
    else this.writer.writeAll(written.no.lines);
    return written.yes.goesOn || written.no.goesOn;
  }

  #branches(
    [first, second]: readonly [List, List],
    frame: Frame,
    isRare = false,
  ): { readonly yes: Nested; readonly no: Nested } {
    const { cases } = frame;
    const at = cases?.at ?? null;
    const { rare } = this;
    if (isRare) this.rare++;
    const yes = this.nested(frame, () => this.statements(first, frame));
    this.rare = rare;
    const atYes = cases?.at ?? null;
    if (cases !== null) cases.at = at;
    const no = this.nested(frame, () => this.statements(second, frame));
    if (cases !== null && yes.goesOn) {
      if (no.goesOn && cases.at !== atYes) throw new Unsupported('two cases that become one');
      cases.at = atYes;
    }
    return { yes, no };
  }

  /** A condition that is one call: its returns lead straight to the branches. Null where it cannot be written out. */
  #callAsCondition(call: CallExpression, lists: readonly [List, List], frame: Frame): boolean | null {
    const readable = this.readableOf(call, frame);
    if (readable === undefined) return null;
    const { writer } = this;
    const mark = writer.mark;
    const [yes, no, end] = [writer.fresh('yes'), writer.fresh('no'), writer.fresh('end')];
    const given = this.operands(call.arguments, frame);
    const asked = this.#asked(readable, given, { kind: 'branch', yes, no });
    if (asked === null) {
      writer.takeBack(mark);
      return null;
    }
    const written = this.#branches(lists, frame);
    const inner = writer.apart(() => {
      writer.writeBlock(`${yes}:`, asked);
      writer.writeAll(written.yes.lines);
      if (written.yes.goesOn) writer.write(`break ${end};`);
    });
    const outer = writer.apart(() => {
      writer.writeBlock(`${no}:`, inner);
      writer.writeAll(written.no.lines);
    });
    writer.writeBlock(`${end}:`, outer);
    return written.yes.goesOn || written.no.goesOn;
  }

  /** The body of a condition; null where it cannot be written out. */
  #asked(readable: Readable, given: readonly Value[], result: Result): string[] | null {
    const written: boolean[] = [];
    const lines = this.writer.apart(() => written.push(this.writeBody(readable, given, result)));
    return written[0] === true ? lines : null;
  }
}
