import { findAnatomy } from './anatomy.ts';
import { findBreaks } from './breaks.ts';
import { judgeBudgets } from './budgets/judge.ts';
import { findCalls } from './calls.ts';
import { claimsAbout } from './claims.ts';
import { makeContext, type AnalysisInput, type Context } from './context.ts';
import { findCost } from './cost.ts';
import { encodeHistogram } from './encode-histogram.ts';
import { RESULT_SCHEMA_VERSION, type EncodedHistogram, type Findings, type StopFinding } from './findings.ts';
import { findHeadroom } from './headroom.ts';
import { checkLaws } from './laws.ts';
import { findLayers } from './layers.ts';
import { findLimiters } from './limiters.ts';
import { findRequests } from './requests.ts';
import { findSampling } from './sampling.ts';
import { findStations } from './stations.ts';
import { makeTimeline } from './timeline.ts';
import { unloadedParts } from './unloaded.ts';
import { findVerdict } from './verdict.ts';
import type { Histogram } from '../measure/histogram.ts';

/** Everything one run found. A pure function of its input: the same measurements give the same findings. */
export function analyse(input: AnalysisInput): Findings {
  const context = makeContext(input);
  const { scenario, model } = context;
  const stations = findStations(context);
  const requests = findRequests(context);
  const limiters = findLimiters(context);
  const breaks = findBreaks(context, stations);
  const headroom = findHeadroom(context, stations);
  const budgets = judgeBudgets(context, stations);
  const stop = findStop(context);
  return {
    $schema: `urn:hongfeng:result:${RESULT_SCHEMA_VERSION}`,
    schemaVersion: RESULT_SCHEMA_VERSION,
    tool: { name: 'hongfeng', version: input.toolVersion },
    scenario: {
      id: scenario.id,
      title: scenario.title,
      description: scenario.description,
      sha256: input.sha256,
      seed: model.seed,
      overrides: input.overrides,
      untilNs: input.untilNs,
      from: scenario.clock.from,
      lastsNs: model.lastsNs,
      warmUpNs: model.warmUpNs,
      windowNs: model.windowNs,
    },
    mode: { ...input.sliceChoice, sampling: findSampling(context) },
    stop,
    verdict: findVerdict(context, { budgets, breaks, headroom, stop }),
    phases: model.phases.map(({ name, fromNs, toNs }) => ({ name, fromNs, toNs })),
    budgets,
    breaks,
    headroom,
    requests,
    stations,
    layers: findLayers(model.layers, stations, limiters),
    limiters,
    calls: findCalls(context),
    anatomy: findAnatomy(context),
    unloaded: input.unloaded.flatMap(unloadedParts),
    cost: findCost(context, requests),
    claims: claimsAbout(scenario, input.claims),
    advice: input.advice,
    timeline: makeTimeline(context),
    checks: checkLaws(context),
    ledger: input.ledger,
    histograms: encodeAll(context),
  };
}

/** `completed` is the only end at which every request has ended; the drain limit leaves some inside but cuts no window. */
function findStop({ model, measurements }: Context): StopFinding {
  const { reason, atNs, runaway } = measurements.stop;
  return {
    reason,
    atNs,
    truncated: atNs < model.lastsNs,
    runaway:
      runaway === null
        ? null
        : {
            group: model.groups[runaway.group]?.name ?? '',
            sinceNs: atNs <= 0 ? null : runaway.sinceNs,
            waitingJobs: runaway.waitingJobs * (model.groups[runaway.group]?.scale ?? 1),
          },
  };
}

/** Response times by class, sojourns by operation and by server group, each by phase; counts as simulated. */
function encodeAll({ model, measurements }: Context): Findings['histograms'] {
  const byPhase = (histograms: readonly Histogram[] | undefined): Record<string, EncodedHistogram> =>
    Object.fromEntries(
      model.phases.flatMap(({ name }, phase) => {
        const histogram = histograms?.[phase];
        return histogram === undefined || histogram.count === 0 ? [] : [[name, encodeHistogram(histogram)]];
      }),
    );
  return Object.fromEntries([
    ...model.classes.map(({ name }, i) => [
      `request:${name}`,
      byPhase(measurements.classes[i]?.phaseHistograms),
    ]),
    ...model.operations.map(({ name }, i) => [
      `operation:${name}`,
      byPhase(measurements.operations[i]?.sojourns),
    ]),
    ...model.groups.flatMap(({ name, role }, i) =>
      role === 'servers' ? [[`station:${name}`, byPhase(measurements.groups[i]?.sojourns)]] : [],
    ),
  ]) as Findings['histograms'];
}
