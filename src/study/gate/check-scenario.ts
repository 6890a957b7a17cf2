import { isSameCondition } from '../../analysis/budgets/conditions.ts';
import type { BudgetFinding, Findings } from '../../analysis/findings.ts';
import {
  budgetKey,
  conditionsOf,
  costOf,
  numbersOf,
  roundedNumber,
  type Baseline,
  type BaselineBudget,
  type Conditions,
} from './baseline.ts';
import { compareBudgets, type Tolerances } from './compare-budgets.ts';
import type {
  Acceptance,
  BaselineNote,
  BaselineUsed,
  BudgetChange,
  CheckedBudget,
  Outcome,
  ScenarioCheck,
} from './gate-check.ts';

/** The numbers of now, and what they are compared with. */
export interface CheckInput {
  readonly findings: Findings;
  /** As it was named on the command line. */
  readonly file: string;
  /** Where the budget of an id stands. */
  readonly placeOf: (id: string) => CheckedBudget['at'];
  /** Ids that are judged; null = all. */
  readonly only: ReadonlySet<string> | null;
  readonly base: Base | null;
  /** Whether the baseline file is written anew: what has got worse is then the new measure. */
  readonly isRebased: boolean;
  readonly tolerances: Tolerances;
}

/** The other side of the comparison. */
export interface Base {
  readonly kind: BaselineUsed['kind'];
  readonly name: string;
  readonly commit: string | null;
  readonly toolVersion: string;
  readonly conditions: Conditions;
  readonly budgets: readonly BaselineBudget[];
  readonly cost: Readonly<Record<string, number>>;
  readonly accepted: readonly Acceptance[];
  readonly notes: readonly BaselineNote[];
}

/** A baseline file as the other side. */
export function storedBase(name: string, stored: Baseline, notes: readonly BaselineNote[] = []): Base {
  const { tool, conditions, budgets, cost, accepted } = stored;
  return {
    ...{ kind: 'file', name, commit: null, toolVersion: tool.version },
    ...{ conditions, budgets, cost, accepted, notes },
  };
}

/** The same scenario of a commit, simulated, as the other side; `accepted` is what a baseline file records. */
export function simulatedBase(
  { ref, id }: { readonly ref: string; readonly id: string },
  findings: Findings,
  accepted: readonly Acceptance[],
): Base {
  return {
    ...{ kind: 'commit', name: ref, commit: id, toolVersion: findings.tool.version },
    conditions: conditionsOf(findings),
    budgets: numbersOf(findings).filter((number) => wasThere(number, findings)),
    cost: costOf(findings),
    accepted,
    notes: findings.stop.runaway === null && findings.replications.ranAway === undefined ? [] : ['ran-away'],
  };
}

/** Whether what a budget of now is about was part of the scenario of then: else its number is new, not unknown. */
function wasThere({ target, window }: BaselineBudget, { requests, stations, phases }: Findings): boolean {
  const [, kind, name] = /^(request|service|station):(.*)$/s.exec(target) ?? [];
  if (typeof window === 'string' && !phases.some((phase) => phase.name === window)) return false;
  if (kind === undefined) return true;
  if (kind === 'request') return requests.some(({ request }) => request === name);
  return stations.some(({ station, group, layer }) => [station, group, layer].includes(name ?? ''));
}

/** Judges one scenario: every budget that is asked for, beside its baseline. */
export function checkScenario(input: CheckInput): ScenarioCheck {
  const { findings, base, only, file, placeOf } = input;
  const notes = base === null ? [] : notesOf(base, findings);
  const judged = findings.budgets.filter(({ id }) => only === null || only.has(id));
  const changes = base === null ? null : changesOf(input, base, { judged, notes });
  const budgets = judged.map((budget): CheckedBudget => {
    const change = changes?.get(budgetKey(budget)) ?? null;
    const checked = { budget, at: placeOf(budget.id), baseline: change };
    const severity = severityOf(budget, change, input);
    const { abort } = findings.stop;
    const ended = abort !== undefined && isSameCondition(budget, abort);
    return ended ? { ...checked, severity, abort } : { ...checked, severity };
  });
  const { asked, done, level } = findings.replications;
  return {
    scenario: { ...findings.scenario, file },
    outcome: outcomeOf(input, budgets),
    status: findings.verdict.status,
    replications: { asked, done, level },
    baseline: base === null ? null : usedOf(base, findings, notes),
    budgets,
    removed: base === null ? [] : removedFrom(base, input),
    cost: findings.cost.map(({ currency, perHour }) => ({
      currency,
      perHour,
      before: base?.cost[currency] ?? null,
    })),
  };
}

function notesOf(base: Base, findings: Findings): BaselineNote[] {
  const own = conditionsOf(findings);
  const { slice, sampling, untilNs, warmUpNs } = base.conditions;
  const isAlike = slice === own.slice && JSON.stringify(sampling) === JSON.stringify(own.sampling);
  return [
    ...base.notes,
    ...(base.toolVersion === findings.tool.version ? [] : ['other-version' as const]),
    ...(pairsOf(base, findings) > 0 ? [] : ['other-seeds' as const]),
    ...(untilNs === own.untilNs ? [] : ['other-span' as const]),
    ...(warmUpNs === own.warmUpNs ? [] : ['other-warm-up' as const]),
    ...(isAlike ? [] : ['other-slice' as const]),
  ];
}

/** Notes of what keeps replications from pairing. */
const UNPAIRED: readonly BaselineNote[] = [
  ...(['other-seeds', 'other-span', 'other-warm-up', 'other-slice', 'ran-away'] as const),
];

/** Replications of both sides with one seed; none unless all of them are. */
function pairsOf({ conditions: { seeds } }: Base, { replications }: Findings): number {
  const own = replications.seeds;
  return seeds.length === own.length && seeds.every((seed, index) => seed === own[index]) ? own.length : 0;
}

function changesOf(
  { tolerances }: CheckInput,
  base: Base,
  { judged, notes }: { readonly judged: readonly BudgetFinding[]; readonly notes: readonly BaselineNote[] },
): Map<string, BudgetChange> {
  const numbers = numbersOf({ budgets: judged });
  const sides = {
    before: base.budgets,
    // A file keeps few digits: what is compared with it has as many, so that what is the same comes out equal.
    after: base.kind === 'file' ? numbers.map(roundedNumber) : numbers,
    accepted: base.accepted,
    arePaired: !notes.some((note) => UNPAIRED.includes(note)),
    limits: new Map(judged.map(({ id, baseline }) => [id, baseline])),
  };
  return compareBudgets(sides, tolerances);
}

function usedOf(base: Base, findings: Findings, notes: readonly BaselineNote[]): BaselineUsed {
  const { kind, name, commit, toolVersion } = base;
  return { kind, name, commit, toolVersion, pairs: pairsOf(base, findings), notes };
}

function removedFrom(base: Base, { findings, only }: CheckInput): ScenarioCheck['removed'] {
  const there = new Set(findings.budgets.map(budgetKey));
  return base.budgets
    .filter((each) => !there.has(budgetKey(each)) && (only === null || only.has(each.id)))
    .map(({ id, target, metric, window }) => ({ id, target, metric, window }));
}

/** Optional budgets (level warn) are shown, and change no outcome. */
function outcomeOf({ findings }: CheckInput, budgets: readonly CheckedBudget[]): Outcome {
  const { verdict, replications } = findings;
  const required = budgets.filter(({ budget }) => budget.level === 'error');
  if (replications.stoppedBy === 'interrupted' || replications.stoppedBy === 'time-limit')
    return 'interrupted';
  const neverEnds = verdict.status === 'does-not-hold' && verdict.decidingBudget === null;
  if (neverEnds || required.some(({ budget }) => isBroken(budget))) return 'fail';
  if (required.some(({ severity }) => severity === 'error')) return 'regressed';
  return required.some(({ severity }) => severity === 'warning') ? 'inconclusive' : 'pass';
}

function severityOf(
  budget: BudgetFinding,
  change: BudgetChange | null,
  { isRebased }: Pick<CheckInput, 'isRebased'>,
): CheckedBudget['severity'] {
  const hasRegressed = !isRebased && change?.verdict === 'regressed';
  if (isBroken(budget) || hasRegressed) return budget.level === 'error' ? 'error' : 'warning';
  const isUnclear = budget.verdict === 'inconclusive' || (!isRebased && change?.verdict === 'unknown');
  return isUnclear || budget.countsAs === 'warn' ? 'warning' : 'none';
}

function isBroken({ countsAs }: BudgetFinding): boolean {
  return countsAs === 'fail' || countsAs === 'no-data';
}

/** What `--accept` records of a check: every regression of it. */
export function acceptancesOf(
  { budgets }: Pick<ScenarioCheck, 'budgets'>,
  how: Pick<Acceptance, 'reason' | 'by' | 'date'>,
): Acceptance[] {
  const found = new Map<string, Acceptance>();
  for (const { budget, baseline } of budgets) {
    if (baseline?.verdict !== 'regressed' || baseline.after === null) continue;
    const { id, target, metric, window } = budget;
    found.set(budgetKey(budget), { id, target, metric, window, value: baseline.after, ...how });
  }
  return [...found.values()];
}

/** Those of before, but for what is accepted anew. */
export function withAcceptances(before: readonly Acceptance[], more: readonly Acceptance[]): Acceptance[] {
  const anew = new Set(more.map(budgetKey));
  return [...before.filter((each) => !anew.has(budgetKey(each))), ...more];
}
