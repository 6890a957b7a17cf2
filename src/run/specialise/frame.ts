import type { Readable } from './factories.ts';
import type { Scope, Value } from './values.ts';

/** One function being written out. */
export interface Frame {
  readonly readable: Readable;
  scope: Scope;
  readonly result: Result;
  /** Loops and conditions written around the statement being written, within this function. */
  depth: number;
  readonly jumps: Jump[];
  /** Of a function written by case; null elsewhere. */
  readonly cases: Cases | null;
}

/** What becomes of the result of a function. */
export type Result =
  /** It stands for itself: a return stays one. In turns by case it returns ~result, or the value to go on with. */
  | { readonly kind: 'own' | 'turns' }
  /** A value: `value` where the function ends in one place, else in `name`, and a return leaves the block `label`. */
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly label: string;
      isWanted: boolean;
      isUsed: boolean;
      value: Value | null;
    }
  /** A condition: a return leaves the block of one or the other answer. */
  | { readonly kind: 'branch'; readonly yes: string; readonly no: string };

/** What `break` and `continue` may refer to. */
export interface Jump {
  readonly kind: 'loop' | 'switch' | 'turns';
  readonly names: readonly string[];
  /** Label in the text. */
  readonly label: string;
  isUsed: boolean;
}

/** A parameter that is known in each of several copies of a function: see cases.ts. */
export interface Cases {
  readonly parameter: string;
  /** Whether the function turns in an endless loop, each turn with a value of its own, 0 at least. */
  readonly turns: boolean;
  /** Its value at the beginning of the copy. */
  readonly from: number;
  /** Its value at the statement being written; null where only a run knows it. */
  at: number | null;
  /** Values with which the loop of the function has been written out in this copy. */
  readonly turned: Set<number>;
  /** Values that get a copy. */
  readonly wanted: Set<number>;
}
