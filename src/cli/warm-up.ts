import { formatDuration } from '../base/format.ts';
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import type { PairOptions } from './compare-options.ts';
import type { Io } from './io.ts';
import { preparePair, type KnownPair, type PairIo } from './prepare-pair.ts';
import {
  isDefaultWarmUp,
  prepareScenario,
  saysWarmUp,
  type Known,
  type ScenarioOptions,
} from './prepare-scenario.ts';

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
  if (saysWarmUp(known)) return known;
  // Not loaded before it is needed: the run begins sooner.
  const [{ chooseWarmUp }, { followsOneLaw }] = await Promise.all([
    import('../study/warm-up.ts'),
    import('../analysis/start-up.ts'),
  ]);
  const { model, prepared } = known;
  // A pilot leaves no time out, whatever the run does.
  const { contiguousEvents: predictedEvents } = prepared;
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

/** The same for two scenarios to be compared: where neither says one, that of the pilot of the first is for both. */
export async function withOneWarmUp(
  io: PairIo,
  options: PairOptions,
  version: string,
  pair: KnownPair,
  simulate: (pilot: Model) => Promise<Measurements>,
): Promise<KnownPair> {
  const { before, after } = pair;
  if (saysWarmUp(before) || saysWarmUp(after)) return pair;
  const [{ chooseWarmUp }, { followsOneLaw }] = await Promise.all([
    import('../study/warm-up.ts'),
    import('../analysis/start-up.ts'),
  ]);
  if (!followsOneLaw(before.model) || !followsOneLaw(after.model)) return pair;
  const { predictedEvents } = before.prepared.mode;
  const chosen = await chooseWarmUp(before.model, { predictedEvents, simulate });
  const warmUpNs = chosen?.warmUpNs ?? null;
  return warmUpNs === null ? pair : preparePair(io, { ...options, warmUpNs }, version);
}
