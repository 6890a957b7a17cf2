/** What is known of an expression while code is being written for it. */
export type Value = Known | Code;

/** A number, truth value or object that is at hand already. */
export interface Known {
  readonly known: true;
  readonly value: unknown;
}

/** An expression that the written code will evaluate. */
export interface Code {
  readonly known: false;
  readonly text: string;
  /** Whether it gives the same whenever it is evaluated, and does nothing else: a name that is never assigned to again. */
  readonly stable: boolean;
}

export function known(value: unknown): Known {
  return { known: true, value };
}

export function code(text: string, stable = false): Code {
  return { known: false, text, stable };
}

/** Thrown where a function uses what the specialiser does not know how to carry over: it is then called as it is. */
export class Unsupported extends Error {}

/** Names of one block, and those around it. */
export class Scope {
  readonly #names = new Map<string, Value>();
  readonly #around: Scope | null;

  constructor(around: Scope | null) {
    this.#around = around;
  }

  declare(name: string, value: Value): void {
    this.#names.set(name, value);
  }

  find(name: string): Value | undefined {
    return this.#names.get(name) ?? this.#around?.find(name);
  }
}
