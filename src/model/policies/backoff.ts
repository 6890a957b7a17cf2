/** Waiting before a retry; times in whole ns. */
export interface Backoff {
  readonly baseNs: number;
  readonly capNs: number;
  readonly jitter: 'none' | 'full' | 'equal' | 'decorrelated';
}

/**
 * Back-off before retry n (n = 1 for the first retry), in whole ns:
 *
 *     v = min(cap, base × 2^(n−1))
 *     none: v    full: U(0, v)    equal: v/2 + U(0, v/2)
 *     decorrelated: s_n = min(cap, U(base, 3 × s_(n−1))),  s_0 = base
 *
 * `draw(n)` is U(0, 1) of retry n. Source: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015, and
 * its simulator aws-samples/aws-arch-backoff-simulator.
 */
export function backoffNs(
  { baseNs, capNs, jitter }: Backoff,
  n: number,
  draw: (n: number) => number,
): number {
  if (jitter === 'decorrelated') {
    let sleepNs = baseNs;
    for (let i = 1; i <= n; i++) sleepNs = Math.min(capNs, baseNs + draw(i) * (3 * sleepNs - baseNs));
    return Math.round(sleepNs);
  }
  let ceilingNs = baseNs;
  for (let i = 1; i < n && ceilingNs < capNs; i++) ceilingNs *= 2;
  ceilingNs = Math.min(capNs, ceilingNs);
  if (jitter === 'full') return Math.round(draw(n) * ceilingNs);
  if (jitter === 'equal') return Math.round(ceilingNs / 2 + (draw(n) * ceilingNs) / 2);
  return Math.round(ceilingNs);
}
