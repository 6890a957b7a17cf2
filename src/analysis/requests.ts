import type { ClassMeasurements } from '../run/measurements.ts';
import { CAUSE_NAMES } from '../model/opcodes.ts';
import { runsOf, type Context, type Measured } from './context.ts';
import type { CauseName, RequestFinding } from './findings.ts';
import { lengthNs, perSec, spanNamed, sumOver, type Span } from './spans.ts';
import { summarisePhases } from './summary.ts';
import { summariseUnloaded } from './unloaded.ts';

/** Requests of a span by how they ended, scaled to the site. */
export interface RequestCounts {
  readonly offered: number;
  readonly good: number;
  readonly late: number;
  readonly failures: Readonly<Record<CauseName, number>>;
  readonly censored: number;
}

type RequestContext = Measured & Pick<Context, 'unloaded'>;

/** Every request class over the whole run and over each phase, class by class. */
export function findRequests(context: RequestContext): RequestFinding[] {
  return context.model.classes.flatMap(({ name }, index) =>
    context.spans.map((span) => requestFinding(context, name, index, span)),
  );
}

function unloadedOf({ unloaded }: RequestContext, request: string): Parameters<typeof summariseUnloaded>[0] {
  return unloaded.find((each) => each.request === request) ?? { goodNs: new Float64Array(), meanNs: null };
}

export function measuredClass(
  { measurements }: Pick<Context, 'measurements'>,
  index: number,
): ClassMeasurements {
  const measured = measurements.classes[index];
  if (measured === undefined) throw new RangeError(`request class ${index} was not measured`);
  return measured;
}

function requestFinding(context: RequestContext, request: string, index: number, span: Span): RequestFinding {
  const measured = measuredClass(context, index);
  const ofEach = context.apart.map((each) => measuredClass(each, index).phaseHistograms);
  const durationNs = lengthNs(span);
  const { offered, good, late, failures, censored } = countRequests(
    context,
    index,
    (run) => spanNamed(run, span.name),
    context.model.slice,
  );
  return {
    request,
    phase: span.name,
    offeredPerSec: perSec(offered, durationNs),
    admittedPerSec: perSec(offered - failures.shed, durationNs),
    completedPerSec: perSec(good + late, durationNs),
    goodPerSec: perSec(good, durationNs),
    offered,
    good,
    failures,
    censored,
    availability: availabilityOf({ offered, good }),
    latency: summarisePhases(measured.phaseHistograms, ofEach, span.phases),
    unloaded: summariseUnloaded(unloadedOf(context, request)),
  };
}

/** good / offered; null when nothing was offered. */
export function availabilityOf({ offered, good }: Pick<RequestCounts, 'offered' | 'good'>): number | null {
  return offered === 0 ? null : good / offered;
}

/**
 * How the requests due in some windows, which each run looks up by itself, ended.
 *
 *     offered = good + Σ failures + censored
 *
 * A client that left is counted under `timedOut`; work that succeeds after that is counted as late besides.
 */
export function countRequests(
  context: Measured,
  index: number,
  windowsOf: (run: Measured) => Pick<Span, 'windows'>,
  scale: number,
): RequestCounts {
  const span = windowsOf(context);
  const measured = measuredClass(context, index);
  const offered = sumOver(span, measured.offered);
  const good = sumOver(span, measured.good);
  const entries = CAUSE_NAMES.flatMap((name, cause): [CauseName, number][] =>
    name === 'none' ? [] : [[name, sumOver(span, measured.failures[cause] ?? [])]],
  );
  const inside = stillInside(context, index, windowsOf);
  return {
    offered: offered * scale,
    good: good * scale,
    late: sumOver(span, measured.late) * scale,
    failures: Object.fromEntries(entries.map(([name, count]) => [name, count * scale])) as Record<
      CauseName,
      number
    >,
    censored: (inside.reduce((sum, count) => sum + count, 0) / inside.length) * scale,
  };
}

/**
 * Requests due in the span that were still inside at the end, of each run: counted window by window, in whole numbers. The
 * difference of means would leave a trace of what is not there.
 */
export function stillInside(
  context: Measured,
  index: number,
  windowsOf: (run: Measured) => Pick<Span, 'windows'>,
): number[] {
  return runsOf(context).map((run) => {
    const { offered, good, failures } = measuredClass(run, index);
    const inside = (window: number): number =>
      failures.reduce(
        (left, failed) => left - (failed[window] ?? 0),
        (offered[window] ?? 0) - (good[window] ?? 0),
      );
    return windowsOf(run).windows.reduce((sum, { index: at, weight }) => sum + weight * inside(at), 0);
  });
}

/** The counts of several classes together. */
export function addCounts(parts: readonly RequestCounts[]): RequestCounts {
  const total = { offered: 0, good: 0, late: 0, censored: 0 };
  const failures: Record<CauseName, number> = { shed: 0, rejected: 0, abandoned: 0, timedOut: 0, failed: 0 };
  for (const part of parts) {
    total.offered += part.offered;
    total.good += part.good;
    total.late += part.late;
    total.censored += part.censored;
    for (const cause of Object.keys(failures) as CauseName[]) failures[cause] += part.failures[cause];
  }
  return { ...total, failures };
}
