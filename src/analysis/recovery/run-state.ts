import type { RecoveryFinding, RunState, StationFinding } from '../findings.ts';

/** The worst that is true of the run: a bad state that a disturbance left behind, else the worst of its queues. */
export function runStateOf(
  recoveries: readonly RecoveryFinding[],
  stations: readonly StationFinding[],
): RunState {
  const stuck = recoveries.find(({ status }) => status === 'metastable');
  if (stuck !== undefined) return { verdict: 'metastable', sinceNs: stuck.fromNs, drainedNs: null };
  const states = stations.filter(({ phase }) => phase === null).map(({ state }) => state);
  for (const verdict of ['overloaded', 'backlogged'] as const) {
    const those = states.filter((state) => state.verdict === verdict);
    if (those.length === 0) continue;
    const sinceNs = Math.min(...those.flatMap((state) => state.sinceNs ?? []));
    const drained = those.map((state) => state.drainedNs);
    const isOver = drained.every((ns) => ns !== null);
    return { verdict, sinceNs, drainedNs: isOver ? Math.max(...drained) : null };
  }
  return { verdict: 'stable', sinceNs: null, drainedNs: null };
}
