import type { Model } from '../model/model.ts';
import type { Premise } from '../model/premises.ts';
import type { Sizing } from '../model/sizing.ts';
import type { Measurements } from '../run/measurements.ts';
import type { Override } from '../scenario/overrides.ts';
import type { Claim, LedgerEntry, Scenario } from '../scenario/types.ts';
import type { UnloadedRequest } from './unloaded.ts';
import { groupStates, type GroupStates } from './station-state.ts';
import type {
  AbortFinding,
  AdviceFinding,
  ModeFinding,
  PrecisionFinding,
  ReplicationsFinding,
  StartUpFinding,
} from './findings.ts';
import { cutSpans, simulatedWindows, type SimulatedWindow, type Span } from './spans.ts';

/** What the caller had in mind with the replications. */
export interface ReplicationPlan {
  readonly asked: number;
  /** Of each replication that is there, in order. */
  readonly seeds: readonly string[];
  /** What kept the others from being simulated to their end. */
  readonly stoppedBy: ReplicationsFinding['stoppedBy'];
  readonly ranAway?: ReplicationsFinding['ranAway'];
  readonly precision: PrecisionFinding | null;
  /** The budget that ended all of them, if one did. */
  readonly abort?: AbortFinding;
}

/** Everything a finding may be made from. */
export interface AnalysisInput {
  readonly scenario: Scenario;
  readonly model: Model;
  /** Of each replication, in order; at least one. */
  readonly replications: readonly Measurements[];
  /** What a run of its own said of the start-up, where that chose the warm-up. */
  readonly pilot: StartUpFinding | null;
  /** How many were asked for, with which seeds, and how tight they were to make the intervals. */
  readonly plan: ReplicationPlan;
  readonly advice: readonly AdviceFinding[];
  readonly ledger: readonly LedgerEntry[];
  /** All claims of the file beside the scenario; those about other things are left out. */
  readonly claims: readonly Claim[];
  readonly unloaded: readonly UnloadedRequest[];
  /** What closed forms may assume, from arithmetic on the scenario alone. */
  readonly premises: readonly Premise[];
  /** What the planned traffic asks for and what would be enough, by arithmetic too; null where nothing can be said. */
  readonly sizing: Sizing | null;
  /** How the run was made, but for what only the run can tell. */
  readonly sliceChoice: Omit<ModeFinding, 'sampling'>;
  /** What the command line changed in the scenario: values, and its end or null. */
  readonly overrides: readonly Override[];
  readonly untilNs: number | null;
  readonly toolVersion: string;
  /** Of the scenario's text, in hex. */
  readonly sha256: string;
  /** The scenario's text as it was read. */
  readonly scenarioText: string;
}

/** What several topics need of one set of measurements: one replication's, or all pooled. */
export interface Measured extends Pick<AnalysisInput, 'model'> {
  readonly measurements: Measurements;
  /** Each replication behind pooled measurements, in order; none behind those of one run. */
  readonly apart: readonly Measured[];
  readonly windows: readonly SimulatedWindow[];
  /** Whole run first, then the phases. */
  readonly spans: readonly Span[];
  /** Index: group. */
  readonly states: readonly GroupStates[];
}

export interface Context extends AnalysisInput, Measured {}

/** Runs as they were simulated: each replication behind the measurements, or the only one. */
export function runsOf(measured: Measured): readonly Measured[] {
  return measured.apart.length === 0 ? [measured] : measured.apart;
}

/** The input, which need not be all of it for a topic by itself, with one set of measurements. */
export function makeContext<Input extends Pick<AnalysisInput, 'model'>>(
  input: Input,
  measurements: Measurements,
  apart: readonly Measured[] = [],
): Input & Measured {
  const { model } = input;
  const windows = simulatedWindows(measurements);
  return {
    ...input,
    measurements,
    apart,
    windows,
    spans: cutSpans(model, windows),
    states: model.groups.map((group, index) => groupStates(group, measurements.groups[index], windows)),
  };
}
