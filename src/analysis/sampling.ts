/** What a run sampled in time says about itself: what it left out, and which minutes to doubt. */
import { Histogram, WINDOW_SUB_BITS, binCount } from '../measure/histogram.ts';
import { runsOf, type Measured } from './context.ts';
import type { DoubtfulMinutes, SamplingFinding } from './findings.ts';
import { supportsQuantile } from './latency.ts';
import { lengthNs, type SimulatedWindow } from './spans.ts';

const MINUTE_NS = 60e9;

/**
 * Measured error of per-minute percentiles against exact runs, by the weight of a sampled stretch: the median over minutes,
 * rounded up, of a site whose queues matter (docs/modes.md, twenty desks).
 */
const MEASURED: Readonly<Record<number, SamplingFinding['errors']>> = {
  6: { p50: 0.008, p95: 0.009, p99: 0.012 },
  12: { p50: 0.011, p95: 0.014, p99: 0.02 },
  30: { p50: 0.016, p95: 0.021, p99: 0.032 },
};

export function findSampling(context: Measured): SamplingFinding | null {
  const { sampling: plan } = context.model;
  if (plan === null || context.measurements.sampling === null) return null;
  const { periodNs, warmNs, measuredNs, weight } = plan;
  const coverages = runsOf(context).map(coverageOf);
  const mean = (key: keyof Coverage): number =>
    coverages.reduce((sum, each) => sum + each[key], 0) / coverages.length;
  const contiguousRatio = mean('contiguousRatio');
  return {
    periodNs,
    warmNs,
    measuredNs,
    weight,
    measuredRatio: mean('measuredRatio'),
    contiguousRatio,
    extensions: mean('extensions'),
    unseenNs: mean('unseenNs'),
    errors: contiguousRatio === 1 ? null : (MEASURED[weight] ?? null),
    doubtful: findDoubtful(context),
  };
}

type Coverage = Pick<SamplingFinding, 'measuredRatio' | 'contiguousRatio' | 'extensions' | 'unseenNs'>;

/** Of one run: pooled windows have mean weights, which no longer tell what each replication left out. */
function coverageOf({ model, measurements, windows }: Measured): Coverage {
  const { stop, sampling } = measurements;
  const doneNs = Math.max(0, Math.min(model.lastsNs, stop.atNs));
  const share = (partNs: number): number => (doneNs === 0 ? 0 : partNs / doneNs);
  return {
    measuredRatio: share(windows.reduce((sum, { fromNs, toNs }) => sum + (toNs - fromNs), 0)),
    contiguousRatio: share(lengthNs({ windows: windows.filter(({ weight }) => weight === 1) })),
    extensions: sampling?.extensions ?? 0,
    unseenNs: stop.atNs < model.lastsNs ? 0 : model.lastsNs - lengthNs({ windows }),
  };
}

/** Minutes whose percentiles depend on chance or on the sampling, those that follow each other as one. */
function findDoubtful(context: Pick<Measured, 'measurements' | 'windows'>): DoubtfulMinutes[] {
  const found: DoubtfulMinutes[] = [];
  for (const [minute, windows] of byMinute(context.windows)) {
    const because = doubtOf(context, windows);
    if (because === null) continue;
    const [fromNs, toNs] = [minute * MINUTE_NS, (minute + 1) * MINUTE_NS];
    const last = found.at(-1);
    if (last?.toNs === fromNs && last.because === because) found[found.length - 1] = { ...last, toNs };
    else found.push({ fromNs, toNs, because });
  }
  return found;
}

function byMinute(windows: readonly SimulatedWindow[]): ReadonlyMap<number, SimulatedWindow[]> {
  const minutes = new Map<number, SimulatedWindow[]>();
  for (const window of windows) {
    const minute = Math.floor(window.fromNs / MINUTE_NS);
    const inside = minutes.get(minute);
    if (inside === undefined) minutes.set(minute, [window]);
    else inside.push(window);
  }
  return minutes;
}

/**
 * *mixed*: part of the minute stands for itself and part for more, so that a short event in it weighs by where it fell.
 * *steep*: the P99 of some request class lies where the quantile function leaps (`isSteep`), in contiguous minutes too.
 */
function doubtOf(
  { measurements }: Pick<Measured, 'measurements'>,
  windows: readonly SimulatedWindow[],
): DoubtfulMinutes['because'] | null {
  if (new Set(windows.map(({ weight }) => weight)).size > 1) return 'mixed';
  const isAnySteep = measurements.classes.some(({ windowHistograms }) => {
    const merged = new Histogram(WINDOW_SUB_BITS, new Float64Array(binCount(WINDOW_SUB_BITS)));
    for (const { index, weight } of windows) {
      const histogram = windowHistograms[index] ?? null;
      if (histogram !== null) merged.add(histogram, weight);
    }
    return isSteep(merged);
  });
  return isAnySteep ? 'steep' : null;
}

const STEEP_RATIO = 2;

/**
 * Whether the P99 is ill-conditioned: half a per cent of the requests more or fewer among the slow moves it by a factor
 * of two.
 *
 *     Q(99.5 %) > 2·Q(98.5 %)
 *
 * The standard error of a quantile is √(p(1 − p)/n) / f(Q(p)), and the slope of Q is 1/f: where about 1 % of the requests
 * met congestion the density f between the fast and the slow is next to nothing. An exponential tail has 1.26. Source:
 * Serfling 1980, Approximation Theorems of Mathematical Statistics, §2.3.3.
 */
export function isSteep(histogram: Histogram): boolean {
  if (!supportsQuantile(histogram.observations, 0.995)) return false;
  return (histogram.quantileNs(0.995) ?? 0) > STEEP_RATIO * (histogram.quantileNs(0.985) ?? 0);
}
