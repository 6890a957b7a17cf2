import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH_FOLDER } from './cases.ts';

/** The C program beside which our times are read; compiled anew for every bench. */
export class Yardstick {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** null where there is no C compiler. */
  static compile(): Yardstick | null {
    const folder = mkdtempSync(join(tmpdir(), 'hongfeng-bench-'));
    const { error, status, stderr } = spawnSync(
      'cc',
      ['-O3', '-o', join(folder, 'yardstick'), join(BENCH_FOLDER, 'yardstick.c'), '-lm'],
      { encoding: 'utf8' },
    );
    if (error === undefined && status === 0) return new Yardstick(folder);
    rmSync(folder, { recursive: true });
    if (error === undefined) throw new Error(`cc failed on yardstick.c:\n${stderr}`);
    return null;
  }

  /** CPU time of its run loop in ns per request. */
  nsPerRequest(workload: string, requests: number): number {
    return this.run(workload, requests).nsPerRequest;
  }

  /** The same with the mean response time, in mean service times (W4: of the last tier). */
  run(workload: string, requests: number): { readonly nsPerRequest: number; readonly mean: number } {
    const text = execFileSync(join(this.#folder, 'yardstick'), [workload, String(requests)], {
      encoding: 'utf8',
    });
    return JSON.parse(text) as { nsPerRequest: number; mean: number };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
