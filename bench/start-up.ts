/** What passes between the command line and the first event: Node, our modules, the scenario, its model. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH_FOLDER } from './cases.ts';

/** Neighbours on the same core only ever add. */
const RUNS = 10;

export interface StartUp {
  /** Least CPU time of the shipped program for scenarios/smoke.yaml. */
  readonly cpuMs: number;
  /** The same of a Node that does nothing. */
  readonly nodeMs: number;
}

export function measureStartUp(): StartUp {
  const folder = mkdtempSync(join(tmpdir(), 'hongfeng-bench-'));
  const ours: number[] = [];
  const nodes: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    nodes.push(nodeAlone());
    ours.push(firstEvent(folder));
  }
  rmSync(folder, { recursive: true });
  return { cpuMs: Math.min(...ours), nodeMs: Math.min(...nodes) };
}

function nodeAlone(): number {
  const program = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)';
  return Number(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
}

function firstEvent(folder: string): number {
  const program = join(BENCH_FOLDER, '../bin/hongfeng.js');
  const scenario = join(BENCH_FOLDER, '../scenarios/smoke.yaml');
  const options = ['--quiet', '--no-charts', '--until', '1s', '--out', folder];
  execFileSync(process.execPath, [program, 'run', scenario, ...options]);
  const record: unknown = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  return (record as { startUpCpuMs: number }).startUpCpuMs;
}
