import { formatDuration } from '../base/format.ts';
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { LedgerEntry } from '../scenario/types.ts';
import type { Io } from './io.ts';
import { prepareScenario, type Known, type ScenarioOptions } from './prepare-scenario.ts';

/**
 * The scenario with the warm-up that a pilot run tells, where it says none itself and what comes follows one law all the
 * time; otherwise, and where the pilot was stopped or tells none, as it is.
 */
export async function withChosenWarmUp(
  io: Io,
  options: ScenarioOptions,
  version: string,
  known: Known,
  simulate: (pilot: Model) => Promise<Measurements>,
): Promise<Known> {
  if (!known.ledger.some(isDefaultWarmUp)) return known;
  // Not loaded before it is needed: the run begins sooner.
  const [{ chooseWarmUp }, { followsOneLaw }] = await Promise.all([
    import('../study/warm-up.ts'),
    import('../analysis/start-up.ts'),
  ]);
  const { model, prepared } = known;
  const { predictedEvents } = prepared.mode;
  const chosen = followsOneLaw(model) ? await chooseWarmUp(model, { predictedEvents, simulate }) : null;
  if (chosen === null) return known;
  const { warmUpNs, pilot } = chosen;
  if (warmUpNs === null) return { ...known, pilot };
  const again = prepareScenario(io, { ...options, warmUpNs }, version);
  const ledger = again.ledger.map((entry) =>
    isDefaultWarmUp(entry)
      ? { ...entry, value: formatDuration(warmUpNs), source: 'MSER-5 on a run of its own' }
      : entry,
  );
  return { ...again, ledger, pilot };
}

function isDefaultWarmUp({ path, origin }: LedgerEntry): boolean {
  return path === 'clock.warmUp' && origin === 'default';
}
