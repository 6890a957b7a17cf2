import type { Background, CallSite, Fork } from '../../model/model.ts';
import { Op } from '../../model/opcodes.ts';
import type { Parts } from '../parts/parts.ts';
import type { Node } from '../tree/nodes.ts';
import { Chunk, Label } from './assembler.ts';
import { frame, Unwinding } from './frames.ts';
import type { Origin, Scope } from './scope.ts';

/** Start addresses are labels until the program is linked. */
export type Starting<T extends { readonly start: number }> = Omit<T, 'start'> & { readonly start: Label };
export type StartingFork = Omit<Fork, 'starts'> & { readonly starts: readonly Label[] };

/** Emits the steps of an operation; handed in because steps contain visits, and visits steps. */
export type EmitNodes = (out: Emission, nodes: readonly Node[], scope: Scope) => void;

/** A program under construction: its chunks and what its instructions refer to by number. */
export class Emission {
  readonly parts: Parts;
  readonly emitNodes: EmitNodes;
  readonly chunks: Chunk[] = [];
  readonly calls: Starting<CallSite>[] = [];
  readonly forks: StartingFork[] = [];
  readonly backgrounds: Starting<Background>[] = [];
  registerCount = 1;
  timeRegisterCount = 0;

  constructor(parts: Parts, emitNodes: EmitNodes) {
    this.parts = parts;
    this.emitNodes = emitNodes;
  }

  /** A register for the nesting below: its number, and the scope in which it is taken. */
  register(scope: Scope): { readonly register: number; readonly scope: Scope } {
    const register = scope.register;
    this.registerCount = Math.max(this.registerCount, register + 1);
    return { register, scope: { ...scope, register: register + 1 } };
  }

  timeRegister(scope: Scope): { readonly register: number; readonly scope: Scope } {
    const register = scope.timeRegister;
    this.timeRegisterCount = Math.max(this.timeRegisterCount, register + 1);
    return { register, scope: { ...scope, timeRegister: register + 1 } };
  }

  /** Begins an activation of its own. */
  begin(origin: Origin): Scope {
    const chunk = new Chunk();
    this.chunks.push(chunk);
    return { ...origin, chunk, unwinding: new Unwinding(chunk), frame: frame(Op.END, {}, null) };
  }

  /** Ends the activation that `begin` gave and adds what failures jump to; returns its first address. */
  end({ chunk, frame: end, unwinding }: Scope): Label {
    chunk.place(end.label);
    chunk.emit(end.op, end.operands);
    unwinding.flush();
    const start = new Label();
    start.chunk = chunk;
    return start;
  }
}
