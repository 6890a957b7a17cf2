import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Task } from './tasks.ts';

const CHILD = fileURLToPath(new URL('child.js', import.meta.url));
const execute = promisify(execFile);

export interface ProcessOptions {
  /** Processes at once. */
  readonly jobs: number;
  /** Where outcomes are kept and found again, so that a study that was stopped goes on; null: nowhere. */
  readonly folder: string | null;
  readonly onDone: (task: Task) => void;
}

/** Does each task in a process of its own and gives the outcomes in the order of the tasks. */
export async function perform<Outcome>(tasks: readonly Task[], options: ProcessOptions): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(tasks.length);
  const waiting = tasks.entries();
  const work = async (): Promise<void> => {
    for (const [index, task] of waiting) {
      outcomes[index] = JSON.parse(await performOne(task, options.folder)) as Outcome;
      options.onDone(task);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  return outcomes;
}

async function performOne(task: Task, folder: string | null): Promise<string> {
  const file = folder === null ? null : join(folder, `${nameOf(task)}.json`);
  if (file !== null && existsSync(file)) return readFileSync(file, 'utf8');
  const { stdout } = await execute(process.execPath, [CHILD, JSON.stringify(task)]);
  if (file !== null && folder !== null) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, stdout);
  }
  return stdout;
}

export function nameOf(task: Task): string {
  return task.kind === 'reference'
    ? `${task.id}-reference`
    : `${task.id}-${task.lengthUnits}-${task.from}-${task.to}`;
}
