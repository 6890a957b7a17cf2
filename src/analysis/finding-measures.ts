/** Rows of `Findings` that comparisons are made of; see findings.ts for units and scale. */

/** Measures of a request class, as budgets call them where they know them; `worst.` is over any `spanNs`. */
export type RequestMetric = 'mean' | 'p50' | 'p95' | 'p99' | 'p99.9' | 'availability' | 'good';
export type WorstMetric = `worst.${'p50' | 'p95' | 'p99' | 'p99.9' | 'availability'}`;
/** Of one group of servers, threads or connections. */
export type StationMetric = 'util' | 'wait.mean' | 'wait.p99' | 'sojourn.p99';
/** Of the whole site: 1 / the share of its capacity that what is nearest its limit used at the peak. */
export type SiteMetric = 'headroom';

/** One number of a scenario, as it can be told from others. */
export interface MeasureName {
  /** `request:CLASS`, `station:GROUP`, or `*` for the whole site. */
  readonly target: string;
  readonly metric: RequestMetric | WorstMetric | StationMetric | SiteMetric;
  /** `factor`: a multiple, e.g. 1.3 for ×1.3. */
  readonly unit: 'ns' | 'ratio' | 'perSec' | 'factor';
  /** null = whole run. */
  readonly phase: string | null;
  /** Length of the stretch whose worst it is; null for all else. */
  readonly spanNs: number | null;
}

/** One number of a scenario: from all replications together, and from each of them alone; null = no data. */
export interface Measure extends MeasureName {
  readonly value: number | null;
  /** In order of the replications; to nine digits in a result. */
  readonly ofEach: readonly (number | null)[];
}

/** All measures of one target over one stretch of time, as a result keeps them. */
export interface MeasuresFinding extends Pick<MeasureName, 'target' | 'phase' | 'spanNs'> {
  readonly values: readonly Pick<Measure, 'metric' | 'value' | 'ofEach'>[];
}
