/** What a baseline file holds: few numbers, rounded so that a diff of it can be read; see docs/ci.md. */
import type { BudgetFinding, Findings, Interval, SamplingFinding } from '../../analysis/findings.ts';
import type { Acceptance } from './gate-check.ts';

export const BASELINE_SCHEMA_VERSION = 1;

/** Enough to tell 1 ‰ apart. */
const DIGITS = 4;

export interface Baseline {
  readonly $schema: string;
  readonly schemaVersion: number;
  readonly tool: Findings['tool'];
  readonly scenario: Pick<Findings['scenario'], 'id' | 'sha256'>;
  readonly conditions: Conditions;
  readonly budgets: readonly BaselineBudget[];
  /** Cost of an hour by currency. */
  readonly cost: Readonly<Record<string, number>>;
  readonly accepted: readonly Acceptance[];
}

/** What must be the same on both sides for replications to pair. */
export interface Conditions {
  /** Of each replication, in order. */
  readonly seeds: readonly string[];
  /** Of `--until`; null = all of the scenario. */
  readonly untilNs: number | null;
  readonly slice: number;
  readonly warmUpNs: number;
  /** What of quiet time is left out; null: nothing. */
  readonly sampling: SamplingPattern | null;
}

export type SamplingPattern = Pick<SamplingFinding, 'periodNs' | 'warmNs' | 'measuredNs'>;

/** The number that a budget judges, whatever its limit is. */
export type BudgetName = Pick<BudgetFinding, 'id' | 'target' | 'metric' | 'window'>;

export interface BaselineBudget extends BudgetName, Pick<BudgetFinding, 'unit' | 'value'> {
  readonly interval: Interval | null;
  /** Of each replication by itself; none of a single one. */
  readonly ofEach: readonly (number | null)[];
}

export function budgetKey({ id, target, metric, window }: BudgetName): string {
  return JSON.stringify([id, target, metric, window]);
}

/** Every number that budgets judge; one that two conditions limit is there once. */
export function numbersOf({ budgets }: Pick<Findings, 'budgets'>): BaselineBudget[] {
  const seen = new Set<string>();
  return budgets.flatMap((budget) => {
    const key = budgetKey(budget);
    if (seen.has(key)) return [];
    seen.add(key);
    const { id, target, metric, window, unit, value, interval = null, ofEach = [] } = budget;
    return [{ id, target, metric, window, unit, value, interval, ofEach }];
  });
}

/** A run that was aborted is one until then. */
export function conditionsOf({ replications, scenario, mode, stop }: Findings): Conditions {
  const { warmUpNs } = scenario;
  const untilNs = stop.reason === 'aborted' ? stop.atNs : scenario.untilNs;
  return { seeds: replications.seeds, untilNs, slice: mode.slice, warmUpNs, sampling: patternOf(mode) };
}

function patternOf({ sampling }: Findings['mode']): SamplingPattern | null {
  if (sampling === null) return null;
  const { periodNs, warmNs, measuredNs } = sampling;
  return { periodNs, warmNs, measuredNs };
}

export function costOf({ cost }: Pick<Findings, 'cost'>): Record<string, number> {
  return Object.fromEntries(cost.map(({ currency, perHour }) => [currency, perHour]));
}

/** The numbers of a study as a baseline keeps them. */
export function makeBaseline(findings: Findings, accepted: readonly Acceptance[]): Baseline {
  const { id, sha256 } = findings.scenario;
  const cost = Object.entries(costOf(findings)).map(([currency, perHour]) => [currency, rounded(perHour)]);
  return {
    $schema: `urn:hongfeng:baseline:${BASELINE_SCHEMA_VERSION}`,
    schemaVersion: BASELINE_SCHEMA_VERSION,
    tool: findings.tool,
    scenario: { id, sha256 },
    conditions: conditionsOf(findings),
    budgets: numbersOf(findings).map(roundedNumber),
    cost: Object.fromEntries(cost) as Baseline['cost'],
    accepted,
  };
}

export function roundedNumber(number: BaselineBudget): BaselineBudget {
  const { id, target, metric, window, unit, value, interval, ofEach } = number;
  const round = (each: number | null): number | null => (each === null ? null : roundTo(each, unit));
  return {
    ...{ id, target, metric, window, unit, value: round(value) },
    interval: interval === null ? null : [roundTo(interval[0], unit), round(interval[1])],
    ofEach: ofEach.map(round),
  };
}

/** A share near 1 keeps the digits of what is missing: 0.99953 and 0.99951 must stay apart. */
function roundTo(value: number, unit: BudgetFinding['unit']): number {
  return unit === 'ratio' && value > 0.5 && value < 1
    ? Number((1 - rounded(1 - value)).toPrecision(15))
    : rounded(value);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
