import type { Kit } from '../kit.ts';
import type { RetryBudgets } from '../retry-budgets.ts';

export type Retrying = ReturnType<typeof makeRetrying>;

/**
 * Retry budgets: each caller replica earns `tokens / perAttempts` of a token per first attempt, holds at most `burst`
 * tokens, starts full, and pays one per retry. Kept as whole tokens and a rest in units of 1/perAttempts, so nothing is
 * ever rounded. Semantics of the token-bucket retry budget of Finagle and Linkerd (RetryBudget: deposits per request,
 * withdrawals per retry), without their expiry of deposits after 10 s.
 */
export function makeRetrying(kit: Pick<Kit, 'hash32'>, budgets: RetryBudgets) {
  const { hash32 } = kit;
  const { base, earned, units, burst, tokens, rest: rests } = budgets;

  function earn(budget: number, caller: number): void {
    const at = base[budget]! + caller;
    if (tokens[at]! >= burst[budget]!) return; // full: its rest is 0
    const unit = units[budget]!;
    const rest = rests[at]! + earned[budget]!;
    if (rest < unit) {
      rests[at] = rest;
      return;
    }
    const more = tokens[at]! + 1; // a share: at most one token an attempt
    tokens[at] = more;
    rests[at] = more >= burst[budget]! ? 0 : rest - unit;
  }

  /** Pays for one retry; false when the caller replica has spent its budget. */
  function pay(budget: number, caller: number): boolean {
    const at = base[budget]! + caller;
    if (tokens[at]! < 1) return false;
    tokens[at] = tokens[at]! - 1;
    return true;
  }

  /** Uniform number in (0, 1) for retry n of an activation. */
  function backoffDraw(k0: number, k1: number, keyLow: number, keyHigh: number, n: number): number {
    return (hash32(k0 ^ n, k1, keyLow, keyHigh) + 0.5) / 4294967296;
  }

  return { earn, pay, backoffDraw };
}
