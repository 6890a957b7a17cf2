import type { TokenBuckets } from '../token-buckets.ts';

export type Limiting = ReturnType<typeof makeLimiting>;

/**
 * Token buckets in whole numbers. A token comes every T = perNs / tokens ns, and the bucket is full at the instant
 * kept as `due`; a request at `now` finds a token when due − now ≤ (burst − 1)·T, and takes it by moving `due`, or now
 * where that is later, on by T. Instants are whole ns and a rest in units of 1/tokens ns, so nothing is ever rounded
 * and the n-th admission is exact to the ns.
 * Source: virtual scheduling algorithm, GCRA(T, τ = (burst − 1)·T), of ITU-T I.371; the token bucket's equal.
 */
export function makeLimiting(buckets: TokenBuckets, now: Float64Array) {
  const { base, asked, shed, firstShedNs, askedSeries, shedSeries, firstShedSeriesNs } = buckets;
  const { units, gapNs, gapRest, aheadNs, aheadRest, dueNs: dues, dueRest: rests } = buckets;

  /** Takes one token of instance `replica` if there is one. */
  function admits(limiter: number, replica: number): boolean {
    const instance = base[limiter]! + replica;
    const nowNs = now[0]!;
    let dueNs = dues[instance]!;
    let rest = rests[instance]!;
    if (dueNs < nowNs) {
      dueNs = nowNs;
      rest = 0;
    }
    asked[limiter] = asked[limiter]! + 1;
    const ahead = aheadNs[limiter]!;
    if (dueNs - nowNs > ahead || (dueNs - nowNs === ahead && rest > aheadRest[limiter]!)) {
      shed[limiter] = shed[limiter]! + 1;
      if (nowNs < firstShedNs[limiter]!) firstShedNs[limiter] = nowNs;
      return false;
    }
    dueNs += gapNs[limiter]!;
    rest += gapRest[limiter]!;
    const unit = units[limiter]!;
    if (rest >= unit) {
      rest -= unit;
      dueNs++;
    }
    dues[instance] = dueNs;
    rests[instance] = rest;
    return true;
  }

  /** Keeps what was seen since the last call as the row of `window` (nowhere for -1) and starts anew. */
  function closeWindow(window: number): void {
    if (window >= 0) {
      askedSeries.set(asked, window * asked.length);
      shedSeries.set(shed, window * shed.length);
      firstShedSeriesNs.set(firstShedNs, window * firstShedNs.length);
    }
    asked.fill(0);
    shed.fill(0);
    firstShedNs.fill(Infinity);
  }

  return { admits, closeWindow };
}
