import { compileModel } from '../../src/compile/compile.ts';
import { loadScenario } from '../../src/compile/load.ts';
import type { Model } from '../../src/model/model.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import type { Configuration } from './configurations.ts';

/** Requests of a replication, in units of 1/(1 − ρ)²: as queues grow, so does the time they remember. */
export const LENGTH_UNITS = 1_280;

/** Warm-up, in the same units: some fifteen times the time in which a queue forgets that it began empty. */
const WARM_UP_UNITS = 60;

/** Requests to expect, so that none is sampled for the anatomy of a response time, which is not looked at here. */
const NO_SAMPLES = Number.MAX_SAFE_INTEGER;

export function requestsOf({ utilization }: Configuration, lengthUnits: number): number {
  return Math.round(lengthUnits / ((1 - utilization) * (1 - utilization)));
}

export interface Compiled {
  readonly scenario: Scenario;
  readonly model: Model;
}

/** @throws {Error} when the text is no valid scenario. */
export function compile(configuration: Configuration, lengthUnits: number): Compiled {
  const { id, requestsPerSec, body } = configuration;
  const lasting = (units: number): string =>
    `${Math.round((requestsOf(configuration, units) / requestsPerSec) * 1e6)}us`;
  const lasts = lasting(lengthUnits);
  const text = [
    `scenario: ${id}`,
    `clock: { lasts: ${lasts}, warmUp: ${lasting(WARM_UP_UNITS)}, window: ${lasts} }`,
    `traffic: { rate: ${requestsPerSec}/s }`,
    ...body,
    '',
  ].join('\n');
  const { scenario, diagnostics } = loadScenario({ file: `${id}.yaml`, text, catalogue: {}, overrides: [] });
  if (scenario === null) throw new Error(`not a scenario: ${JSON.stringify(diagnostics)}\n${text}`);
  const model = compileModel(scenario, { slice: 1, files: new Map() });
  return { scenario, model: { ...model, requestsExpected: model.requestsExpected.map(() => NO_SAMPLES) } };
}
