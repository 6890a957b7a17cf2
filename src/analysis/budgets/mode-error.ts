/** Budgets that pass or fail by less than the way of simulating errs by. */
import type { BudgetFinding, ModeFinding } from '../findings.ts';
import { isLatency, parseMetric } from './metric.ts';

type Errors = Readonly<Record<'p50' | 'p95' | 'p99', number>>;

/** The same with `modeError` where the margin of a latency is within it. */
export function withModeErrors(budgets: readonly BudgetFinding[], mode: ModeFinding): BudgetFinding[] {
  const errors = errorsOf(mode);
  return budgets.map((budget) => {
    const { metric, margin, unit } = budget;
    // Of slices it is their share that is judged, which has another unit.
    const error = unit !== 'ns' ? 0 : isLatency(parseMetric(metric)) ? errors[nearest(metric)] : 0;
    return margin !== null && Math.abs(margin) < error ? { ...budget, modeError: error } : budget;
  });
}

/** Slicing and sampling by what each is measured or estimated to err by at worst. */
function errorsOf({ errors, sampling }: ModeFinding): Errors {
  const all: readonly Errors[] = [...errors, ...(sampling?.errors == null ? [] : [sampling.errors])];
  const worst = (key: keyof Errors) => all.reduce((max, each) => Math.max(max, each[key]), 0);
  return { p50: worst('p50'), p95: worst('p95'), p99: worst('p99') };
}

/** The measured percentile next to the one that is judged; of a mean that of the middle, of a maximum that of the tail. */
function nearest(metric: string): keyof Errors {
  const parsed = parseMetric(metric);
  if (parsed.kind !== 'quantile') return metric === 'max' ? 'p99' : 'p50';
  return parsed.p <= 0.75 ? 'p50' : parsed.p <= 0.97 ? 'p95' : 'p99';
}
