import type { BudgetFinding, Timeline, TimelineRequest } from '../findings.ts';

const PERCENTILES = { p50: 'p50Ns', p95: 'p95Ns', p99: 'p99Ns', 'p99.9': 'p999Ns' } as const;

/**
 * Beginning of the first window that by itself breaks a budget on requests which was broken as a whole; null where no window
 * does, or where the time line does not hold the metric.
 */
export function brokenSince(budget: BudgetFinding, timeline: Timeline): number | null {
  if (budget.countsAs !== 'fail' && budget.countsAs !== 'warn') return null;
  const rows = timeline.requests.filter(
    ({ request }) => budget.target === '*' || budget.target === `request:${request}`,
  );
  const window = timeline.fromNs.findIndex((fromNs, index) => {
    if (!isInside(budget.window, timeline.phase[index] ?? null, fromNs)) return false;
    const value = valueIn(budget.metric, rows, index);
    return value !== null && (budget.op.startsWith('<') ? value > budget.limit : value < budget.limit);
  });
  return window < 0 ? null : (timeline.fromNs[window] ?? null);
}

function isInside(window: BudgetFinding['window'], phase: string | null, fromNs: number): boolean {
  if (window === null) return true;
  if (typeof window === 'string') return phase === window;
  switch (window.kind) {
    case 'range':
      return window.fromNs <= fromNs && fromNs < window.toNs;
    case 'worst':
    case 'slices':
      return window.within === null || phase === window.within;
    case 'after':
      return phase !== window.phase;
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
