/**
 * What several replications say of stability. They may end differently: near a threshold one comes back and another does
 * not. So nothing is averaged over those that differ: the worst of them is shown, and how many of them it was.
 */
import { present } from '../../base/present.ts';
import type { RecoveryFinding, RunState, StabilityFinding, StationState } from '../findings.ts';
import { eachAt, intervalOf, meanOfExtremes, NOT_NEGATIVE } from '../intervals.ts';

const VERDICTS: readonly RunState['verdict'][] = ['metastable', 'overloaded', 'backlogged', 'stable'];
const STATUSES: readonly RecoveryFinding['status'][] = [
  ...(['metastable', 'overloaded', 'recovering', 'unknown', 'recovered'] as const),
];

/** The pooled finding with the states of the replications; as it is for a single run. */
export function stabilityOfAll(
  pooled: StabilityFinding,
  ofEach: readonly StabilityFinding[],
): StabilityFinding {
  if (ofEach.length < 2) return pooled;
  return {
    run: stateOfAll(ofEach.map(({ run }) => run)),
    recoveries: pooled.recoveries.map((_, index) =>
      recoveryOfAll(
        eachAt(
          ofEach.map(({ recoveries }) => recoveries),
          index,
        ),
      ),
    ),
    retryLoads: pooled.retryLoads,
  };
}

/** Instants are means over the replications that were in the state shown. */
export function stateOfAll<State extends StationState | RunState>(states: readonly State[]): State {
  const worst = present(VERDICTS.find((verdict) => states.some((state) => state.verdict === verdict)));
  const those = states.filter(({ verdict }) => verdict === worst);
  return {
    ...present(those[0]),
    sinceNs: meanOfExtremes(those.map(({ sinceNs }) => sinceNs)),
    drainedNs: meanOfExtremes(those.map(({ drainedNs }) => drainedNs)),
    replications: those.length,
  };
}

function recoveryOfAll(rows: readonly RecoveryFinding[]): RecoveryFinding {
  const worst = present(STATUSES.find((status) => rows.some((row) => row.status === status)));
  const those = rows.filter(({ status }) => status === worst);
  const mean = (of: (row: RecoveryFinding) => number | null): number | null => meanOfExtremes(those.map(of));
  const recoveredNs = mean((row) => row.recoveredNs);
  return {
    ...present(those[0]),
    recoveredNs,
    drainNs: mean(({ drainNs }) => drainNs),
    offeredBeforePerSec: mean(({ offeredBeforePerSec }) => offeredBeforePerSec),
    offeredAfterPerSec: mean(({ offeredAfterPerSec }) => offeredAfterPerSec),
    goodBeforeRatio: mean(({ goodBeforeRatio }) => goodBeforeRatio),
    goodAfterRatio: mean(({ goodAfterRatio }) => goodAfterRatio),
    replications: those.length,
    interval: intervalOf(
      recoveredNs,
      rows.map((row) => row.recoveredNs),
      NOT_NEGATIVE,
    ),
  };
}
