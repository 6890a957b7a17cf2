/** The numbers of a check as a reader sees them, alike in every output of the gate. */
import type { BudgetChange, CheckedBudget, CheckedCost, ScenarioCheck } from '../../study/gate/gate-check.ts';
import { burnSentences } from '../burn.ts';
import {
  formatAgainst,
  formatByUnit,
  formatMargin,
  formatMoney,
  formatShare,
  significant,
} from '../format.ts';
import { VERDICT_LOOK } from '../looks.ts';
import { abortSentence } from '../alarms.ts';
import { phraseOf, sentenceOf } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';

export interface GateRow {
  readonly checked: CheckedBudget;
  readonly sign: string;
  /** As the terminal summary of a run has it. */
  readonly verdict: string;
  readonly id: string;
  readonly condition: string;
  readonly value: string;
  readonly margin: string;
  /** Empty without a baseline. */
  readonly base: string;
  readonly change: string;
  /** Target and time. */
  readonly of: string;
}

/** Signs of what the baseline alone fails. */
const WORSE_SIGN = '▲';

export function gateRows({ budgets, scenario }: ScenarioCheck, texts: Texts): GateRow[] {
  return worstFirst(budgets).map((checked): GateRow => {
    const { budget, baseline } = checked;
    const phrase = phraseOf(budget, { scenario });
    const window = texts.budgets.label(phrase.window);
    const hasRegressed = baseline?.verdict === 'regressed' && budget.countsAs === 'pass';
    return {
      checked,
      sign: hasRegressed ? WORSE_SIGN : VERDICT_LOOK[budget.verdict].sign,
      verdict: hasRegressed ? texts.gate.worse : verdictWord(checked, texts),
      id: budget.id,
      condition: budget.text,
      value: phrase.value,
      margin: formatMargin(budget.margin),
      base: baseline === null ? '' : formatBeside(baseline.before, baseline.after, budget),
      change: baseline === null ? '' : changeText(checked, texts),
      of: window === null ? budget.target : `${budget.target}, ${window}`,
    };
  });
}

/** With as many digits as it takes to tell it from the other. */
function formatBeside(value: number | null, other: number | null, budget: CheckedBudget['budget']): string {
  return other === null ? formatByUnit(value, budget) : formatAgainst(value, other, budget);
}

function verdictWord({ budget: { verdict, countsAs } }: CheckedBudget, { words }: Texts): string {
  return verdict === 'inconclusive' ? `${words.verdict[countsAs]}?` : words.verdict[verdict];
}

const SEVERITY_ORDER: Readonly<Record<CheckedBudget['severity'], number>> = { error: 0, warning: 1, none: 2 };

/** What fails before what warns before the rest; of these what ended the run, then broken budgets, by margin, then by how much worse. */
export function worstFirst(budgets: readonly CheckedBudget[]): CheckedBudget[] {
  const broken = ({ budget }: CheckedBudget): number => (budget.countsAs === 'pass' ? 1 : 0);
  const margin = ({ budget }: CheckedBudget): number =>
    budget.margin ?? (budget.noDataBecause === 'aborted' ? 1e9 : -1e9);
  const ended = ({ abort }: CheckedBudget): number => (abort === undefined ? 1 : 0);
  const worse = ({ baseline }: CheckedBudget): number => baseline?.worseBy ?? 0;
  return budgets.toSorted(
    (a, b) =>
      SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
      ended(a) - ended(b) ||
      broken(a) - broken(b) ||
      (broken(a) === 0 ? margin(a) - margin(b) : worse(b) - worse(a)) ||
      margin(a) - margin(b),
  );
}

/** `+15.0 % ▲`, `≈`, `=`. */
function changeText({ budget, baseline }: CheckedBudget, { gate }: Texts): string {
  if (baseline === null) return '';
  const { verdict } = baseline;
  if (verdict === 'equal') return '=';
  if (verdict === 'within-noise') return '≈';
  if (verdict === 'new' || verdict === 'unknown') return gate.change[verdict];
  const size = sizeOf(baseline, budget.unit, gate);
  if (verdict === 'regressed') return `${size} ${WORSE_SIGN}`;
  return verdict === 'accepted' ? `${size} ${gate.change.accepted}` : size;
}

/** Of a share in points, of all else in per cent of what it was. */
function sizeOf(
  { before, difference }: BudgetChange,
  unit: CheckedBudget['budget']['unit'],
  { points }: Texts['gate'],
): string {
  if (before === null || difference === null) return '';
  const sign = difference < 0 ? '−' : '+';
  if (unit === 'ratio') return sign + points(significant(Math.abs(difference) * 100));
  return before === 0 ? `${sign}∞` : formatMargin(difference / Math.abs(before));
}

/** What is wrong with a budget, in sentences, that which fails it first; none where nothing is. */
export function problemsOf(
  checked: CheckedBudget,
  scenario: ScenarioCheck['scenario'],
  texts: Texts,
): string[] {
  const { budget, baseline, severity, abort } = checked;
  if (severity === 'none') return [];
  const ended = abort === undefined ? [] : [abortSentence(abort, { scenario }, texts)];
  const own = budget.verdict === 'pass' ? [] : [...ended, sentenceOf(budget, { scenario }, texts.verdict)];
  const beside = baseline === null ? [] : regressionOf(checked, baseline, texts);
  return [
    ...(budget.countsAs === 'pass' ? [...beside, ...own] : [...own, ...beside]),
    ...(budget.countsAs === 'pass' ? [] : burnSentences(budget, { scenario }, texts)),
    ...(budget.why === null ? [] : [budget.why]),
    ...(budget.owner === null ? [] : [texts.budgets.owner(budget.owner)]),
    ...(budget.runbook === null ? [] : [texts.budgets.runbook(budget.runbook)]),
  ];
}

function regressionOf({ budget }: CheckedBudget, change: BudgetChange, { gate }: Texts): string[] {
  if (change.verdict === 'unknown') return [gate.unknown];
  if (change.verdict !== 'regressed' || change.before === null) return [];
  const limits = gate.limits(formatShare(change.tolerance), formatByUnit(change.floor, budget));
  const before = formatBeside(change.before, change.after, budget);
  const after = formatBeside(change.after, change.before, budget);
  return [gate.regressed(before, after, sizeOf(change, budget.unit, gate), limits)];
}

export function costText({ currency, perHour, before }: CheckedCost, { gate }: Texts): string {
  const now = gate.cost(formatMoney(perHour, currency));
  if (before === null || before === perHour || before === 0) return now;
  return now + gate.costBefore(formatMoney(before, currency), formatMargin(perHour / before - 1));
}

/** How the numbers came about: replications, seed, baseline. */
export function howText({ replications, scenario, baseline }: ScenarioCheck, { gate }: Texts): string {
  const against =
    baseline === null ? gate.noBaseline : gate.against(baseline.kind, baseline.name, baseline.commit);
  return [gate.replications(replications.done), gate.seed(scenario.seed), against].join(' · ');
}

export function reasonText({ outcome, baseline, budgets, scenario }: ScenarioCheck, texts: Texts): string {
  const { gate } = texts;
  const abort = budgets.flatMap((each) => each.abort ?? [])[0];
  if (abort !== undefined) return abortSentence(abort, { scenario }, texts);
  if (outcome === 'fail' && !budgets.some(({ severity }) => severity === 'error')) return gate.neverEnds;
  if (baseline === null && outcome === 'pass') return gate.passesAlone;
  if (baseline === null && outcome === 'inconclusive') return gate.inconclusiveAlone;
  return gate.reason[outcome];
}

export function countsText({ budgets }: ScenarioCheck, { gate }: Texts): string {
  const failing = budgets.filter(({ severity }) => severity === 'error');
  const broken = failing.filter(({ budget }) => budget.countsAs !== 'pass').length;
  const warnings = budgets.filter(({ severity }) => severity === 'warning').length;
  return gate.counts({ broken, worse: failing.length - broken, warnings, all: budgets.length });
}
