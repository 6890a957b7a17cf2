import { checkStable } from './queue-means.ts';

export interface ErlangLoad {
  /** a = λS, erlangs; may exceed the servers for Erlang B. */
  readonly offeredLoadErlangs: number;
  /** c. */
  readonly serverCount: number;
}

/**
 * Erlang's loss formula: probability that all c servers are busy and none may wait.
 *
 *     B = (a^c/c!) / Σ_{k=0..c} a^k/k!        a = λS offered load in erlangs
 *
 * By the recurrence B(0) = 1, B(k) = a·B(k−1)/(k + a·B(k−1)), which neither overflows nor cancels.
 * Source: Erlang 1917; the recurrence in Jagerman 1974, Bell Syst. Tech. J. 53:525.
 */
export function erlangB({ offeredLoadErlangs, serverCount }: ErlangLoad): number {
  let blocking = 1;
  for (let k = 1; k <= serverCount; k++) {
    blocking = (offeredLoadErlangs * blocking) / (k + offeredLoadErlangs * blocking);
  }
  return blocking;
}

/**
 * Erlang's delay formula: probability that an arriving job waits in M/M/c.
 *
 *     C = B / (1 − ρ(1 − B))        ρ = a/c, B = Erlang B of the same load
 *
 * Source: Erlang 1917; Cooper, Introduction to Queueing Theory, 2nd ed. 1981, eq. 3.5.4. Requires ρ < 1.
 */
export function erlangC({ offeredLoadErlangs, serverCount }: ErlangLoad): number {
  const utilization = offeredLoadErlangs / serverCount;
  checkStable(utilization);
  const blocking = erlangB({ offeredLoadErlangs, serverCount });
  return blocking / (1 - utilization * (1 - blocking));
}
