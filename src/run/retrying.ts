import { hash32 } from '../random/streams.ts';
import type { Model } from '../model/model.ts';

/** One token in thousandths, so that ratios like 10 % add up exactly. */
const TOKEN = 1000;

/**
 * Retry budgets: each caller replica earns `ratio` tokens per first attempt, holds at most `burst`, starts full, and
 * pays one token per retry. Semantics of the token-bucket retry budget of Finagle and Linkerd (RetryBudget: deposits
 * per request, withdrawals per retry), without their expiry of deposits after 10 s.
 */
export class RetryBudgets {
  readonly #base: Int32Array;
  readonly #earned: Int32Array;
  readonly #full: Int32Array;
  readonly #tokens: Int32Array;

  constructor({ retryBudgets }: Model) {
    this.#base = new Int32Array(retryBudgets.length);
    this.#earned = Int32Array.from(retryBudgets, ({ ratio }) => Math.round(ratio * TOKEN));
    this.#full = Int32Array.from(retryBudgets, ({ burst }) => Math.round(burst * TOKEN));
    const tokens: number[] = [];
    retryBudgets.forEach(({ callerCount }, budget) => {
      this.#base[budget] = tokens.length;
      for (let caller = 0; caller < callerCount; caller++) tokens.push(this.#full[budget]!);
    });
    this.#tokens = Int32Array.from(tokens);
  }

  earn(budget: number, caller: number): void {
    const at = this.#base[budget]! + caller;
    this.#tokens[at] = Math.min(this.#tokens[at]! + this.#earned[budget]!, this.#full[budget]!);
  }

  /** Pays for one retry; false when the caller replica has spent its budget. */
  pay(budget: number, caller: number): boolean {
    const at = this.#base[budget]! + caller;
    if (this.#tokens[at]! < TOKEN) return false;
    this.#tokens[at] = this.#tokens[at]! - TOKEN;
    return true;
  }
}

/** Uniform number in (0, 1) for retry n of an activation. */
export function backoffDraw(k0: number, k1: number, keyLow: number, keyHigh: number, n: number): number {
  return ((hash32(k0 ^ n, k1, keyLow, keyHigh) >>> 0) + 0.5) / 4294967296;
}
