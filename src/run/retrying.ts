import { hash32 } from '../random/streams.ts';
import type { CallSite, Model } from '../model/model.ts';

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

  constructor(model: Model) {
    const { calls } = model;
    this.#base = new Int32Array(calls.length);
    this.#earned = Int32Array.from(calls, (call) => Math.round(call.budgetRatio * TOKEN));
    this.#full = Int32Array.from(calls, (call) => Math.round(call.budgetBurst * TOKEN));
    let callers = 0;
    calls.forEach((call, index) => {
      this.#base[index] = callers;
      callers += call.callerCount;
    });
    this.#tokens = new Int32Array(callers);
    calls.forEach((call, index) =>
      this.#tokens.fill(this.#full[index]!, this.#base[index]!, this.#base[index]! + call.callerCount),
    );
  }

  earn(call: number, caller: number): void {
    const at = this.#base[call]! + caller;
    const tokens = this.#tokens[at]! + this.#earned[call]!;
    this.#tokens[at] = tokens > this.#full[call]! ? this.#full[call]! : tokens;
  }

  /** Pays for one retry; false when the caller replica has spent its budget. */
  pay(call: number, caller: number): boolean {
    if (this.#earned[call]! < 0) return true; // no budget declared
    const at = this.#base[call]! + caller;
    if (this.#tokens[at]! < TOKEN) return false;
    this.#tokens[at] = this.#tokens[at]! - TOKEN;
    return true;
  }
}

/**
 * Back-off before retry n (n = 1 for the first retry), in whole ns, as in AWS's "Exponential Backoff And Jitter":
 *
 *     v = min(cap, base × 2^(n−1))
 *     none: v    full: U(0, v)    equal: v/2 + U(0, v/2)
 *     decorrelated: s_n = min(cap, U(base, 3 × s_(n−1))),  s_0 = base
 *
 * U is keyed by (stream, draw key, n), so a retry's delay does not depend on what else happens.
 */
export function backoffNs(site: CallSite, n: number, draw: (n: number) => number): number {
  const { backoffBaseNs: base, backoffCapNs: cap } = site;
  if (site.jitter === 'decorrelated') {
    let sleepNs = base;
    for (let i = 1; i <= n; i++) sleepNs = Math.min(cap, base + draw(i) * (3 * sleepNs - base));
    return Math.round(sleepNs);
  }
  let value = base;
  for (let i = 1; i < n && value < cap; i++) value *= 2;
  value = Math.min(cap, value);
  if (site.jitter === 'full') return Math.round(draw(n) * value);
  if (site.jitter === 'equal') return Math.round(value / 2 + (draw(n) * value) / 2);
  return Math.round(value);
}

/** Uniform number in (0, 1) for retry n of an activation. */
export function backoffDraw(k0: number, k1: number, keyLow: number, keyHigh: number, n: number): number {
  return ((hash32(k0 ^ n, k1, keyLow, keyHigh) >>> 0) + 0.5) / 4294967296;
}
