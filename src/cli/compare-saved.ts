import { analyse } from '../analysis/analyse.ts';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { present } from '../base/present.ts';
import { differencesOf } from '../scenario/blend.ts';
import type { Tree } from '../scenario/tree.ts';
import { compareSides } from '../study/compare.ts';
import { reasonsNotToPair, sideOfResult } from '../study/compared-side.ts';
import type { Comparison } from '../study/comparison.ts';
import { inputChange } from '../study/inputs.ts';
import { Study } from '../study/replications.ts';
import type { Workplace } from '../study/workplace.ts';
import type { AttributeCall } from './attribute.ts';
import type { ComparedFile } from './compared-file.ts';
import { eventsOf, type Simulated } from './compare-scenarios.ts';
import { ExitCode } from './exit-codes.ts';
import { treeOf } from './open-scenario.ts';
import { MODE_REFUSED } from './prepare.ts';
import { prepareScenario, showDiagnostics, type Known, type ScenarioOptions } from './prepare-scenario.ts';
import { scenarioFileOf, withResult } from './read-result.ts';
import { carryOut } from './simulate.ts';

/** A result, saved or of just now, and what its scenario says; null where this version cannot read that. */
export interface ComparedResult {
  readonly findings: Findings;
  readonly tree: Tree | null;
  /** The scenario file as a reader can name it. */
  readonly scenarioFile: string;
  /** null: saved before. */
  readonly simulated: Simulated | null;
}

/** Each beside the first. Scenarios among saved results are simulated as the first of these was, so that they pair with it. */
export async function compareSaved(
  call: AttributeCall,
  files: readonly ComparedFile[],
): Promise<{ readonly pairs: readonly Comparison[]; readonly after: ComparedResult }> {
  refuseOptions(call, files);
  const model = present(files.find(({ saved }) => saved !== null)?.saved ?? undefined);
  const results: ComparedResult[] = [];
  for (const { file, saved } of files) {
    results.push(saved === null ? await simulateAs(call, file, model) : savedResult(call, file, saved));
  }
  const [first, ...others] = results;
  const pairs = await withResult(files.map(({ file }) => file).join(', '), () =>
    others.map((other) => compareResults(present(first), other)),
  );
  return { pairs, after: present(others[0]) };
}

/** @throws {UserError} with exit code 2 for what cannot be asked of results. */
function refuseOptions({ io, options }: AttributeCall, files: readonly ComparedFile[]): void {
  const saved = files.filter((each) => each.saved !== null);
  if (options.attribute) {
    const named = files.map(({ file, saved: findings }) =>
      findings === null ? file : scenarioFileOf(io, file, findings),
    );
    throw new UserError(
      '--attribute simulates each change of the scenario by itself, and a saved result is simulated no more; name the ' +
        `scenarios instead: hongfeng compare ${named.join(' ')} --attribute`,
      ExitCode.usage,
    );
  }
  const [option] = options.simulatedBy;
  if (option !== undefined) {
    throw new UserError(
      `--${option} says how to simulate, and a saved result says that itself; leave it out, or name scenarios only`,
      ExitCode.usage,
    );
  }
  if (options.overrides.length > 0 && saved.length === files.length) {
    throw new UserError('--set changes scenarios, and these are saved results; leave it out', ExitCode.usage);
  }
}

function savedResult({ io }: AttributeCall, file: string, findings: Findings): ComparedResult {
  const scenarioFile = scenarioFileOf(io, file, findings);
  const { scenarioText, scenario } = findings;
  const tree = treeOf(scenarioFile, scenarioText, scenario.overrides);
  return { findings, tree, scenarioFile, simulated: null };
}

function compareResults(before: ComparedResult, after: ComparedResult): Comparison {
  const inputs =
    before.tree === null || after.tree === null
      ? null
      : differencesOf(before.tree, after.tree).map(inputChange);
  return compareSides(sideOfResult(before.findings), sideOfResult(after.findings), {
    inputs,
    unpairedBecause: reasonsNotToPair(before.findings, after.findings),
  });
}

/** Simulates a scenario with the seed, replications, warm-up, end and mode of a result. @throws {UserError} when stopped. */
async function simulateAs(call: AttributeCall, file: string, like: Findings): Promise<ComparedResult> {
  const { io, options, interrupts } = call;
  const known = preparedAs(call, file, like);
  await showDiagnostics(io, options, known);
  const count = like.replications.done;
  const work = {
    length: known.model,
    begin: (workplace: Workplace) => new Study(known.model, workplace),
    simulate: (study: Study) => study.simulate({ count, goal: null }),
  };
  const { result, ...simulated } = await carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs: null,
    jobs: Math.min(options.jobs, known.prepared.runsAtOnce),
    runs: count,
    predictedEvents: count * known.prepared.mode.predictedEvents,
  });
  const { replications, ...plan } = result;
  if (plan.stoppedBy !== null && plan.stoppedBy !== 'runaway') {
    throw new UserError(`stopped before ${file} was complete: nothing to compare`, ExitCode.interrupted);
  }
  return {
    findings: analyse({ ...known, replications, plan }),
    tree: known.tree,
    scenarioFile: file,
    simulated: { ...simulated, events: eventsOf(replications) },
  };
}

/** Where it does not allow the mode of the result, in its own: then the two do not pair, and that is said. */
function preparedAs({ io, options, version }: AttributeCall, file: string, like: Findings): Known {
  const { scenario, mode, replications } = like;
  const { seed, untilNs, warmUpNs } = scenario;
  const shared = { ...options, file, seed, untilNs, warmUpNs, replications: replications.done };
  const slice = mode.slice === 1 ? null : mode.slice;
  const prepareIn = (how: Pick<ScenarioOptions, 'mode' | 'slice'>): Known =>
    prepareScenario(io, { ...shared, ...how }, version);
  try {
    return prepareIn({ mode: mode.mode, slice });
  } catch (error) {
    const code = error instanceof UserError ? (error.diagnostics[0]?.code ?? '') : '';
    if (!MODE_REFUSED.includes(code)) throw error;
    return prepareIn({ mode: 'auto', slice: null });
  }
}
