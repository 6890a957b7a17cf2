import type { AnalysisInput } from '../analysis/context.ts';
import { CONFIDENCE_LEVEL } from '../analysis/intervals.ts';
import type { Measure, MeasureName } from '../analysis/findings.ts';
import { present } from '../base/present.ts';
import { holmAdjusted } from '../stats/holm.ts';
import { pairedDifference, type ReplicatedValue } from '../stats/paired.ts';
import { unpairedDifference } from '../stats/welch.ts';
import { sideOfInput, type MeasuredSide } from './compared-side.ts';
import {
  COMPARISON_SCHEMA_VERSION,
  type Comparison,
  type ComparedSide,
  type Difference,
  type InputChange,
  type UnpairedReason,
} from './comparison.ts';

/**
 * Compares two scenarios by replications that share random numbers: every measure that both have, matched by name. One is
 * called significant if the paired t test finds it so when all that are not equal are considered together (Holm).
 * `inputs`: what the scenarios say differently, for the record.
 *
 * @throws {RangeError} unless both sides have the same replications: at least one, with the same seeds in the same order.
 */
export function compare(
  before: AnalysisInput,
  after: AnalysisInput,
  inputs: readonly InputChange[] = [],
): Comparison {
  checkPairs(before, after);
  const { asked, stoppedBy } = before.plan;
  const compared = compareSides(sideOfInput(before), sideOfInput(after), { inputs, unpairedBecause: [] });
  return { ...compared, replications: { ...compared.replications, asked, stoppedBy } };
}

/** The same of two sides that were measured by themselves, whether they pair or not. */
export function compareSides(
  before: MeasuredSide,
  after: MeasuredSide,
  { inputs, unpairedBecause }: Pick<Comparison, 'inputs' | 'unpairedBecause'>,
): Comparison {
  const { seeds } = before;
  const sides = { before: comparedSide(before, after), after: comparedSide(after, before) };
  const isComparable = before.runaways.length + after.runaways.length === 0;
  return {
    $schema: `urn:hongfeng:comparison:${COMPARISON_SCHEMA_VERSION}`,
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    tool: { name: 'hongfeng', version: after.version },
    replications: {
      asked: seeds.length,
      done: seeds.length,
      seeds,
      stoppedBy: null,
      level: CONFIDENCE_LEVEL,
    },
    ...sides,
    inputs,
    unpairedBecause,
    differences: isComparable ? differencesBetween(before.measures, after.measures, unpairedBecause) : [],
    attribution: null,
    further: [],
  };
}

function checkPairs(before: AnalysisInput, after: AnalysisInput): void {
  const [one, other] = [before.plan.seeds, after.plan.seeds];
  const areAlike = one.length === other.length && one.every((seed, index) => seed === other[index]);
  if (!areAlike) {
    throw new RangeError(`replications of other seeds do not pair: ${one.join(', ')}; ${other.join(', ')}`);
  }
  const counts = [before.replications.length, after.replications.length];
  if (one.length === 0 || counts.some((count) => count !== one.length)) {
    throw new RangeError(`${counts.join(' and ')} replications do not pair by ${one.length} seeds`);
  }
}

function comparedSide(side: MeasuredSide, other: MeasuredSide): ComparedSide {
  const { scenario, version, seeds, mode, percentiles, runaways, names } = side;
  const others = new Set(other.names);
  const only = names.filter((name) => !others.has(name));
  return { scenario, version, seeds, mode, only, percentiles, runaways };
}

/** The same measure of both scenarios. */
interface Pair {
  readonly before: Measure;
  readonly after: Measure;
}

type Test = Pick<Difference, 'interval' | 'pValue' | 'adjustedPValue'>;

/** In the order of `before`; what has no data on either side is no measure. */
export function differencesBetween(
  before: readonly Measure[],
  after: readonly Measure[],
  unpairedBecause: readonly UnpairedReason[] = [],
): Difference[] {
  const others = new Map(after.map((each) => [keyOf(each), each]));
  const pairs = before.flatMap((one): Pair[] => {
    const other = others.get(keyOf(one));
    const isMeasured = one.value !== null || (other?.value ?? null) !== null;
    return other === undefined || !isMeasured ? [] : [{ before: one, after: other }];
  });
  const tests = testAll(pairs, unpairedBecause.length === 0 ? pairedDifference : unpairedDifference);
  return pairs.map((pair, index) => differenceOf(pair, present(tests[index])));
}

/** Alike for the same measure of any scenario. */
export function keyOf({ target, metric, phase, spanNs }: MeasureName): string {
  return JSON.stringify([target, metric, phase, spanNs]);
}

function differenceOf(pair: Pair, test: Test): Difference {
  const { target, metric, unit, phase, spanNs, value: before } = pair.before;
  const after = pair.after.value;
  const difference = before === null || after === null ? null : after - before;
  const { adjustedPValue } = test;
  return {
    ...{ target, metric, unit, phase, spanNs },
    ...{ before, after, difference },
    relativeDifference: shareOf(difference, before),
    ...test,
    verdict: isEqual(pair)
      ? 'equal'
      : adjustedPValue === null
        ? 'unknown'
        : adjustedPValue < 1 - CONFIDENCE_LEVEL
          ? 'significant'
          : 'within-noise',
  };
}

/** To the last bit, in every replication: no chance had a part in that, and there is nothing to test. */
function isEqual({ before, after }: Pair): boolean {
  return (
    before.value !== null &&
    before.value === after.value &&
    before.ofEach.length === after.ofEach.length &&
    before.ofEach.every((value, index) => value === after.ofEach[index])
  );
}

function shareOf(difference: number | null, before: number | null): number | null {
  if (difference === 0) return 0;
  return difference === null || before === null || before === 0 ? null : difference / before;
}

function testAll(pairs: readonly Pair[], differenceOfSides: typeof pairedDifference): Test[] {
  const tests = pairs.map(({ before, after }) => {
    const [one, other] = [replicatedOf(before), replicatedOf(after)];
    return one === null || other === null ? null : differenceOfSides(one, other, CONFIDENCE_LEVEL);
  });
  const pValues = pairs.map((pair, index) => (isEqual(pair) ? null : (tests[index]?.pValue ?? null)));
  const adjusted = holmAdjusted(pValues.filter((pValue) => pValue !== null)).values();
  return tests.map((test, index): Test => {
    const pValue = pValues[index] ?? null;
    const interval = test?.interval.kind === 'interval' ? test.interval : null;
    return {
      interval: interval === null ? null : [interval.lower, interval.upper],
      pValue,
      adjustedPValue: pValue === null ? null : (adjusted.next().value ?? null),
    };
  });
}

/** null unless every replication has a value of its own. */
function replicatedOf({ value, ofEach }: Measure): ReplicatedValue | null {
  const values = ofEach.filter((each) => each !== null);
  return value === null || values.length < ofEach.length ? null : { pooledValue: value, values };
}
