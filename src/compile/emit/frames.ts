import { Op } from '../../model/opcodes.ts';
import { Label, type Chunk, type Operands } from './assembler.ts';

/**
 * What an activation holds at a point of its program, innermost first. A failing instruction jumps to the frame's
 * label, where one cleaning instruction per frame gives everything back in reverse order; the outermost frame ends
 * the activation or forgives the failure. Code is made only for frames that something can jump to.
 */
export interface Frame {
  readonly label: Label;
  /** Undoes this frame. */
  readonly op: number;
  readonly operands: Operands;
  /** Holds what is undone next; null ends the chain with this instruction. */
  readonly outer: Frame | null;
}

export class Unwinding {
  readonly #chunk: Chunk;
  readonly #wanted = new Set<Frame>();

  constructor(chunk: Chunk) {
    this.#chunk = chunk;
  }

  /** Failure address while `frame` is innermost. */
  from(frame: Frame): Label {
    this.#wanted.add(frame);
    return frame.label;
  }

  /** Writes the cleaning code of every frame asked for, behind the activation's ordinary code. */
  flush(): void {
    for (const wanted of this.#wanted) {
      if (wanted.label.chunk !== null) continue;
      let next: Frame | null = wanted;
      while (next !== null && next.label.chunk === null) {
        this.#chunk.place(next.label);
        this.#chunk.emit(next.op, next.operands);
        next = next.outer;
      }
      // The rest of the chain is there already, or the last instruction has left by itself.
      if (next !== null) this.#chunk.emit(Op.JUMP, { a: next.label });
    }
  }
}

export function frame(op: number, operands: Operands, outer: Frame | null): Frame {
  return { label: new Label(), op, operands, outer };
}
