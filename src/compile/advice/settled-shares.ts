/** Shares that limiters let through when each is asked what all of them together leave over. */
import type { LimiterShares } from './limiter-loads.ts';

/** Share that a limiter lets through when all, itself included, let through these shares: the more, the less. */
export type ShareOf = (name: string, through: LimiterShares) => number;

/** Shares that move by less have settled. */
const SETTLED = 1e-12;
/** Halvings of a bracket inside [0, 1] that leave less than that. */
const HALVINGS = 44;
/** Sweeps over all limiters: those in a row need one each at most, those of one loop that shed at once some dozens. */
const SWEEPS_MAX = 500;

/**
 * The shares s with sᵢ = f(i, s) for every limiter i, by Gauss–Seidel: one limiter after the other is solved for its
 * own share with the others as they are, until none moves. A limiter that a request passes n times hears less of it each time, so f falls in the limiter's own share,
 * with a slope of up to (n − 1)/2: putting f back into itself would swing for n ≥ 4, halving a bracket cannot.
 *
 * @throws {Error} when the shares do not settle: no number is better than a wrong one.
 */
export function settledShares(names: readonly string[], shareOf: ShareOf): LimiterShares {
  const through = new Map(names.map((name) => [name, 1]));
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    let moved = 0;
    for (const name of names) {
      const share = ownShare(name, through, shareOf);
      moved = Math.max(moved, Math.abs(share - through.get(name)!));
      through.set(name, share);
    }
    if (moved < SETTLED) return through;
  }
  throw new Error(`shares of limiters did not settle: ${names.join(', ')}`);
}

/** s with s = f(s), f falling: f of a share above s lies below it, and f of that above, so s is between the two. */
function ownShare(name: string, through: LimiterShares, shareOf: ShareOf): number {
  const at = (share: number): number => shareOf(name, new Map(through).set(name, share));
  const first = at(through.get(name)!);
  const second = at(first);
  if (Math.abs(second - first) < SETTLED) return second;
  let [low, high] = first < second ? [first, second] : [second, first];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2;
    if (at(middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
