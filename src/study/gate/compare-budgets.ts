import { CONFIDENCE_LEVEL } from '../../analysis/intervals.ts';
import type { BudgetFinding, Interval } from '../../analysis/findings.ts';
import { holmAdjusted } from '../../stats/holm.ts';
import { pairedDifference, type ReplicatedValue } from '../../stats/paired.ts';
import { budgetKey, type BaselineBudget } from './baseline.ts';
import { relativeWorsening, worsening } from './direction.ts';
import type { Acceptance, BudgetChange, ChangeVerdict } from './gate-check.ts';

type Unit = BudgetFinding['unit'];

/** What a number must have changed by to count, where its budget does not say otherwise. */
export interface Tolerances {
  /** Probability that none of all the changes that are called one is chance alone. */
  readonly confidence: number;
  /** Share of the value before. */
  readonly tolerance: number;
  /** By unit of the number, and in it. */
  readonly floors: Readonly<Record<Unit, number>>;
}

export interface Sides {
  readonly before: readonly BaselineBudget[];
  readonly after: readonly BaselineBudget[];
  /** Whether replication r of both sides has one seed; without that nothing can be told from chance. */
  readonly arePaired: boolean;
  readonly accepted: readonly Acceptance[];
  /** What budgets themselves let pass, by id. */
  readonly limits: ReadonlyMap<string, BudgetFinding['baseline']>;
}

/**
 * Each number of `after` beside the same of `before`. It has got worse where three things come together: chance does not
 * explain it (paired t test of the replications, Holm's correction over all that are not equal), it is more than the
 * tolerance, and it is more than the floor, below which a percentage says nothing.
 *
 * @returns by `budgetKey`.
 */
export function compareBudgets(sides: Sides, tolerances: Tolerances): Map<string, BudgetChange> {
  const { before, after, accepted, limits } = sides;
  const known = new Map(before.map((each) => [budgetKey(each), each]));
  const acceptances = new Map(accepted.map((each) => [budgetKey(each), each]));
  const tests = testAll(after, known, sides.arePaired);
  return new Map(
    after.map((one): [string, BudgetChange] => {
      const key = budgetKey(one);
      const base = known.get(key) ?? null;
      const own = limits.get(one.id) ?? null;
      const allowed = {
        confidence: tolerances.confidence,
        tolerance: own?.maxRelative ?? tolerances.tolerance,
        floor: own?.floor[one.unit] ?? tolerances.floors[one.unit],
      };
      const test = tests.get(key) ?? UNTESTED;
      return [key, changeOf(base, one, { test, allowed, acceptance: acceptances.get(key) ?? null })];
    }),
  );
}

interface Test {
  /** To the last digit, in every replication: no chance had a part in that, and there is nothing to test. */
  readonly isEqual: boolean;
  readonly interval: Interval | null;
  readonly adjustedPValue: number | null;
}

const EQUAL: Test = { isEqual: true, interval: null, adjustedPValue: null };
const UNTESTED: Test = { isEqual: false, interval: null, adjustedPValue: null };

type Allowed = Pick<BudgetChange, 'confidence' | 'tolerance' | 'floor'>;

interface Judging {
  readonly test: Test;
  readonly allowed: Allowed;
  readonly acceptance: Acceptance | null;
}

function changeOf(base: BaselineBudget | null, one: BaselineBudget, judging: Judging): BudgetChange {
  const { test, allowed, acceptance } = judging;
  const [before, after] = [base?.value ?? null, one.value];
  const verdict = verdictOf(base, one, judging);
  const isBoth = before !== null && after !== null;
  const worseBy = isBoth ? relativeWorsening(one.metric, one.unit, before, after) : null;
  return {
    ...{ verdict, before, after },
    difference: isBoth ? after - before : null,
    interval: test.interval,
    worseBy: worseBy !== null && Number.isFinite(worseBy) ? worseBy : null,
    adjustedPValue: test.adjustedPValue,
    ...allowed,
    accepted: verdict === 'accepted' ? acceptance : null,
  };
}

function verdictOf(
  base: BaselineBudget | null,
  one: BaselineBudget,
  { test, allowed, acceptance }: Judging,
): ChangeVerdict {
  if (base === null) return 'new';
  if (base.value === null || one.value === null) return 'unknown';
  if (test.isEqual) return 'equal';
  if (test.adjustedPValue === null) return 'unknown';
  if (test.adjustedPValue >= 1 - allowed.confidence) return 'within-noise';
  const beyond = excess(one, allowed, base.value, one.value);
  if (beyond === 0) return 'within-tolerance';
  if (beyond < 0) return 'improved';
  const isExcused = acceptance !== null && excess(one, allowed, acceptance.value, one.value) <= 0;
  return isExcused ? 'accepted' : 'regressed';
}

/** Share by which it is worse; 0 where that is within the tolerance or below the floor. */
function excess(
  { metric, unit }: BaselineBudget,
  { tolerance, floor }: Allowed,
  from: number,
  to: number,
): number {
  const isSmall = Math.abs(worsening(metric, from, to)) <= floor;
  const relative = relativeWorsening(metric, unit, from, to);
  return isSmall || Math.abs(relative) <= tolerance ? 0 : relative;
}

function testAll(
  after: readonly BaselineBudget[],
  known: ReadonlyMap<string, BaselineBudget>,
  arePaired: boolean,
): Map<string, Test> {
  const pairs = after.flatMap((one) => {
    const key = budgetKey(one);
    const base = known.get(key);
    return base === undefined || !arePaired ? [] : [{ key, base, one }];
  });
  const tests = pairs.map(({ base, one }) => (isEqual(base, one) ? EQUAL : testOf(base, one)));
  const pValues = tests.flatMap((test) => test.adjustedPValue ?? []);
  const adjusted = holmAdjusted(pValues).values();
  return new Map(
    pairs.map(({ key }, index): [string, Test] => {
      const test = tests[index] ?? UNTESTED;
      if (test.adjustedPValue === null) return [key, test];
      return [key, { ...test, adjustedPValue: adjusted.next().value ?? null }];
    }),
  );
}

function isEqual(base: BaselineBudget, one: BaselineBudget): boolean {
  return (
    base.value !== null &&
    base.value === one.value &&
    base.ofEach.length === one.ofEach.length &&
    base.ofEach.every((value, index) => value === one.ofEach[index])
  );
}

/** The p-value is not yet corrected; none unless every replication has a value of its own on both sides. */
function testOf(base: BaselineBudget, one: BaselineBudget): Test {
  const [before, after] = [sideOf(base), sideOf(one)];
  if (before === null || after === null || before.values.length !== after.values.length) return UNTESTED;
  if (before.values.length < 2) return UNTESTED;
  const { interval, pValue } = pairedDifference(before, after, CONFIDENCE_LEVEL);
  return {
    isEqual: false,
    interval: interval.kind === 'interval' ? [interval.lower, interval.upper] : null,
    adjustedPValue: pValue,
  };
}

function sideOf({ value, ofEach }: BaselineBudget): ReplicatedValue | null {
  const values = ofEach.filter((each) => each !== null);
  return value === null || values.length < ofEach.length ? null : { pooledValue: value, values };
}
