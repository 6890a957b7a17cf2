import { expect, test } from 'vitest';
import { attribute } from '../../src/study/attribution.ts';
import type { Difference } from '../../src/study/comparison.ts';
import type { Measure } from '../../src/analysis/findings.ts';

const name = { target: 'request:buy', metric: 'p99', unit: 'ns', phase: null, spanNs: null } as const;
const moved: Difference = {
  ...name,
  ...{ before: 100, after: 110, difference: 10, relativeDifference: 0.1 },
  ...{ interval: [9, 11], pValue: 0.001, adjustedPValue: 0.01, verdict: 'significant' },
};
const part = (inputs: number[], value: number | null) => ({
  inputs,
  measures: [{ ...name, value, ofEach: [] } satisfies Measure],
});

const WHOLE = { leftOut: [], isWhole: true };

test("what changes that were not simulated may have done is nobody's", () => {
  const [only] = attribute([moved], [part([0], 106)], { leftOut: [1], isWhole: false }).measures;
  expect(only?.parts).toEqual([{ difference: 6, share: 0.6 }]);
  expect(only?.interaction).toBeNull();
});

test('the share of a change is what it does alone; what is missing they do only together', () => {
  const { measures, parts, leftOut } = attribute([moved], [part([0], 106), part([2], 99)], {
    leftOut: [1],
    isWhole: true,
  });
  expect({ parts, leftOut }).toEqual({ parts: [{ inputs: [0] }, { inputs: [2] }], leftOut: [1] });
  const [only] = measures;
  expect(only?.parts).toEqual([
    { difference: 6, share: 0.6 },
    { difference: -1, share: -0.1 },
  ]);
  expect(only?.interaction).toBeCloseTo(0.5);
});

test('a part without data has no share, and then nobody knows the rest', () => {
  const [only] = attribute([moved], [part([0], 106), part([1], null)], WHOLE).measures;
  expect(only?.parts[1]).toEqual({ difference: null, share: null });
  expect(only?.interaction).toBeNull();
});

test('only what moved significantly, the largest first, forty at most', () => {
  const noise: Difference = { ...moved, metric: 'mean', verdict: 'within-noise' };
  const large: Difference = { ...moved, metric: 'p95', relativeDifference: -0.5 };
  expect(attribute([noise, moved, large], [], WHOLE).measures.map(({ metric }) => metric)).toEqual([
    'p95',
    'p99',
  ]);
  const many = Array.from({ length: 60 }, (_, index) => ({ ...moved, phase: `p${index}` }));
  expect(attribute(many, [], WHOLE).measures).toHaveLength(40);
});
