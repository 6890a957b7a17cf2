import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { Override } from '../scenario/overrides.ts';
import type { Claim, LedgerEntry, Scenario } from '../scenario/types.ts';
import type { UnloadedRequest } from './unloaded.ts';
import { groupStates, type GroupStates } from './station-state.ts';
import type { AdviceFinding, ModeFinding } from './findings.ts';
import { cutSpans, simulatedWindows, type SimulatedWindow, type Span } from './spans.ts';

/** Everything a finding may be made from. */
export interface AnalysisInput {
  readonly scenario: Scenario;
  readonly model: Model;
  readonly measurements: Measurements;
  readonly advice: readonly AdviceFinding[];
  readonly ledger: readonly LedgerEntry[];
  /** All claims of the file beside the scenario; those about other things are left out. */
  readonly claims: readonly Claim[];
  readonly unloaded: readonly UnloadedRequest[];
  /** How the run was made, but for what only the run can tell. */
  readonly sliceChoice: Omit<ModeFinding, 'sampling'>;
  /** What the command line changed in the scenario: values, and its end or null. */
  readonly overrides: readonly Override[];
  readonly untilNs: number | null;
  readonly toolVersion: string;
  /** Of the scenario's text, in hex. */
  readonly sha256: string;
}

/** The input with what several topics need of it, worked out once. */
export interface Context extends AnalysisInput {
  readonly windows: readonly SimulatedWindow[];
  /** Whole run first, then the phases. */
  readonly spans: readonly Span[];
  /** Index: group. */
  readonly states: readonly GroupStates[];
}

export function makeContext(input: AnalysisInput): Context {
  const { model, measurements } = input;
  const windows = simulatedWindows(measurements);
  return {
    ...input,
    windows,
    spans: cutSpans(model, windows),
    states: model.groups.map((group, index) => groupStates(group, measurements.groups[index], windows)),
  };
}
