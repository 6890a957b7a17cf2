/** One side of a comparison as it was measured: simulated just now, or read from a saved result. */
import { makeContext, type AnalysisInput } from '../analysis/context.ts';
import { describeScenario } from '../analysis/described.ts';
import type { Findings, Measure } from '../analysis/findings.ts';
import { decodeMeasures, measuresOf, phasesOf } from '../analysis/measures.ts';
import { findPercentiles } from '../analysis/percentiles.ts';
import { pool } from '../analysis/pool.ts';
import { conditionsOf } from './gate/baseline.ts';
import { modeHead } from './study-head.ts';
import type { ComparedSide, UnpairedReason } from './comparison.ts';

export interface MeasuredSide extends Omit<ComparedSide, 'only'> {
  /** Of all targets and phases, as `ComparedSide.only` has them. */
  readonly names: readonly string[];
  readonly measures: readonly Measure[];
}

export function sideOfInput(input: AnalysisInput): MeasuredSide {
  const { model, replications, plan, sliceChoice, toolVersion } = input;
  const runaways = replications.flatMap(({ stop: { atNs, runaway } }, index) =>
    runaway === null
      ? []
      : [{ seed: plan.seeds[index] ?? '', group: model.groups[runaway.group]?.name ?? '', atNs }],
  );
  return {
    scenario: describeScenario(input),
    version: toolVersion,
    seeds: plan.seeds,
    mode: sliceChoice,
    percentiles: runaways.length > 0 ? [] : findPercentiles(makeContext(input, pool(replications))),
    runaways,
    names: [
      ...model.classes.map(({ name }) => `request:${name}`),
      ...model.groups.map(({ name }) => `station:${name}`),
      ...phasesOf(model).map((name) => `phase:${name}`),
    ],
    measures: measuresOf(input),
  };
}

/** Of those that ran away a result shows the first alone. */
export function sideOfResult(findings: Findings): MeasuredSide {
  const { scenario, tool, replications, mode, stop, requests, stations, percentiles } = findings;
  const { seeds } = replications;
  return {
    ...{ scenario, version: tool.version, seeds, mode: modeHead(mode) },
    percentiles: stop.runaway === null ? percentiles : [],
    runaways:
      stop.runaway === null ? [] : [{ seed: seeds[0] ?? '', group: stop.runaway.group, atNs: stop.atNs }],
    names: [
      ...new Set([
        ...requests.map(({ request }) => `request:${request}`),
        ...stations.map(({ group }) => `station:${group}`),
        ...phasesOf({ phases: findings.phases }).map((name) => `phase:${name}`),
      ]),
    ],
    measures: decodeMeasures(findings.measures),
  };
}

/** Why the replications of two results do not pair: what they were not simulated alike in; none where they do. */
export function reasonsNotToPair(before: Findings, after: Findings): UnpairedReason[] {
  const [one, other] = [conditionsOf(before), conditionsOf(after)];
  const differs = (...of: (keyof typeof one)[]): boolean =>
    of.some((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
  const reasons: readonly (readonly [UnpairedReason, boolean])[] = [
    ['version', before.tool.version !== after.tool.version],
    ['seeds', differs('seeds')],
    ['until', differs('untilNs')],
    ['warm-up', differs('warmUpNs')],
    ['mode', differs('slice', 'sampling')],
  ];
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []));
}
