/** All modes of a case beside its reference. */
import { UserError } from '../../src/base/diagnostics.ts';
import { chooseSlice } from '../../src/compile/slices/choose.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import type { ModeCase } from './cases.ts';
import { errorsOf, type ErrorsByMeasure } from './errors.ts';
import { NO_FILES, samplingPlan, scenarioOf, type JobResult, type Mode } from './job.ts';

export interface ModeRow {
  readonly mode: Mode;
  /** What a second of a sampled stretch counts; 1 without sampling. */
  readonly weight: number;
  /** Events for each of the reference's, with the same seeds. */
  readonly cost: number;
  readonly errors: ErrorsByMeasure;
}

export interface Comparison {
  readonly modeCase: ModeCase;
  /** Of the first reference run. */
  readonly events: number;
  /** First the references among each other: what chance alone does. */
  readonly rows: readonly ModeRow[];
  /** Why there is no slice, or no sampling, where the case asks for them. */
  readonly obstacles: readonly string[];
}

export type Simulate = (modeCase: ModeCase, mode: Mode, seedIndex: number) => Promise<JobResult>;

/** Simulates the case in all its modes. A run with the n-th seed is compared with the reference of the seed before it. */
export async function compareModes(modeCase: ModeCase, simulate: Simulate): Promise<Comparison> {
  const { modes, obstacles } = modesOf(modeCase);
  const seeds = Array.from({ length: modeCase.seeds + 1 }, (_, index) => index);
  const simulateAll = (mode: Mode, chosen: readonly number[]): Promise<JobResult[]> =>
    Promise.all(chosen.map((seed) => simulate(modeCase, mode, seed)));
  const plain: Mode = { slice: modeCase.referenceSlice, rung: null };
  const [references, ...others] = await Promise.all([
    simulateAll(plain, seeds),
    ...modes.map((mode) => simulateAll(mode, seeds.slice(1))),
  ]);
  const row = (mode: Mode, runs: readonly JobResult[]): ModeRow => ({
    mode,
    weight: runs[0]!.weight,
    cost: sumOf(runs) / sumOf(references.slice(1)),
    errors: errorsOf(
      runs.map(({ series }, index) => ({ reference: references[index]!.series, run: series })),
    ),
  });
  const rows = [row(plain, references.slice(1)), ...others.map((runs, index) => row(modes[index]!, runs))];
  return { modeCase, events: references[0]!.events, rows, obstacles };
}

function sumOf(runs: readonly JobResult[]): number {
  return runs.reduce((sum, { events }) => sum + events, 0);
}

/** Slices first, then what is sampled of the reference's traffic and of the thinnest slice's. */
export function modesOf(modeCase: ModeCase): { modes: Mode[]; obstacles: string[] } {
  const scenario = scenarioOf(modeCase);
  const { referenceSlice, rungs } = modeCase;
  const refused = modeCase.slices.map((slice) =>
    refusalOf(() =>
      chooseSlice(scenario, { mode: 'sliced', slice, targetEvents: Infinity, files: NO_FILES }),
    ),
  );
  const slices = modeCase.slices.filter((_, index) => refused[index] === null);
  const unsampled = rungs.length === 0 ? null : samplingObstacle(scenario, referenceSlice);
  const thinnest = slices.at(-1) ?? referenceSlice;
  const sampled = unsampled === null ? [...new Set([referenceSlice, thinnest])] : [];
  return {
    modes: [
      ...slices.map((slice) => ({ slice, rung: null })),
      ...sampled.flatMap((slice) => rungs.map((rung) => ({ slice, rung }))),
    ],
    obstacles: [refused.find((reason) => reason !== null) ?? null, unsampled].filter((each) => each !== null),
  };
}

function samplingObstacle(scenario: Scenario, slice: number): string | null {
  return refusalOf(() => {
    const { stretches } = samplingPlan(scenario, slice, 'shortest');
    return stretches.some(({ weight }) => weight > 1) ? null : 'sampling would leave nothing out';
  });
}

/** What the attempt says, or the product when it refuses it. */
function refusalOf(attempt: () => unknown): string | null {
  try {
    const said = attempt();
    return typeof said === 'string' ? said : null;
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics[0]!.message;
    throw error;
  }
}
