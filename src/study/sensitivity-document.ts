/**
 * Which guess matters: what each assumed input changes when it is a fifth less or more. Plain data, the content of
 * sensitivity.json; units and scale as in analysis/findings.ts.
 */
import type { Interval } from '../analysis/findings.ts';
import type { StudyHead } from './study-head.ts';

export const SENSITIVITY_SCHEMA_VERSION = 1;

/** P99 of one class with this input changed, beside that of the base. */
export interface ChangedP99 {
  readonly request: string;
  /** null = too few observations. */
  readonly p99Ns: number | null;
  /** This − base, and as a share of the base; null where one of the two has no value. */
  readonly differenceNs: number | null;
  readonly relativeDifference: number | null;
  /** Of the difference, from the differences of each replication; null without one of each. */
  readonly interval: readonly [lower: number, upper: number] | null;
  /** As in a comparison, all P99 and headroom of this change considered together. */
  readonly verdict: 'equal' | 'significant' | 'within-noise' | 'unknown';
}

/** Headroom (1 / share of capacity used at the peak of what is nearest its limit) with this input changed. */
export interface ChangedHeadroom {
  readonly factor: number | null;
  /** What is nearest its limit now. */
  readonly group: string | null;
  readonly difference: number | null;
  readonly relativeDifference: number | null;
  readonly interval: readonly [lower: number, upper: number] | null;
  readonly verdict: 'equal' | 'significant' | 'within-noise' | 'unknown';
}

export interface SensitivitySide {
  /** As it would be written, e.g. `{ mean: 1.6ms, cv: 0.8 }`; equal to the base where a share would pass 100 %. */
  readonly value: string;
  readonly requests: readonly ChangedP99[];
  readonly headroom: ChangedHeadroom;
}

export interface SensitivityInput {
  /** As `--set` takes it, e.g. `layers.redis.command`. */
  readonly path: string;
  /** The same for people, short: `redis command`. */
  readonly label: string;
  /** As written. */
  readonly value: string;
  /** `scenario`, a catalogue kind, or `default`. */
  readonly origin: string;
  readonly source: string | null;
  /** What the catalogue holds plausible. */
  readonly range: string | null;
  /** By arithmetic: the largest relative change of an unloaded response time or of a station's load at +20 %. */
  readonly reach: number;
  /** null: not simulated, because the scenario is not valid with that value; `lower` −20 %, `higher` +20 %. */
  readonly lower: SensitivitySide | null;
  readonly higher: SensitivitySide | null;
  /** Largest |relative difference| of a P99 or of headroom on either side that chance does not explain; 0 when none. */
  readonly effect: number;
}

/** An assumed input that was not simulated. */
export interface LeftOutInput {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly reach: number;
  /** `few-effects`: others reach further; `no-effect`: by arithmetic none; `not-a-quantity`: nothing to scale; `stopped`. */
  readonly because: 'few-effects' | 'no-effect' | 'not-a-quantity' | 'stopped';
}

export interface SensitivityDocument extends StudyHead {
  readonly replications: {
    readonly done: number;
    readonly seeds: readonly string[];
    readonly level: number;
    readonly stoppedBy: 'interrupted' | 'time-limit' | null;
  };
  /** Share by which each input is made less and more: 0.2. */
  readonly step: number;
  readonly base: {
    readonly requests: readonly {
      readonly request: string;
      readonly p99Ns: number | null;
      readonly interval: Interval | null;
    }[];
    readonly headroom: {
      readonly factor: number | null;
      readonly group: string | null;
      readonly interval: Interval | null;
    };
  };
  /** The largest effect first. */
  readonly inputs: readonly SensitivityInput[];
  readonly leftOut: readonly LeftOutInput[];
}
