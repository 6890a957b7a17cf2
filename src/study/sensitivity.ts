/** What a change of one input does to the P99 of every class and to headroom, told from chance. */
import { analyse } from '../analysis/analyse.ts';
import type { AnalysisInput } from '../analysis/context.ts';
import type { Findings, Measure } from '../analysis/findings.ts';
import { CONFIDENCE_LEVEL } from '../analysis/intervals.ts';
import { measuresOf, tightestOf } from '../analysis/measures.ts';
import { differencesBetween } from './compare.ts';
import type { Difference } from './comparison.ts';
import {
  SENSITIVITY_SCHEMA_VERSION,
  type LeftOutInput,
  type SensitivityDocument,
  type SensitivityInput,
  type SensitivitySide,
} from './sensitivity-document.ts';
import type { StopReason } from './replication-job.ts';
import { studyHead } from './study-head.ts';

/** The base: what every change is beside. */
export interface SensitivityBase {
  readonly findings: Findings;
  readonly measures: readonly Measure[];
}

export function sensitivityBase(input: AnalysisInput): SensitivityBase {
  return { findings: analyse(input), measures: judgedMeasures(input) };
}

/** P99 of every class over the whole run, and headroom. */
function judgedMeasures(input: AnalysisInput): Measure[] {
  return measuresOf(input).filter(
    ({ target, metric, phase }) =>
      metric === 'headroom' || (metric === 'p99' && phase === null && target.startsWith('request:')),
  );
}

/** One side of one input; `value`: as it was written for it. */
export function sensitivitySide(base: SensitivityBase, input: AnalysisInput, value: string): SensitivitySide {
  const rows = differencesBetween(base.measures, judgedMeasures(input));
  const headroom = rows.find(({ metric }) => metric === 'headroom');
  const tightest = tightestOf(input);
  return {
    value,
    requests: rows
      .filter(({ metric }) => metric === 'p99')
      .map((row) => ({
        request: row.target.slice('request:'.length),
        p99Ns: row.after,
        differenceNs: row.difference,
        ...told(row),
      })),
    headroom: {
      factor: tightest?.factor ?? null,
      group: tightest?.group ?? null,
      difference: headroom?.difference ?? null,
      ...(headroom === undefined
        ? { relativeDifference: null, interval: null, verdict: 'unknown' as const }
        : told(headroom)),
    },
  };
}

function told({ relativeDifference, interval, verdict }: Difference) {
  return { relativeDifference, interval, verdict };
}

/** Largest relative change that chance does not explain, on either side. */
export function effectOf(sides: readonly (SensitivitySide | null)[]): number {
  const changes = sides.flatMap((side) => (side === null ? [] : [...side.requests, side.headroom]));
  return changes.reduce(
    (most, { verdict, relativeDifference }) =>
      verdict === 'significant' ? Math.max(most, Math.abs(relativeDifference ?? 0)) : most,
    0,
  );
}

/** `layers.order.operations.create[1].serve` → `order create[1] serve`: what it is of, and what it is. */
export function inputLabel(path: string): string {
  const parts = path
    .split('.')
    .filter((part) => !['layers', 'stations', 'hosts', 'operations'].includes(part));
  return parts.join(' ');
}

export function sensitivityDocument(
  { findings }: SensitivityBase,
  inputs: readonly SensitivityInput[],
  {
    leftOut,
    step,
    stoppedBy,
  }: {
    readonly leftOut: readonly LeftOutInput[];
    readonly step: number;
    readonly stoppedBy: StopReason | null;
  },
): SensitivityDocument {
  const [tightest] = findings.headroom;
  return {
    ...studyHead('sensitivity', SENSITIVITY_SCHEMA_VERSION, findings),
    replications: {
      done: findings.replications.done,
      seeds: findings.replications.seeds,
      level: CONFIDENCE_LEVEL,
      stoppedBy,
    },
    step,
    base: {
      requests: findings.requests
        .filter(({ phase }) => phase === null)
        .map(({ request, latency }) => ({
          request,
          p99Ns: latency.p99Ns,
          interval: latency.intervals?.p99Ns ?? null,
        })),
      headroom: {
        factor: tightest?.factor ?? null,
        group: tightest?.group ?? null,
        interval: tightest?.interval ?? null,
      },
    },
    inputs: inputs.toSorted((a, b) => b.effect - a.effect || b.reach - a.reach),
    leftOut,
  };
}
