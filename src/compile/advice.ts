import type { Diagnostic } from '../base/diagnostics.ts';
import type { Scenario } from '../scenario/types.ts';
import { adviseBudgets, adviseWindows } from './advice/budgets.ts';
import { adviseDeadlines, adviseRetryChains, adviseRetryStorms } from './advice/calls.ts';
import { advisePools, adviseServers, adviseThreads } from './advice/capacity.ts';
import { adviseLimiters } from './advice/limiters.ts';
import { Peaks } from './advice/peaks.ts';
import { AdviceList } from './advice/report.ts';
import { Demands } from './demands.ts';
import type { Files } from './parts/csv.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { frontsOf } from './tree/fronts.ts';
import { inlineRequest } from './tree/inline.ts';
import { makeSite } from './tree/site.ts';
import type { UnloadedTimes } from './unloaded.ts';

export interface AdviceOptions {
  readonly files: Files;
  readonly unloaded: readonly UnloadedTimes[];
  readonly position?: PositionOf;
}

/**
 * What can be said about a scenario before it is simulated, by arithmetic: what is too small for the offered peak, and
 * settings that work against each other. Nothing here keeps a scenario from running. Rates are those of open traffic;
 * closed populations and traces slow down or are what they are.
 */
export function adviseOn(
  scenario: Scenario,
  { files, unloaded, position = nowhere }: AdviceOptions,
): readonly Diagnostic[] {
  const site = makeSite(scenario, position);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const demands = new Demands(site, files);
  const peaks = new Peaks(site, trees, demands);
  const list = new AdviceList(position);
  adviseLimiters(site, peaks, frontsOf(site, trees), list);
  adviseServers(site, peaks, list);
  adviseThreads(site, peaks, list);
  advisePools(site, peaks, list);
  adviseRetryChains(trees, list);
  adviseRetryStorms(site, trees, demands, peaks, list);
  adviseDeadlines(site, trees, demands, list);
  adviseBudgets(scenario, unloaded, list);
  adviseWindows(scenario, list);
  return list.diagnostics;
}
