import { present } from '../base/present.ts';
import { findAlerts } from './alerts.ts';
import { findAnatomy } from './anatomy.ts';
import { findBreaks, type Replication } from './breaks.ts';
import { findChain } from './chain/chain.ts';
import { findTopology } from './chain/graph.ts';
import type { ChainInput } from './chain/steps.ts';
import { judgeBudgets } from './budgets/judge.ts';
import { withBurns } from './budgets/burn.ts';
import { withModeErrors } from './budgets/mode-error.ts';
import type { FiguresOf } from './budgets/run-figures.ts';
import { findCalls } from './calls.ts';
import { claimsAbout } from './claims.ts';
import { makeContext, type AnalysisInput, type Context } from './context.ts';
import { findCost } from './cost.ts';
import { describeScenario } from './described.ts';
import { findExamples } from './examples.ts';
import { encodeHistogram } from './encode-histogram.ts';
import {
  RESULT_SCHEMA_VERSION,
  type EncodedHistogram,
  type Findings,
  type ReplicationsFinding,
  type StationFinding,
  type StopFinding,
} from './findings.ts';
import { findHeadroom } from './headroom.ts';
import { CONFIDENCE_LEVEL } from './intervals.ts';
import { checkLaws } from './laws.ts';
import { findLayers } from './layers.ts';
import { findLimiters } from './limiters.ts';
import { encodeMeasures, findMeasures, type Rows } from './measures.ts';
import { findPercentiles } from './percentiles.ts';
import { pool } from './pool.ts';
import {
  headroomWithIntervals,
  limitersWithIntervals,
  requestsWithIntervals,
  stationsWithIntervals,
} from './replicated.ts';
import { findRequests } from './requests.ts';
import { findStartUp } from './start-up.ts';
import { findSampling } from './sampling.ts';
import { findStations } from './stations.ts';
import { findShadow } from './shadow/shadow.ts';
import { makeTimeline } from './timeline.ts';
import { findStability } from './recovery/stability.ts';
import { stabilityOfAll } from './recovery/together.ts';
import { unloadedParts } from './unloaded.ts';
import { findVerdict } from './verdict.ts';
import { findWorstApart } from './worst.ts';
import type { Histogram } from '../measure/histogram.ts';

/**
 * Everything that one run, or several replications of it, found. A pure function of its input: the same measurements give
 * the same findings. Values come from the replications pooled, intervals from each of them alone.
 */
export function analyse(input: AnalysisInput): Findings {
  const each = replicationsApart(input);
  const apart = each.map((one) => one.context);
  const context = makeContext(input, pool(input.replications), apart);
  const runs = apart.length === 0 ? [context] : apart;
  const { scenario, model } = context;
  const { stations, requests, limiters, headroom, cost, figures, worst, measures } = findRows(context, each);
  const mode = { ...input.sliceChoice, sampling: findSampling(context) };
  const breaks = findBreaks(each.length === 0 ? [{ context, stations }] : each);
  const budgets = judgeBudgets(context, figures);
  const stop = findStop(context);
  const timeline = makeTimeline(context);
  const stability = stabilityOfAll(findStability(context, stations), each.map(apply(findStability)));
  return {
    ...documentHead(input),
    scenario: describeScenario(context),
    mode,
    replications: describeReplications(input),
    stop,
    verdict: findVerdict(context, apart, { budgets, breaks, headroom, stop, run: stability.run }),
    phases: model.phases.map(({ name, fromNs, toNs }) => ({ name, fromNs, toNs })),
    budgets: withBurns(context, withModeErrors(budgets, mode)),
    alerts: findAlerts(context, runs),
    breaks,
    ...findReview(context, { breaks, budgets, timeline }),
    headroom,
    stability,
    requests,
    worst: worst.rows,
    stations,
    layers: findLayers(model.layers, stations, limiters),
    limiters,
    calls: findCalls(context),
    anatomy: findAnatomy(context),
    unloaded: input.unloaded.flatMap(unloadedParts),
    cost,
    claims: claimsAbout(scenario, input.claims),
    advice: input.advice,
    sizing: input.sizing,
    timeline,
    checks: checkLaws(runs),
    shadow: findShadow(context, runs),
    startUp: input.pilot ?? findStartUp(context),
    ledger: input.ledger,
    histograms: encodeAll(context),
    measures: encodeMeasures(measures),
    scenarioText: input.scenarioText,
  };
}

/** What stands in tables, with intervals, and what budgets judge of it, of all replications and of each. */
function findRows(context: Context, each: readonly Replication[]) {
  const { model } = context;
  const apart = each.map((one) => one.context);
  const stations = stationsWithIntervals(
    findStations(context),
    each.map((one) => one.stations),
  );
  const requestsOfEach = apart.map(findRequests);
  const requests = requestsWithIntervals(findRequests(context), requestsOfEach, weightOf(model));
  const limitersOfEach = apart.map(findLimiters);
  const limiters = limitersWithIntervals(findLimiters(context), limitersOfEach);
  const headroomOfEach = each.map((one, i) =>
    findHeadroom(one.context, one.stations, limitersOfEach[i] ?? []),
  );
  const headroom = headroomWithIntervals(findHeadroom(context, stations, limiters), headroomOfEach);
  const cost = findCost(context, requests);
  const costOf = (i: number) => findCost(present(apart[i]), requestsOfEach[i] ?? []);
  const figuresOf = (i: number) => ({ headroom: headroomOfEach[i] ?? [], cost: costOf(i) });
  const ofEach = apart.map((one, i) => [one, figuresOf(i)] as const);
  const figures: FiguresOf = new Map([[context, { headroom, cost }], ...ofEach]);
  const worst = findWorstApart(apart.length === 0 ? [context] : apart);
  const alone = <Row>(rows: readonly Row[], rowsOfEach: readonly (readonly Row[])[]): Rows<Row> => ({
    rows,
    ofEach: rowsOfEach.length === 0 ? [rows] : rowsOfEach,
  });
  const measures = findMeasures(context, {
    requests: alone(requests, requestsOfEach),
    stations: alone(
      stations,
      each.map((one) => one.stations),
    ),
    worst,
    headroom: alone(headroom, headroomOfEach),
  });
  return { stations, requests, limiters, headroom, cost, figures, worst, measures };
}

/** Requests of the site that one observation stands for. */
function weightOf({ slice, sampling }: AnalysisInput['model']): number {
  return slice * (sampling?.weight ?? 1);
}

function documentHead({ toolVersion }: AnalysisInput): Pick<Findings, '$schema' | 'schemaVersion' | 'tool'> {
  return {
    $schema: `urn:hongfeng:result:${RESULT_SCHEMA_VERSION}`,
    schemaVersion: RESULT_SCHEMA_VERSION,
    tool: { name: 'hongfeng', version: toolVersion },
  };
}

/** What the review shows beyond what is judged. */
function findReview(
  context: Context,
  found: ChainInput,
): Pick<Findings, 'chain' | 'topology' | 'examples' | 'percentiles'> {
  const topology = findTopology(context.scenario);
  return {
    chain: findChain(context, topology, found),
    topology,
    examples: findExamples(context),
    percentiles: findPercentiles(context),
  };
}

/** Each replication by itself; a single one has nothing to be told apart from. */
function replicationsApart(input: AnalysisInput): Replication[] {
  if (input.replications.length === 1) return [];
  return input.replications.map((measurements) => {
    const context = makeContext(input, measurements);
    return { context, stations: findStations(context) };
  });
}

function apply<Found>(
  find: (context: Context, stations: readonly StationFinding[]) => Found,
): (replication: Replication) => Found {
  return ({ context, stations }) => find(context, stations);
}

function describeReplications({ plan, replications }: AnalysisInput): ReplicationsFinding {
  const { asked, seeds, stoppedBy, ranAway, precision } = plan;
  const ended = { asked, done: replications.length, seeds, stoppedBy };
  return { ...ended, ...(ranAway === undefined ? {} : { ranAway }), level: CONFIDENCE_LEVEL, precision };
}

/** `completed` is the only end at which every request has ended; the drain limit leaves some inside but cuts no window. */
function findStop({ model, measurements, plan: { abort } }: Context): StopFinding {
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
    ...(abort === undefined ? {} : { abort }),
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
