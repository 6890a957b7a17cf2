/** How long a run that begins empty takes to look as it does ever after, and what that does to its means. */
import type { Model, Source } from '../model/model.ts';
import { batchMeans, type RatioSeries } from '../stats/batch-means.ts';
import { mser5 } from '../stats/mser.ts';
import type { Context } from './context.ts';
import { instanceCapacity } from './scale.ts';
import { growsToEnd } from './station-state.ts';
import type { StartUpBias, StartUpFinding } from './finding-start-up.ts';

/** Ten batches of MSER-5: with fewer windows the rule says nothing. */
const WINDOWS_MIN = 50;

type SeriesContext = Pick<Context, 'model' | 'measurements' | 'windows' | 'states'>;

/**
 * MSER-5 over two series, window by window: the mean response time of the requests due in it, and the jobs at servers.
 * The later of the two cuts is taken. Only for inputs whose law does not change with
 * time, and where no queue grows without bound.
 */
export function findStartUp(context: SeriesContext): StartUpFinding {
  const refusal = refusalOf(context);
  if (refusal !== null) {
    return { isPilot: false, refusal, cutNs: null, isTrusted: false, responseNs: null, utilization: null };
  }
  const { windows } = context;
  const responses = responseSeries(context);
  const jobs = jobSeries(context);
  const ratio = Array.from(responses.numerators, (sum, w) => sum / (responses.denominators[w] ?? 1));
  const truncations = [mser5(ratio), mser5(jobs)];
  const cut = Math.max(...truncations.map(({ dropCount }) => dropCount));
  return {
    isPilot: false,
    refusal: null,
    cutNs: windows[cut]?.fromNs ?? 0,
    isTrusted: truncations.every(({ trusted }) => trusted),
    responseNs: biasOf(responses, cut),
    utilization: utilizationBias(context, cut),
  };
}

function refusalOf(context: SeriesContext): StartUpFinding['refusal'] {
  const { model, measurements, windows, states } = context;
  if (!followsOneLaw(model)) return 'inputs-vary';
  if (measurements.stop.atNs < model.lastsNs) return 'cut-short';
  const isEmpty = Array.from(responseSeries(context).denominators).includes(0);
  if (windows.length < WINDOWS_MIN || isEmpty) return 'few-windows';
  return states.some(growsToEnd) ? 'saturated' : null;
}

/** Whether what comes follows one law all the time, and nothing is disturbed. */
export function followsOneLaw({ sources, disturbances }: Pick<Model, 'sources' | 'disturbances'>): boolean {
  return disturbances.length === 0 && sources.every(isConstant);
}

function isConstant(source: Source): boolean {
  if (source.model === 'trace' || source.classes.length > 1 || source.regions.length > 1) return false;
  if (source.model === 'closed') return true;
  const perSec = source.pieces[0]?.startPerSec;
  return source.pieces.every(({ startPerSec, endPerSec }) => startPerSec === perSec && endPerSec === perSec);
}

function responseSeries({ measurements: { classes }, windows }: SeriesContext): RatioSeries {
  const total = (of: (each: (typeof classes)[number]) => ArrayLike<number>): number[] =>
    windows.map(({ index }) => classes.reduce((sum, each) => sum + (of(each)[index] ?? 0), 0));
  return { numerators: total(({ sumNs }) => sumNs), denominators: total(({ good }) => good) };
}

/** Jobs at the servers of the site, mean of each window. */
function jobSeries({ model, measurements, windows }: SeriesContext): number[] {
  return windows.map(({ index, fromNs, toNs }) =>
    model.groups.reduce((sum, { role, scale }, group) => {
      const measured = measurements.groups[group];
      if (role !== 'servers' || measured === undefined) return sum;
      const jobsNs = (measured.busyNs[index] ?? 0) + (measured.waitingNs[index] ?? 0);
      return sum + (jobsNs * scale) / (toNs - fromNs);
    }, 0),
  );
}

function utilizationBias(
  { model, measurements, windows }: SeriesContext,
  cut: number,
): StartUpFinding['utilization'] {
  const lengths = windows.map(({ fromNs, toNs }) => toNs - fromNs);
  const found = model.groups.flatMap((group, index) => {
    const capacity = instanceCapacity(group);
    const busyNs = measurements.groups[index]?.busyNs;
    if (group.role !== 'servers' || capacity === null || busyNs === undefined) return [];
    const numerators = windows.map(
      (window) => (busyNs[window.index] ?? 0) / (group.instanceCount * capacity),
    );
    const bias = biasOf({ numerators, denominators: lengths }, cut);
    return bias === null ? [] : [{ group: group.name, ...bias }];
  });
  return found.reduce<StartUpFinding['utilization']>(
    (busiest, each) => (busiest === null || each.whole > busiest.whole ? each : busiest),
    null,
  );
}

/**
 * What the windows before the cut do to a ratio of sums.
 *
 *     b = θ/θ' − 1    SE(b) = SE(θ')/θ' · √(n/N)        θ of all N windows, θ' of those behind the cut, n before it
 *
 * as if what is before the cut varied as what is behind it does: θ − θ' is n/N times the difference of two independent
 * means of n and N − n windows.
 */
function biasOf({ numerators, denominators }: RatioSeries, cut: number): StartUpBias | null {
  const behind = batchMeans({
    numerators: Array.from(numerators).slice(cut),
    denominators: Array.from(denominators).slice(cut),
  });
  const { value: whole } = batchMeans({ numerators, denominators });
  const { value: behindCut, standardError } = behind;
  if (whole === null || behindCut === null || behindCut === 0) return null;
  const share = cut / numerators.length;
  return {
    whole,
    behindCut,
    relative: whole / behindCut - 1,
    standardError: standardError === null ? null : (standardError / behindCut) * Math.sqrt(share),
  };
}
