import type { Findings, ModeFinding } from '../analysis/findings.ts';

/** What capacity.json and sensitivity.json begin with: of which scenario they are, and how it was simulated. */
export interface StudyHead extends Pick<Findings, 'tool' | 'scenario'> {
  readonly $schema: string;
  readonly schemaVersion: number;
  /** As the scenario itself; what was left out in time differs from run to run, and is not told. */
  readonly mode: Omit<ModeFinding, 'sampling'>;
}

export function studyHead(
  study: 'capacity' | 'sensitivity',
  schemaVersion: number,
  { tool, scenario, mode }: Findings,
): StudyHead {
  return {
    $schema: `urn:hongfeng:${study}:${schemaVersion}`,
    schemaVersion,
    tool,
    scenario,
    mode: modeHead(mode),
  };
}

export function modeHead(whole: ModeFinding): StudyHead['mode'] {
  const { mode, slice, choice, predictedEvents, auto, groups, errors } = whole;
  return { mode, slice, choice, predictedEvents, auto, groups, errors };
}
