/** Simulated values with their standard error: of one run by batch means, of several by their spread. */
import { batchMeans } from '../../stats/batch-means.ts';
import { sampleMoments } from '../../stats/moments.ts';
import type { Group } from '../../model/model.ts';
import type { Context } from '../context.ts';
import { mergePhases, supportedQuantileNs } from '../latency.ts';
import { instanceCapacity } from '../scale.ts';
import type { Span } from '../spans.ts';
import { measuredGroup } from '../stations.ts';
import type { ShadowQuantity } from '../finding-shadow.ts';

export interface Estimate {
  /** null: nothing was observed. */
  readonly value: number | null;
  readonly standardError: number | null;
  /** Batches or replications; 0 without a standard error. */
  readonly batches: number;
}

/** A value as a ratio of two per-window series. */
interface Ratio {
  readonly numerator: ArrayLike<number>;
  readonly denominator: (window: Span['windows'][number]) => number;
  readonly factor: number;
}

/**
 * A quantity of one group in one span. `runs` are replications of one scenario; with a single one the windows of the
 * span are the batches, and quantities that are no ratio of sums over windows have no standard error.
 */
export function estimateOf(
  runs: readonly Context[],
  quantity: ShadowQuantity,
  at: { readonly group: number; readonly phase: string | null },
): Estimate {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return ofOneRun(only, quantity, at);
  const values = runs.map((run) => ofOneRun(run, quantity, at).value);
  return ofReplications(values.filter((value) => value !== null));
}

/** x̄ and s/√R of independent replications. */
export function ofReplications(values: readonly number[]): Estimate {
  const { count, mean, variance } = sampleMoments(values);
  if (count === 0) return { value: null, standardError: null, batches: 0 };
  if (!(variance > 0)) return { value: mean, standardError: null, batches: 0 };
  return { value: mean, standardError: Math.sqrt(variance / count), batches: count };
}

function ofOneRun(
  run: Context,
  quantity: ShadowQuantity,
  at: { readonly group: number; readonly phase: string | null },
): Estimate {
  const span = run.spans.find(({ name }) => name === at.phase);
  const group = run.model.groups[at.group];
  if (span === undefined || group === undefined) return { value: null, standardError: null, batches: 0 };
  const ratio = ratioOf(run, quantity, { group, index: at.group });
  if (ratio !== null) return ofWindows(span, ratio);
  return { value: withoutSeries(run, quantity, span, at.group), standardError: null, batches: 0 };
}

function ofWindows({ windows }: Span, { numerator, denominator, factor }: Ratio): Estimate {
  const { value, standardError, batchCount } = batchMeans({
    numerators: windows.map(({ index, weight }) => weight * (numerator[index] ?? 0) * factor),
    denominators: windows.map((window) => window.weight * denominator(window)),
  });
  return { value, standardError, batches: batchCount };
}

const lengthOf = ({ fromNs, toNs }: Span['windows'][number]): number => toNs - fromNs;

/** null: no ratio of sums over windows. */
function ratioOf(
  run: Context,
  quantity: ShadowQuantity,
  { group, index }: { readonly group: Group; readonly index: number },
): Ratio | null {
  const { busyNs, waitingNs, arrivals, starts, rejected } = measuredGroup(run, index);
  const capacity = group.instanceCount * (instanceCapacity(group) ?? 1);
  switch (quantity) {
    case 'utilizationRatio':
      return { numerator: busyNs, denominator: lengthOf, factor: 1 / capacity };
    case 'busyServers':
      return { numerator: busyNs, denominator: lengthOf, factor: group.scale };
    case 'waitNsMean':
      return { numerator: waitingNs, denominator: (window) => starts[window.index] ?? 0, factor: 1 };
    case 'rejectedRatio':
      return { numerator: rejected, denominator: (window) => arrivals[window.index] ?? 0, factor: 1 };
    default:
      return null;
  }
}

function withoutSeries(run: Context, quantity: ShadowQuantity, span: Span, group: number): number | null {
  const waits = mergePhases(measuredGroup(run, group).waits, span.phases);
  if (quantity === 'waitNsP95') return supportedQuantileNs(waits, 0.95);
  if (quantity === 'waitNsP99') return supportedQuantileNs(waits, 0.99);
  return waits.count === 0 ? null : 1 - (waits.counts[0] ?? 0) / waits.count;
}
