import type { Findings } from '../analysis/findings.ts';
import { formatCount, formatDuration, formatRate } from '../base/format.ts';
import type { Io } from './io.ts';

/** Of one run: everything that may differ between two runs with the same result. */
export interface RunFacts {
  readonly argv: readonly string[];
  readonly file: string;
  readonly startedAt: string;
  readonly jobs: number;
  readonly events: number;
  /** CPU milliseconds from the start of the process to the first event. */
  readonly startUpCpuMs: number;
  /** Real milliseconds by stage. */
  readonly wallMs: Readonly<Record<'prepare' | 'simulate' | 'analyse', number>>;
}

/** Content of run.json. */
export function runRecord(io: Io, { tool, scenario, mode, stop }: Findings, facts: RunFacts): string {
  const { argv, file, startedAt, jobs, events, startUpCpuMs, wallMs } = facts;
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
    startUpCpuMs: Math.round(startUpCpuMs),
    wallMs: Object.fromEntries(Object.entries(wallMs).map(([stage, ms]) => [stage, Math.round(ms)])),
    machine: io.machine,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** The same in a few lines for whoever watches: how the result came about and where the time went. */
export function runFactsText({ mode, stop }: Findings, { events, wallMs }: RunFacts): string {
  const speed = wallMs.simulate > 0 ? `, ${formatRate((events / wallMs.simulate) * 1000)}` : '';
  const stages = Object.entries(wallMs).map(([stage, ms]) => `${stage} ${formatDuration(ms * 1e6)}`);
  return [
    `mode: ${mode.mode} (${mode.choice}), slice 1/${mode.slice}, ${formatCount(mode.predictedEvents)} events predicted`,
    `events: ${formatCount(events)}${speed}; stop: ${stop.reason}`,
    `time: ${stages.join(', ')}`,
    '',
  ].join('\n');
}
