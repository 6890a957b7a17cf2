import type { BudgetFinding, Findings, Timeline, TimelineRequest } from '../findings.ts';

const PERCENTILES = { p50: 'p50Ns', p95: 'p95Ns', p99: 'p99Ns', 'p99.9': 'p999Ns' } as const;

export interface Breach {
  readonly atNs: number;
  /** Beginning of the window in which it was seen. */
  readonly seenNs: number;
}

/**
 * The first window that by itself breaks a budget on requests which was broken as a whole; null where no window does, or where
 * the time line does not hold the metric. What is broken in the first window seen of its phase is so since the phase began: a
 * run sampled in time may not have looked there.
 */
export function brokenSince(
  budget: BudgetFinding,
  timeline: Timeline,
  phases: readonly Pick<Findings['phases'][number], 'name' | 'fromNs'>[],
): Breach | null {
  if (budget.countsAs !== 'fail' && budget.countsAs !== 'warn') return null;
  const rows = timeline.requests.filter(
    ({ request }) => budget.target === '*' || budget.target === `request:${request}`,
  );
  const inside = timeline.fromNs.flatMap((_, index) =>
    isInside(budget.window, timeline, index) ? [index] : [],
  );
  const window = inside.find((index) => {
    const value = valueIn(budget.metric, rows, index);
    return value !== null && (budget.op.startsWith('<') ? value > budget.limit : value < budget.limit);
  });
  if (window === undefined) return null;
  const seenNs = timeline.fromNs[window] ?? 0;
  const phase = phases.find(({ name }) => name === budget.window);
  return { atNs: window === inside[0] && phase !== undefined ? phase.fromNs : seenNs, seenNs };
}

function isInside(
  window: BudgetFinding['window'],
  { phase: phases, fromNs: begins }: Timeline,
  index: number,
): boolean {
  const [phase, fromNs] = [phases[index] ?? null, begins[index] ?? 0];
  if (window === null) return true;
  if (typeof window === 'string') return phase === window;
  switch (window.kind) {
    case 'range':
      return window.fromNs <= fromNs && fromNs < window.toNs;
    case 'worst':
    case 'slices':
      return window.within === null || phase === window.within;
    case 'after':
      return phases.includes(window.phase) && index > phases.lastIndexOf(window.phase);
  }
}

function valueIn(metric: string, rows: readonly TimelineRequest[], window: number): number | null {
  const [only] = rows;
  if (only === undefined) return null;
  if (metric in PERCENTILES) {
    const key = PERCENTILES[metric as keyof typeof PERCENTILES];
    return rows.length === 1 ? (only[key][window] ?? null) : null;
  }
  const sum = (of: (row: TimelineRequest) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const offered = sum(({ offeredPerSec }) => offeredPerSec[window] ?? 0);
  if (offered === 0) return null;
  switch (metric) {
    case 'availability':
      return sum(({ goodPerSec }) => goodPerSec[window] ?? 0) / offered;
    case 'shed':
      return sum(({ failedPerSec }) => failedPerSec.shed[window] ?? 0) / offered;
    case 'timeouts':
      return sum(({ failedPerSec }) => failedPerSec.timedOut[window] ?? 0) / offered;
    case 'errors':
      return (
        sum(({ failedPerSec }) =>
          Object.values(failedPerSec).reduce((all, cause) => all + (cause[window] ?? 0), 0),
        ) / offered
      );
    default:
      return null;
  }
}
