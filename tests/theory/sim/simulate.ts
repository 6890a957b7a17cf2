/** Replications of a scenario text by the ordinary way: language, compiler, engine. */
import { compileModel } from '../../../src/compile/compile.ts';
import { loadScenario } from '../../../src/compile/load.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Measurements } from '../../../src/run/measurements.ts';
import { Run } from '../../../src/run/run.ts';
import type { RunSpec } from '../cases/case.ts';
import { layeredTasks } from '../cases/layered-tasks.ts';
import { forkJoin, sampled } from '../cases/shapes.ts';

export interface Replications {
  readonly model: Model;
  /** One for each replication, all equally long. */
  readonly runs: readonly Measurements[];
}

/** `fast` runs the short replications of the fast subset, ten at most. */
export type Effort = 'fast' | 'full';

const FAST_REPLICATIONS = 10;
const EVENTS_PER_CALL = 1_000_000;

/** @throws {Error} when the text is no valid scenario, or a run does not end by itself. */
export function simulate(id: string, spec: RunSpec, effort: Effort, seed = id): Replications {
  const count = effort === 'fast' ? Math.min(spec.replications, FAST_REPLICATIONS) : spec.replications;
  const text = scenarioText(id, spec, effort);
  const csv = spec.trace === undefined ? null : traceCsv(spec.trace);
  const models = Array.from({ length: count }, (_, replication) =>
    modelOf(text, `${seed}/${replication}`, csv),
  );
  const runs = models.map(measurementsOf);
  for (const { stop } of runs) {
    // Samples of a state do not need the requests that are still inside when the run ends.
    const isWhole =
      stop.reason === 'completed' || (stop.reason === 'drain-limit' && spec.shape === 'sampled');
    if (!isWhole) throw new Error(`${id}: the run stopped: ${stop.reason}`);
  }
  return { model: models[0]!, runs };
}

/** The whole YAML text of a run. */
export function scenarioText(id: string, spec: RunSpec, effort: Effort): string {
  const head = `scenario: ${id.toLowerCase().replaceAll('.', '-')}\n`;
  const body = bodyOf(spec);
  if (spec.clock === undefined) return head + body;
  const { lasts, warmUp } = spec.clock;
  const short = effort === 'fast' && spec.fast !== undefined && spec.fast !== 'whole' ? spec.fast : lasts;
  return `${head}clock: { lasts: ${short}, warmUp: ${warmUp}, window: ${short} }\n${body}`;
}

function bodyOf({ scenario, shape, parameters, stations }: RunSpec): string {
  switch (shape) {
    case undefined:
      return scenario ?? '';
    case 'fork-join':
      return forkJoin(parameters);
    case 'layered-tasks':
      return layeredTasks(parameters);
    case 'sampled':
      return sampled(parameters, stations ?? '');
  }
}

function modelOf(text: string, seed: string, csv: string | null): Model {
  const overrides = [{ path: 'seed', value: seed }];
  const files = csv === null ? () => null : () => csv;
  const loaded = loadScenario({ file: 'case.yaml', text, catalogue: {}, overrides, files });
  if (loaded.scenario === null) {
    const problems = loaded.diagnostics.map(({ code, line, message }) => `${code} line ${line}: ${message}`);
    throw new Error(`not a scenario:\n${problems.join('\n')}\n${text}`);
  }
  const named = new Map(csv === null ? [] : [['arrivals.csv', csv] as const]);
  return compileModel(loaded.scenario, { slice: 1, files: named });
}

function measurementsOf(model: Model): Measurements {
  const run = new Run(model);
  while (run.advance(EVENTS_PER_CALL) === 'more');
  return run.measurements();
}

/** Arrivals every `everySec`, the first at 0. */
function traceCsv({ count, everySec }: { readonly count: number; readonly everySec: number }): string {
  const lines = Array.from({ length: count }, (_, index) => (index * everySec).toFixed(9));
  return ['at', ...lines, ''].join('\n');
}
