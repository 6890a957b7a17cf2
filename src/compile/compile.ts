import type { Model, RequestClassModel } from '../model/model.ts';
import type { SamplingPlan } from '../model/sampling.ts';
import type { Scenario } from '../scenario/types.ts';
import { refuseCounts } from './counts.ts';
import { volumeOf } from './demands.ts';
import { requestTotals } from './demands/volumes.ts';
import { emitProgram } from './emit/program.ts';
import type { Files } from './parts/csv.ts';
import { disturbancesOf } from './parts/disturbances.ts';
import { Parts, priorityLevels } from './parts/parts.ts';
import { retryLoadsOf } from './parts/retry-loads.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { slicesFor } from './slices/plan.ts';
import { phasesOf } from './traffic/phases.ts';
import { sourcesOf } from './traffic/sources.ts';
import { frontsOf } from './tree/fronts.ts';
import { layersOf } from './tree/layers.ts';
import { inlineRequest } from './tree/inline.ts';
import { makeSite, type Site } from './tree/site.ts';

export interface CompileOptions {
  /** k: traffic is thinned to 1/k; 1 = exact. */
  readonly slice: number;
  /** Stretches of time to simulate; all of it unless given. */
  readonly sampling?: SamplingPlan | null;
  /** Texts of the files the scenario names. */
  readonly files: Files;
  /** Places of values in the user's file, for what is refused. */
  readonly position?: PositionOf;
}

/** Drained at most this long, however short the run: a backlog of the last second may take longer than the run. */
const DRAIN_MIN_NS = 60e9;

/**
 * The model of a scenario: everything that happens to a request as one flat program, every name a number.
 *
 * @throws {UserError} with diagnostics when the scenario cannot be modelled as written, or not sliced by `slice`.
 */
export function compileModel(
  scenario: Scenario,
  { slice, files, sampling = null, position = nowhere }: CompileOptions,
): Model {
  const site = makeSite(scenario, position);
  const names = Object.keys(scenario.requests);
  const trees = names.map((name) => inlineRequest(site, name));
  const parts = new Parts(site, slicesFor(site, trees, slice), { slice, files });
  const { program, starts, calls, forks, backgrounds } = emitProgram(parts, trees);
  const classes = names.map((name, index) => classOf(parts, name, starts[index]!));
  const sources = sourcesOf({ site, files, slice, draw: (spec) => parts.draw(spec) });
  const { clock } = scenario;
  refuseCounts({ classes, sources, timeoutsNs: parts.timeoutsNs.items, regions: site.regions }, position);
  return {
    scenario: scenario.id,
    seed: scenario.seed,
    slice,
    sampling,
    warmUpNs: clock.warmUpNs,
    lastsNs: clock.lastsNs,
    windowNs: clock.windowNs,
    drainNs: Math.max(clock.lastsNs, DRAIN_MIN_NS),
    phases: phasesOf(scenario),
    disturbances: disturbancesOf(parts),
    stations: parts.infos,
    layers: layersOf(site, trees),
    groups: parts.groups,
    balancers: parts.balancers.items,
    limiters: parts.limiters.items,
    fronts: frontsOf(site, trees),
    calls,
    retryBudgets: parts.retryBudgets.items,
    retryLoads: retryLoadsOf(parts, trees, files),
    forks,
    program,
    classes,
    requestsExpected: requestsExpected(site, files).map((requests) => requests / slice),
    operations: parts.operations.items,
    sources,
    regions: site.regions,
    regionDelaysNs: parts.regionDelaysNs.items,
    tables: parts.tables.toArray(),
    timeoutsNs: parts.timeoutsNs.items,
    backgrounds,
  };
}

/** Requests at the site; see `Model.requestsExpected`. */
function requestsExpected(site: Site, files: Files): number[] {
  const { clock, traffic } = site.scenario;
  const known = { ...site.scenario, traffic: traffic.filter(({ model }) => model !== 'closed') };
  const measured = { fromNs: 0, toNs: clock.lastsNs };
  return [...requestTotals(known, volumeOf(site, files), measured).values()];
}

function classOf(parts: Parts, name: string, start: number): RequestClassModel {
  const { priority, timeoutNs, value } = parts.site.scenario.requests[name]!;
  const level = priorityLevels(parts.site).indexOf(priority);
  return { name, start, priority: level, timeout: parts.timeout(timeoutNs), value };
}
