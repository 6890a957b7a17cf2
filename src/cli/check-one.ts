import { basename, dirname, join } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { similarName } from '../base/similar.ts';
import { makeBaseline, type Baseline } from '../study/gate/baseline.ts';
import {
  acceptancesOf,
  checkScenario,
  simulatedBase,
  storedBase,
  withAcceptances,
  type Base,
} from '../study/gate/check-scenario.ts';
import type { Acceptance, ScenarioCheck } from '../study/gate/gate-check.ts';
import { readBaseline } from './baseline-file.ts';
import type { CheckOptions } from './check-options.ts';
import { openCommit, type Commit } from './commit-files.ts';
import { ExitCode } from './exit-codes.ts';
import { beginRun, findOut, type BegunRun, type Call } from './find-out.ts';
import { findBoth } from './find-both.ts';
import type { Io } from './io.ts';
import type { RunFacts } from './run-record.ts';
import { writeFiles } from './write-files.ts';

export interface Checked {
  readonly check: ScenarioCheck;
  readonly findings: Findings;
  readonly facts: RunFacts;
  readonly folder: string;
  /** Path of the baseline file, where it was written. */
  readonly baselineWritten: string | null;
}

/** Simulates one scenario, and that of a commit beside it if so asked, and judges what is found. */
export async function checkOne(call: CheckCall, options: CheckOptions): Promise<Checked> {
  const { io } = call;
  const begun = await beginRun(call);
  const { scenario, position } = begun.asWritten;
  expectFirst(call, scenario.id);
  expectBudgets(begun, options);
  const stored = storedAt(io, scenario.id, options);
  const { findings, facts, base } = await findWithBase(call, begun, { options, stored });
  const check = checkScenario({
    ...{ findings, base, only: options.only, tolerances: options.tolerances },
    file: call.options.file,
    isRebased: options.updates || options.accept !== null,
    placeOf: (id) => position(['budgets', scenario.budgets.findIndex((each) => each.id === id)]),
  });
  const baseline =
    check.outcome === 'interrupted' || (await isAborted(call, findings, options))
      ? null
      : newBaseline(io, findings, { check, stored, options });
  if (baseline !== null) await save(io, stored.path, baseline);
  return { check, findings, facts, folder: begun.folder, baselineWritten: baseline && stored.path };
}

export interface CheckCall extends Call {
  /** Files of the scenarios before it by their ids. */
  readonly judged: Map<string, string>;
}

/** Files and baselines go by the id: the second scenario of one id would hide what came of the first. */
function expectFirst({ judged, options: { file } }: CheckCall, id: string): void {
  const other = judged.get(id);
  if (other !== undefined) {
    const problem = `${file}: its id ${id} is that of ${other}, too; give each scenario: an id of its own`;
    throw new UserError(problem, ExitCode.invalid);
  }
  judged.set(id, file);
}

/** A gate that is thought to be watching and is not would be worse than none. */
function expectBudgets({ asWritten: { scenario } }: BegunRun, { only, files }: CheckOptions): void {
  const ids = scenario.budgets.map(({ id }) => id);
  if (scenario.budgets.every(({ level }) => level === 'off')) {
    const problem = `${scenario.id} has no budgets: there is nothing to judge; declare some under budgets:`;
    throw new UserError(problem, ExitCode.invalid);
  }
  const unknown = [...(only ?? [])].find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  const near = similarName(unknown, ids);
  const hint = near === null ? `there are ${ids.join(', ')}` : `a similar one exists: ${near}`;
  throw new UserError(
    `--budgets: ${scenario.id} has no budget "${unknown}"; ${hint}`,
    files.length > 1 ? ExitCode.invalid : ExitCode.usage, // the other scenarios are judged
  );
}

/** The baseline file of a scenario, as far as there is one. */
interface Stored {
  readonly path: string;
  readonly baseline: Baseline | null;
}

function storedAt(io: Io, id: string, { baseline, updates, accept }: CheckOptions): Stored {
  const path = baseline.kind === 'file' ? baseline.path : join('reports', 'baseline', `${id}.json`);
  const isThere = io.files.exists(path);
  // A file that is named must be there, unless it is about to be written.
  const isNeeded = baseline.kind === 'file' && !updates && accept === null;
  const isRead = baseline.kind !== 'none' && (isThere || isNeeded);
  return { path, baseline: isRead ? readBaseline(io, path, id, { isReplaced: updates }) : null };
}

interface Beside {
  readonly options: CheckOptions;
  readonly stored: Stored;
}

interface FoundWithBase {
  readonly findings: Findings;
  readonly facts: RunFacts;
  readonly base: Base | null;
}

async function findWithBase(
  call: Call,
  begun: BegunRun,
  { options, stored }: Beside,
): Promise<FoundWithBase> {
  const { io, options: run } = call;
  const { baseline: choice } = options;
  if (choice.kind !== 'commit') {
    const base = stored.baseline === null ? null : storedBase(stored.path, stored.baseline);
    return { ...(await findOut(call, begun, options.only)), base };
  }
  const commit = openCommit(io, choice.ref, run.file);
  // A new scenario has nothing to be compared with.
  if (!commit.io.files.exists(run.file)) return { ...(await findOut(call, begun, options.only)), base: null };
  const both = await findBoth(call, begun, {
    commit,
    replications: options.run.replications,
    watched: options.only,
  });
  if (both === null) return withoutCommit(call, begun, { stored, commit, options });
  return { ...both, base: simulatedBase(commit, both.before, stored.baseline?.accepted ?? []) };
}

/** The scenario at the commit cannot be simulated by this version: the stored file stands in, if there is one. */
async function withoutCommit(
  call: Call,
  begun: BegunRun,
  { stored: { path, baseline }, commit, options }: Beside & { readonly commit: Commit },
): Promise<FoundWithBase> {
  const standIn = baseline === null ? 'there is no baseline file in its place' : `${path} stands in`;
  if (!call.options.quiet) {
    const problem = `the scenario at ${commit.ref} cannot be simulated by this version`;
    await call.io.stderr.write(`warning: --baseline git:${commit.ref}: ${problem}; ${standIn}\n`);
  }
  const base = baseline === null ? null : storedBase(path, baseline, ['unreadable-scenario']);
  return { ...(await findOut(call, begun, options.only)), base };
}

/** Numbers of a part of the time are no baseline for those of the whole: whoever asked for one is told. */
async function isAborted(
  { io, options: { quiet } }: Call,
  { stop }: Findings,
  { updates, accept }: CheckOptions,
): Promise<boolean> {
  if (stop.abort === undefined) return false;
  if (!quiet && (updates || accept !== null)) {
    const problem = `the run was aborted by ${stop.abort.id}`;
    await io.stderr.write(`warning: the baseline file stays as it is: ${problem}\n`);
  }
  return true;
}

/** The file as it is to be from now on; null where it stays as it is. */
function newBaseline(
  io: Io,
  findings: Findings,
  { check, stored, options }: Beside & { readonly check: ScenarioCheck },
): Baseline | null {
  const { updates, accept } = options;
  const accepted = accept === null ? [] : acceptancesOf(check, { reason: accept, ...whoAndWhen(io) });
  // What was accepted of the old numbers says nothing of the new ones.
  if (updates) return makeBaseline(findings, accepted);
  if (accept === null) return null;
  const kept = withAcceptances(stored.baseline?.accepted ?? [], accepted);
  return stored.baseline === null ? makeBaseline(findings, kept) : { ...stored.baseline, accepted: kept };
}

function whoAndWhen(io: Io): Pick<Acceptance, 'by' | 'date'> {
  const { code, stdout } = io.git(['config', 'user.name'], '.');
  const name = code === 0 ? new TextDecoder().decode(stdout).trim() : '';
  return { by: name === '' ? null : name, date: io.date().slice(0, 'YYYY-MM-DD'.length) };
}

async function save(io: Io, path: string, baseline: Baseline): Promise<void> {
  const { renderJson } = await import('../report/json.ts');
  writeFiles(io, dirname(path), [{ path: basename(path), data: renderJson(baseline) }]);
}
