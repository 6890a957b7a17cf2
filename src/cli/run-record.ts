import type { Findings } from '../analysis/findings.ts';
import type { Io } from './io.ts';

/** Of one run: everything that may differ between two runs with the same result. */
export interface RunFacts {
  readonly argv: readonly string[];
  readonly file: string;
  readonly startedAt: string;
  readonly jobs: number;
  readonly events: number;
  /** Real milliseconds by stage. */
  readonly wallMs: Readonly<Record<'load' | 'compile' | 'simulate' | 'analyse', number>>;
}

/** Content of run.json. */
export function runRecord(io: Io, { tool, scenario, mode, stop }: Findings, facts: RunFacts): string {
  const { argv, file, startedAt, jobs, events, wallMs } = facts;
  const record = {
    $schema: 'urn:hongfeng:run:1',
    schemaVersion: 1,
    tool,
    scenario: { id: scenario.id, file, sha256: scenario.sha256, seed: scenario.seed },
    argv,
    startedAt,
    jobs,
    slice: mode.slice,
    stop: stop.reason,
    events,
    eventsPerSec: wallMs.simulate > 0 ? Math.round((events / wallMs.simulate) * 1000) : null,
    wallMs: Object.fromEntries(Object.entries(wallMs).map(([stage, ms]) => [stage, Math.round(ms)])),
    machine: io.machine,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
