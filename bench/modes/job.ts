/** One run of one case in one mode: scenario file → what is compared. */
import { readdirSync, readFileSync } from 'node:fs';
import { disturbed } from '../../src/cli/prepare.ts';
import { compileModel } from '../../src/compile/compile.ts';
import { loadScenario } from '../../src/compile/load.ts';
import { chooseSampling } from '../../src/compile/sampling/choose.ts';
import type { SamplingPlan } from '../../src/model/sampling.ts';
import { Run } from '../../src/run/run.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import { replicationSeed } from '../../src/study/seeds.ts';
import { BENCH_FOLDER } from '../cases.ts';
import type { ModeCase } from './cases.ts';
import { partOf } from './part.ts';
import { seriesOf, type Series } from './series.ts';

/** How much of every quiet minute is simulated. */
export type Rung = 'longest' | 'middle' | 'shortest';

/** Traffic thinned to 1/slice, and time left out. */
export interface Mode {
  readonly slice: number;
  readonly rung: Rung | null;
}

/** What a run gave, as a process prints it. */
export interface JobResult {
  readonly events: number;
  /** What a second of a sampled stretch counts; 1 without sampling, and where it leaves nothing out. */
  readonly weight: number;
  readonly series: Series;
}

/** No scenario of the bench names a file with data. */
export const NO_FILES = new Map<string, string>();
const STEP_EVENTS = 100_000;
const PACKAGE_FOLDER = BENCH_FOLDER.replace(/bench\/$/, '');

/** The part of the case's scenario that is simulated. @throws {Error} when its file is not sound. */
export function scenarioOf(modeCase: ModeCase): Scenario {
  const file = `${PACKAGE_FOLDER}${modeCase.file}`;
  const folder = `${PACKAGE_FOLDER}catalog`;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const yaml = names.filter((name) => name.endsWith('.yaml'));
  const { scenario, diagnostics } = loadScenario({
    file,
    text: readFileSync(file, 'utf8'),
    catalogue: Object.fromEntries(yaml.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')])),
    overrides: [],
  });
  if (scenario === null) throw new Error(`${file}: ${JSON.stringify(diagnostics)}`);
  return partOf(scenario, modeCase);
}

/** Simulates the case in a mode with its n-th seed; 0 is the scenario's own. */
export function simulate(modeCase: ModeCase, { slice, rung }: Mode, seedIndex: number): JobResult {
  const scenario = scenarioOf(modeCase);
  const sampling = rung === null ? null : samplingPlan(scenario, slice, rung);
  const seed = replicationSeed(scenario.seed, seedIndex);
  const model = { ...compileModel(scenario, { slice, sampling, files: NO_FILES }), seed };
  const run = new Run(model);
  while (run.advance(STEP_EVENTS) === 'more');
  const measurements = run.measurements();
  const isWhole = sampling === null || sampling.stretches.every(({ weight }) => weight === 1);
  return {
    events: measurements.totals.events,
    weight: isWhole ? 1 : sampling.weight,
    series: seriesOf(model, measurements, modeCase.unitNs),
  };
}

/** The product takes the longest stretches that fit a target of events: the target goes down until it takes these. */
export function samplingPlan(scenario: Scenario, slice: number, rung: Rung): SamplingPlan {
  const shared = { slice, files: NO_FILES, contiguous: disturbed(scenario) };
  const choose = (targetEvents: number): ReturnType<typeof chooseSampling> =>
    chooseSampling(scenario, { ...shared, targetEvents });
  if (rung === 'shortest') return choose(0).plan;
  const longest = choose(Infinity);
  return rung === 'longest' ? longest.plan : choose(longest.predictedEvents - 1).plan;
}
