import type { AnalysisInput } from './context.ts';
import type { Findings } from './findings.ts';

/** What was simulated, as a result names it. */
export function describeScenario({
  scenario,
  model,
  sha256,
  overrides,
  untilNs,
}: AnalysisInput): Findings['scenario'] {
  return {
    id: scenario.id,
    title: scenario.title,
    description: scenario.description,
    sha256,
    seed: model.seed,
    overrides,
    untilNs,
    from: scenario.clock.from,
    lastsNs: model.lastsNs,
    warmUpNs: model.warmUpNs,
    windowNs: model.windowNs,
  };
}
