import type { GroupTotals, RunTotals } from '../run/measurements.ts';
import { partsOf, responseOf } from './anatomy.ts';
import type { Context } from './context.ts';
import type { CheckFinding } from './findings.ts';

/**
 * Counts are whole numbers and must agree exactly. Integrals over time are sums of up to 10^9 products in double
 * precision and may differ by rounding: at most this share of the larger side.
 */
export const LAW_TOLERANCE = 1e-9;

/** What every run checks of itself: of several replications the first that breaks a law is shown, else the first. */
export function checkLaws(replications: readonly Pick<Context, 'model' | 'measurements'>[]): CheckFinding[] {
  const [first = [], ...others] = replications.map(checkReplication);
  return first.map((check) => {
    const alike = others.flatMap((checks) =>
      checks.filter(({ law, of }) => law === check.law && of === check.of),
    );
    return [check, ...alike].find(({ holds }) => !holds) ?? check;
  });
}

/** A law that does not hold is a bug of the simulator, never of the scenario. */
function checkReplication({ model, measurements }: Pick<Context, 'model' | 'measurements'>): CheckFinding[] {
  const groups = model.groups.flatMap(({ name }, index) => {
    const totals = measurements.groupTotals[index];
    return totals === undefined ? [] : groupChecks(name, totals);
  });
  const samples = model.classes.flatMap(({ name }, index) => {
    const rows = measurements.samples[index]?.rows ?? [];
    return rows.length === 0 ? [] : [timeAddsUp(name, rows)];
  });
  const requests = model.classes.flatMap(({ name }, index) => {
    const measured = measurements.classes[index];
    if (measured === undefined) return [];
    const sum = (series: Float64Array): number => series.reduce((total, value) => total + value, 0);
    const ended = sum(measured.good) + measured.failures.reduce((total, series) => total + sum(series), 0);
    return [exact('every-request-ended', name, sum(measured.offered), ended + measured.censored)];
  });
  return [...runChecks(measurements.totals), ...requests, ...groups, ...samples];
}

function runChecks({ started, ended, inside, stockMin }: RunTotals): CheckFinding[] {
  return [
    exact('every-request-ended', '*', started, ended + inside),
    { law: 'no-negative-stock', of: '*', holds: stockMin >= 0, left: stockMin, right: 0 },
  ];
}

/**
 * Flow balance:     arrivals = departures + rejected + abandoned + waiting + in service
 * Utilization law:  ∫ busy servers dt = Σ time each job held a server        (U·c = X·S, times T)
 * Little's law:     ∫ waiting jobs dt = Σ time each job waited               (Lq = λ·Wq, times T)
 *
 * Both sides are kept apart while running: the left by the stations, the right by the jobs; those still inside at
 * the end count with their time so far. Source: Denning & Buzen 1978, ACM Computing Surveys 10(3):225.
 */
function groupChecks(name: string, totals: GroupTotals): CheckFinding[] {
  const { arrivals, departures, rejected, abandoned, waiting, busy } = totals;
  return [
    exact('flow-balance', name, arrivals, departures + rejected + abandoned + waiting + busy),
    nearly('utilization-law', name, totals.busyNs, totals.heldNs),
    nearly('littles-law', name, totals.waitingNs, totals.waitedNs),
  ];
}

/** The worst of the sampled requests of a class stands for all. */
function timeAddsUp(request: string, rows: readonly Float64Array[]): CheckFinding {
  const gap = (row: Float64Array): number => Math.abs(partsOf(row) - responseOf(row));
  const worst = rows.reduce((a, b) => (gap(b) > gap(a) ? b : a));
  return nearly('time-adds-up', request, responseOf(worst), partsOf(worst));
}

function exact(law: CheckFinding['law'], of: string, left: number, right: number): CheckFinding {
  return { law, of, holds: left === right, left, right };
}

function nearly(law: CheckFinding['law'], of: string, left: number, right: number): CheckFinding {
  const holds = Math.abs(left - right) <= LAW_TOLERANCE * Math.max(Math.abs(left), Math.abs(right));
  return { law, of, holds, left, right };
}
