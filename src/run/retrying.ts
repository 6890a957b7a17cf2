import { hash32 } from '../random/streams.ts';
import type { Model } from '../model/model.ts';

/**
 * Retry budgets: each caller replica earns `tokens / perAttempts` of a token per first attempt, holds at most `burst`
 * tokens, starts full, and pays one per retry. Kept as whole tokens and a rest in units of 1/perAttempts, so nothing is
 * ever rounded. Semantics of the token-bucket retry budget of Finagle and Linkerd (RetryBudget: deposits per request,
 * withdrawals per retry), without their expiry of deposits after 10 s.
 */
export class RetryBudgets {
  /** First caller of each budget. */
  readonly #base: Int32Array;
  readonly #earned: Float64Array;
  readonly #units: Float64Array;
  readonly #burst: Float64Array;
  /** Per caller. */
  readonly #tokens: Float64Array;
  readonly #rest: Float64Array;

  constructor({ retryBudgets }: Pick<Model, 'retryBudgets'>) {
    this.#base = new Int32Array(retryBudgets.length);
    this.#earned = Float64Array.from(retryBudgets, ({ tokens }) => tokens);
    this.#units = Float64Array.from(retryBudgets, ({ perAttempts }) => perAttempts);
    this.#burst = Float64Array.from(retryBudgets, ({ burst }) => burst);
    let callers = 0;
    retryBudgets.forEach(({ callerCount }, budget) => {
      this.#base[budget] = callers;
      callers += callerCount;
    });
    this.#tokens = new Float64Array(callers);
    this.#rest = new Float64Array(callers);
    retryBudgets.forEach(({ callerCount, burst }, budget) => {
      const from = this.#base[budget]!;
      this.#tokens.fill(burst, from, from + callerCount);
    });
  }

  earn(budget: number, caller: number): void {
    const at = this.#base[budget]! + caller;
    if (this.#tokens[at]! >= this.#burst[budget]!) return; // full: its rest is 0
    const units = this.#units[budget]!;
    const rest = this.#rest[at]! + this.#earned[budget]!;
    if (rest < units) {
      this.#rest[at] = rest;
      return;
    }
    const tokens = this.#tokens[at]! + 1; // a share: at most one token an attempt
    this.#tokens[at] = tokens;
    this.#rest[at] = tokens >= this.#burst[budget]! ? 0 : rest - units;
  }

  /** Pays for one retry; false when the caller replica has spent its budget. */
  pay(budget: number, caller: number): boolean {
    const at = this.#base[budget]! + caller;
    if (this.#tokens[at]! < 1) return false;
    this.#tokens[at] = this.#tokens[at]! - 1;
    return true;
  }
}

/** Uniform number in (0, 1) for retry n of an activation. */
export function backoffDraw(k0: number, k1: number, keyLow: number, keyHigh: number, n: number): number {
  return ((hash32(k0 ^ n, k1, keyLow, keyHigh) >>> 0) + 0.5) / 4294967296;
}
