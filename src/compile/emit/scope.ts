import type { StationPart } from '../parts/parts.ts';
import type { Chunk } from './assembler.ts';
import type { Frame, Unwinding } from './frames.ts';

/** Where in the program, and with what in hand, the next instruction is emitted. */
export interface Scope {
  readonly chunk: Chunk;
  readonly unwinding: Unwinding;
  /** What a failure here gives back first. */
  readonly frame: Frame;
  /** Station at work here; null is the client. */
  readonly station: StationPart | null;
  /** Register of its replica. */
  readonly replica: number;
  /** First free registers: those below hold what the nesting around this point still needs. */
  readonly register: number;
  readonly timeRegister: number;
  /** Loops around this point. */
  readonly loopLevel: number;
  /** A background visit: it loads servers and limiters of its station and is reported nowhere else. */
  readonly background: boolean;
  /** A reply ends the sojourn in the operation: the operands of its LEAVE; null outside operations. */
  readonly leaving: { readonly a: number; readonly b: number } | null;
}

/** What an activation inherits from the point where it is started: copies of the registers, and who starts it. */
export type Origin = Omit<Scope, 'chunk' | 'unwinding' | 'frame'>;

/** Register 0 is always 0: the replica of whatever has only one. */
export const ZERO = 0;

export const CLIENT: Origin = {
  station: null,
  replica: ZERO,
  register: 1,
  timeRegister: 0,
  loopLevel: 0,
  background: false,
  leaving: null,
};
