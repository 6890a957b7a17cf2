import { makeContext } from '../analysis/context.ts';
import type { StartUpFinding } from '../analysis/findings.ts';
import { findStartUp } from '../analysis/start-up.ts';
import type { Model, Source } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';

/** Predicted events of the first pilot, and of the longest; each takes four times as many as the one before. */
const PILOT_EVENTS = 2_000_000;
const PILOT_EVENTS_MAX = 32_000_000;
const LONGER = 4;

/** Windows of a pilot: MSER-5 puts five together. Fewer where requests are rare, so that none of them stays empty. */
const WINDOWS_MAX = 500;
const WINDOWS_MIN = 50;
const REQUESTS_PER_WINDOW = 20;

export interface WarmUp {
  /** null: the rule found none that is to be trusted. */
  readonly warmUpNs: number | null;
  readonly pilot: StartUpFinding;
}

export interface PilotOptions {
  /** Of the whole run, no time left out. */
  readonly predictedEvents: number;
  readonly simulate: (pilot: Model) => Promise<Measurements>;
}

/**
 * The warm-up by MSER-5 (stats/mser.ts) of a pilot: a run with a seed of its own that begins empty. It becomes longer until
 * the cut lies in its first half, at most as long as the run itself or some seconds' work; if it does not even then, or a queue grows
 * without bound, none is chosen and the finding says why. null where the pilot's windows do not allow the rule, or it was stopped.
 */
export async function chooseWarmUp(
  model: Model,
  { predictedEvents, simulate }: PilotOptions,
): Promise<WarmUp | null> {
  const eventsPerNs = predictedEvents / (model.warmUpNs + model.lastsNs);
  const wholeNs = Math.min(model.lastsNs, Math.ceil(PILOT_EVENTS_MAX / eventsPerNs));
  let lengthNs = Math.min(wholeNs, Math.ceil(PILOT_EVENTS / eventsPerNs));
  for (;;) {
    const longer = pilotOf(model, lengthNs);
    const pilot = { ...findStartUp(makeContext({ model: longer }, await simulate(longer))), isPilot: true };
    if (pilot.isTrusted && pilot.cutNs !== null) return { warmUpNs: pilot.cutNs, pilot };
    const isKnown = pilot.cutNs !== null || pilot.refusal === 'saturated';
    if (lengthNs === wholeNs && isKnown) return { warmUpNs: null, pilot };
    // What ended before its time would not get further another time.
    if (lengthNs === wholeNs || pilot.refusal === 'cut-short') return null;
    lengthNs = Math.min(wholeNs, lengthNs * LONGER);
  }
}

/** The model from empty, for so long, in windows short enough for the rule. */
function pilotOf(model: Model, lengthNs: number): Model {
  const requests = model.requestsExpected.reduce((sum, each) => sum + each, 0) * (lengthNs / model.lastsNs);
  const windows = Math.min(WINDOWS_MAX, Math.max(WINDOWS_MIN, Math.floor(requests / REQUESTS_PER_WINDOW)));
  return {
    ...model,
    seed: `${model.seed}#pilot`,
    warmUpNs: 0,
    lastsNs: lengthNs,
    windowNs: Math.ceil(lengthNs / windows),
    phases: [{ name: 'pilot', fromNs: 0, toNs: lengthNs }],
    sampling: null,
    sources: model.sources.map((source) => constantFor(source, lengthNs)),
  };
}

function constantFor(source: Source, lengthNs: number): Source {
  if (source.model !== 'open') return source;
  return {
    ...source,
    pieces: source.pieces.slice(0, 1).map((piece) => ({ ...piece, fromNs: 0, toNs: lengthNs })),
  };
}
