/**
 * Instruction lists under construction. Each activation is a chunk of its own; labels stand for addresses that are
 * known only when all chunks are laid one behind the other.
 */
import type { Program } from '../../model/model.ts';

/** A place in the program. */
export class Label {
  chunk: Chunk | null = null;
  offset = 0;

  get address(): number {
    if (this.chunk === null) throw new Error('label was never placed');
    return this.chunk.base + this.offset;
  }
}

export interface Operands {
  readonly a?: number | Label;
  readonly b?: number;
  readonly c?: number | Label;
  readonly d?: number | Label;
  readonly x?: number;
  readonly stream?: string;
}

interface Instruction extends Operands {
  readonly op: number;
}

export class Chunk {
  readonly code: Instruction[] = [];
  /** First address; set when the program is linked. */
  base = 0;

  emit(op: number, operands: Operands = {}): void {
    this.code.push({ op, ...operands });
  }

  place(label: Label): void {
    label.chunk = this;
    label.offset = this.code.length;
  }
}

/** Lays the chunks one behind the other and fills in the addresses. */
export function link(
  chunks: readonly Chunk[],
  {
    registerCount,
    timeRegisterCount,
  }: { readonly registerCount: number; readonly timeRegisterCount: number },
): Program {
  let length = 0;
  for (const chunk of chunks) {
    chunk.base = length;
    length += chunk.code.length;
  }
  const code = chunks.flatMap((chunk) => chunk.code);
  const lane = (read: (instruction: Instruction) => number | Label | undefined): Int32Array =>
    Int32Array.from(code, (instruction) => addressOf(read(instruction)));
  return {
    op: Int32Array.from(code, ({ op }) => op),
    a: lane(({ a }) => a),
    b: lane(({ b }) => b),
    c: lane(({ c }) => c),
    d: lane(({ d }) => d),
    x: Float64Array.from(code, ({ x }) => x ?? 0),
    streams: code.map(({ stream }) => stream ?? ''),
    registerCount,
    timeRegisterCount,
  };
}

function addressOf(operand: number | Label | undefined): number {
  return operand instanceof Label ? operand.address : (operand ?? 0);
}
