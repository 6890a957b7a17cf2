import { checkLevel, noInterval, type IntervalResult } from './interval.ts';
import { studentTTwoSided } from './student-t.ts';

/** Observations of one cluster: those at or below the quantile, and all. Weighted ones count as often as they stand for. */
export interface ClusterCounts {
  readonly below: number;
  readonly total: number;
}

/** The quantile of all clusters together. */
export interface PooledQuantile {
  readonly probability: number;
  readonly point: number;
  /** The quantile of another probability in (0, 1); null where the samples are too few for it. */
  readonly quantileAt: (probability: number) => number | null;
}

/**
 * Woodruff's interval for a quantile: an interval for the share of observations below it, read off the distribution.
 *
 *     [Q(p − h), Q(p + h)]     h = t_{R−1,(1+level)/2} · √(R/(R−1) · Σ e_r²) / Σ n_r     e_r = b_r − n_r · Σb/Σn
 *
 * Q is the quantile function of all samples together, R the number of clusters (replications), b_r of the n_r observations
 * of cluster r lie at or below Q(p). The error of the share is that of a ratio estimator, so that clusters may differ in
 * size. Such a share is a mean over its cluster: it has no bias, and its law is close to normal where that of a quantile
 * of few samples is neither. It takes no quantile of a single cluster, which may be as small as it likes. Where p + h lies
 * beyond what the samples support there is no upper end (Infinity), where p − h is not above 0 no lower one (−Infinity).
 *
 * Source: Woodruff 1952, JASA 47:635; Francisco and Fuller 1991, Annals of Statistics 19:454, for clusters. Ratio
 * estimator: Cochran, Sampling Techniques, 3rd ed. 1977, §6.4.
 */
export function woodruffInterval(
  { probability, point, quantileAt }: PooledQuantile,
  clusters: readonly ClusterCounts[],
  level: number,
): IntervalResult {
  checkLevel(level);
  if (clusters.length < 2) return noInterval(point, 2);
  const halfWidth = studentTTwoSided(level, clusters.length - 1) * shareError(clusters);
  const [below, above] = [probability - halfWidth, probability + halfWidth];
  return {
    kind: 'interval',
    point,
    lower: (below > 0 ? quantileAt(below) : null) ?? -Infinity,
    upper: (above < 1 ? quantileAt(above) : null) ?? Infinity,
    level,
  };
}

/** Standard error of the share of all clusters together: √(R/(R−1) · Σ e_r²) / Σ n_r. */
function shareError(clusters: readonly ClusterCounts[]): number {
  const count = clusters.length;
  const total = clusters.reduce((sum, cluster) => sum + cluster.total, 0);
  const share = clusters.reduce((sum, { below }) => sum + below, 0) / total;
  const squares = clusters.reduce((sum, cluster) => {
    const residual = cluster.below - share * cluster.total;
    return sum + residual * residual;
  }, 0);
  return Math.sqrt((count / (count - 1)) * squares) / total;
}
