import type { Context } from '../context.ts';
import type { StabilityFinding, StationFinding } from '../findings.ts';
import { findRecoveries } from './recoveries.ts';
import { findRetryLoads } from './retry-loads.ts';
import { runStateOf } from './run-state.ts';

/** Whether the run kept up as a whole, what became of each disturbance, and where retries could keep one going. */
export function findStability(context: Context, stations: readonly StationFinding[]): StabilityFinding {
  const recoveries = findRecoveries(context);
  return { run: runStateOf(recoveries, stations), recoveries, retryLoads: findRetryLoads(context) };
}
