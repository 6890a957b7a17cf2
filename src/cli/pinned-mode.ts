import type { Known, ScenarioOptions } from './prepare-scenario.ts';

/** How a scenario is to be simulated so that it has the slice, and leaves time out, as this one does. */
export function pinnedMode({
  model,
  sliceChoice: { slice },
}: Pick<Known, 'model' | 'sliceChoice'>): Pick<ScenarioOptions, 'mode' | 'slice'> {
  const mode = model.sampling !== null ? 'sampled' : slice === 1 ? 'exact' : 'sliced';
  return { mode, slice: slice === 1 ? null : slice };
}
