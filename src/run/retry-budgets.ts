import { pinned } from '../base/pinned.ts';
import type { Model } from '../model/model.ts';

/** Tokens of all retry budgets: see kernel/retrying.ts. */
export class RetryBudgets {
  /** First caller of each budget. */
  readonly base: Int32Array;
  readonly earned: Float64Array;
  readonly units: Float64Array;
  readonly burst: Float64Array;
  /** Per caller. */
  readonly tokens: Float64Array;
  readonly rest: Float64Array;

  constructor({ retryBudgets }: Pick<Model, 'retryBudgets'>) {
    this.base = pinned(new Int32Array(retryBudgets.length));
    this.earned = pinned(Float64Array.from(retryBudgets, ({ tokens }) => tokens));
    this.units = pinned(Float64Array.from(retryBudgets, ({ perAttempts }) => perAttempts));
    this.burst = pinned(Float64Array.from(retryBudgets, ({ burst }) => burst));
    let callers = 0;
    retryBudgets.forEach(({ callerCount }, budget) => {
      this.base[budget] = callers;
      callers += callerCount;
    });
    this.tokens = pinned(new Float64Array(callers));
    this.rest = pinned(new Float64Array(callers));
    retryBudgets.forEach(({ callerCount, burst }, budget) => {
      const from = this.base[budget]!;
      this.tokens.fill(burst, from, from + callerCount);
    });
  }
}
