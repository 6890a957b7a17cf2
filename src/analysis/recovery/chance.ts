/** Requests that a stretch of time must hold to be judged, and below which it is taken together with the one before. */
export const REQUESTS_MIN = 30;
/** A short stretch of time is called different only when chance does not explain it: this many standard deviations. */
const DEVIATIONS = 3;

/** How far the share of n observations may lie beyond p: 3·√(p(1 − p)/n), and one stray observation. */
export function shareAllowance(p: number, n: number): number {
  return n === 0 ? 1 : DEVIATIONS * Math.sqrt((p * Math.max(0, 1 - p)) / n) + 1 / n;
}

/** The same for a count of mean n: 3·√n. */
export function countAllowance(n: number): number {
  return DEVIATIONS * Math.sqrt(n);
}
