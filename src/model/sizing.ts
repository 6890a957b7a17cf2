/**
 * What the planned traffic asks of the site if nothing is shed, and what would be enough for it: by arithmetic on the
 * scenario alone. Made by `compile/`, which knows what requests do; read by `analysis/` and the report.
 */
export type SizedKind = 'servers' | 'threads' | 'pool' | 'limiter';

/** A group or a limiter at its own highest planned load. */
export interface PlannedLoad {
  /** As groups and limiters are named: `gateway`, `order.threads`, `mysql.pool@payment`, `gateway.limit`. */
  readonly name: string;
  readonly kind: SizedKind;
  readonly layer: string;
  /** Since the start of the measured time. */
  readonly atNs: number;
  /** What is asked / what there is: 1 is full. Of the busiest replica, where some get more than their share. */
  readonly load: number;
  /** The same after the changes. */
  readonly loadAfter: number;
}

export interface SizingChange {
  /** A station, or a limiter where its limit is changed. */
  readonly of: string;
  readonly what: 'replicas' | 'threads' | 'connections' | 'limit' | 'limit-each';
  /** As `--set` takes it, each place where it is written; none where nothing can be set. */
  readonly paths: readonly string[];
  /** A count, or requests per second: of the limit, or of that of each replica. */
  readonly before: number;
  readonly after: number;
  /** The loads that ask for it. */
  readonly because: readonly string[];
}

export interface Sizing {
  /** Utilization that no group is to be above. */
  readonly target: number;
  /** Times the peak that a raised limit lets through. */
  readonly limitRoom: number;
  /** Highest rate of planned requests, per second. */
  readonly offeredPerSec: number;
  /** All that can fill, the fullest first. */
  readonly loads: readonly PlannedLoad[];
  readonly changes: readonly SizingChange[];
  /** Of the replicas added, an hour, by currency; none where none are. */
  readonly extraPerHour: readonly { readonly amount: number; readonly currency: string }[];
  /** Stations of which replicas are added that have no price. */
  readonly unpriced: readonly string[];
}
