/** From the text of a scenario to everything that is said about it, without files and without a command line. */
import { analyse } from '../../src/analysis/analyse.ts';
import { findAbort } from '../../src/analysis/budgets/watch.ts';
import type { AnalysisInput } from '../../src/analysis/context.ts';
import type { Findings } from '../../src/analysis/findings.ts';
import { adviceFindings } from '../../src/cli/prepare.ts';
import { adviseOn } from '../../src/compile/advice.ts';
import { compileModel } from '../../src/compile/compile.ts';
import { loadScenario, type Loaded } from '../../src/compile/load.ts';
import { premisesOf } from '../../src/compile/premises.ts';
import { sizingOf } from '../../src/compile/sizing.ts';
import { unloadedTimes } from '../../src/compile/unloaded.ts';
import type { Model } from '../../src/model/model.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderText } from '../../src/report/text.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { Run } from '../../src/run/run.ts';
import { readClaims } from '../../src/scenario/claims.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import { makeControl, simulateInSteps } from '../../src/study/replication-job.ts';
import { EVERY_REQUEST } from '../analysis/builders.ts';
import { CATALOGUE } from '../scenario/shipped.ts';

export interface World {
  readonly text: string;
  /** `PATH=VALUE`, as on the command line. */
  readonly set?: readonly string[];
  /** Files beside the scenario, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Enough for a report; what is unloaded is tested elsewhere. */
const DRAWS = 200;
const EVENTS_PER_CALL = 1_000_000;

export function load({ text, set = [], files = {} }: World): Loaded {
  const overrides = set.map((each) => {
    const at = each.indexOf('=');
    return { path: each.slice(0, at), value: each.slice(at + 1) };
  });
  const named = (name: string): string | null => files[name] ?? null;
  return loadScenario({ file: 'site.yaml', text, catalogue: CATALOGUE, overrides, files: named });
}

/** @throws {Error} with what is wrong with the scenario. */
export function validScenario(world: World, loaded = load(world)): Scenario {
  if (loaded.scenario !== null) return loaded.scenario;
  const problems = loaded.diagnostics.map(({ code, line, message }) => `${code} line ${line}: ${message}`);
  throw new Error(`${[...(world.set ?? []), ...problems].join('\n')}\n${world.text}`);
}

export function modelOf(world: World): Model {
  return compileModel(validScenario(world), { slice: 1, files: new Map(Object.entries(world.files ?? {})) });
}

/** Runs a model to its end. */
export function measure(model: Model): Measurements {
  const run = new Run(model);
  while (run.advance(EVENTS_PER_CALL) === 'more');
  return run.measurements();
}

/** One replication, which the budgets of the scenario may end. */
function replicated(model: Model, { budgets, seed }: Scenario): Pick<AnalysisInput, 'replications' | 'plan'> {
  const watched = budgets.filter(({ abort }) => abort !== null);
  const steps = simulateInSteps({ model, control: makeControl(model), watched }, findAbort);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { measurements, abort } = step.value;
  const plan = { asked: 1, seeds: [seed], stoppedBy: null, precision: null };
  return { replications: [measurements], plan: abort === null ? plan : { ...plan, abort } };
}

/** What `run` would write as result.json; the scenario's hash is left empty, so that it never makes a difference. */
export function findingsOf(world: World): Findings {
  const loaded = load(world);
  const scenario = validScenario(world, loaded);
  const files = new Map(Object.entries(world.files ?? {}));
  const model = compileModel(scenario, { slice: 1, files });
  const unloaded = unloadedTimes(scenario, { files, draws: DRAWS });
  const claims = readClaims('claims', files.get(scenario.claimsFile ?? '') ?? '[]');
  return analyse({
    scenario,
    model,
    ...replicated(model, scenario),
    advice: adviceFindings([...loaded.diagnostics, ...adviseOn(scenario, { files, unloaded })], ''),
    ledger: loaded.ledger,
    claims: claims.claims,
    unloaded,
    premises: premisesOf(scenario, { slice: 1, files }),
    sizing: sizingIn(loaded, scenario, files),
    pilot: null,
    sliceChoice: EVERY_REQUEST,
    overrides: [],
    untilNs: null,
    toolVersion: 'test',
    sha256: '',
    scenarioText: '',
  });
}

function sizingIn(
  { tree, expandedTree }: Loaded,
  scenario: Scenario,
  files: ReadonlyMap<string, string>,
): Findings['sizing'] {
  if (tree === null || expandedTree === null) return null;
  return sizingOf(scenario, { files, raw: tree, expanded: expandedTree });
}

/** The reports a person reads: the terminal's and the page without its charts' code. */
export function reportsOf(findings: Findings): { text: string; page: string } {
  return {
    text: renderText(findings, { colour: false, files: [] }),
    page: renderHtml({ result: findings }, { file: 'site.yaml' }),
  };
}
