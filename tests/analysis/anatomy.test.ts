import { expect, test } from 'vitest';
import type { Claim } from '../../src/scenario/types.ts';
import { budget, findingsOf, measurements, model, scenario } from './builders.ts';

/** `count` requests of which number i took i × (1 + 2 + 3 + 4) ns in each of two layers. */
function rows(count: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) =>
    Float64Array.of(20 * i, i, 2 * i, 3 * i, 4 * i, i, 2 * i, 3 * i, 4 * i),
  );
}

function anatomy(count: number) {
  return findingsOf({
    model: model({ layers: ['app', 'data'] }),
    measurements: measurements({ samples: [{ rowLength: 9, share: 1, rows: rows(count) }] }),
  }).anatomy;
}

test('the average request layer by layer, and the slowest hundredth of all', () => {
  const [mean, median, p99, slowest] = anatomy(2000);
  const part = { waitNs: 999.5, serviceNs: 1999, delayNs: 2998.5, retryNs: 3998 };
  expect(mean).toEqual({
    request: 'buy',
    of: 'mean',
    samples: 2000,
    responseNs: 19_990,
    parts: [
      { layer: 'app', ...part },
      { layer: 'data', ...part },
    ],
  });
  expect(slowest).toMatchObject({ of: 'slowest', samples: 20, responseNs: 20 * 1989.5 });
  expect(median).toMatchObject({ of: 'p50', samples: 201, responseNs: 20 * 1000 });
  // Numbers 1970 to 1989: half a per cent to each side of the P99.
  expect(p99).toMatchObject({ of: 'p99', samples: 20, responseNs: 20 * 1979.5 });
});

test('parts add up to the response time', () => {
  for (const { responseNs, parts } of anatomy(2000)) {
    const sum = parts.reduce(
      (total, { waitNs, serviceNs, delayNs, retryNs }) => total + waitNs + serviceNs + delayNs + retryNs,
      0,
    );
    expect(sum).toBeCloseTo(responseNs, 6);
  }
});

test('fewer than ten slow ones are no group of their own, and no samples no anatomy', () => {
  expect(anatomy(999).map(({ of }) => of)).toEqual(['mean', 'p50']);
  expect(anatomy(50).map(({ of }) => of)).toEqual(['mean']);
  expect(anatomy(0)).toEqual([]);
});

test('claims are shown where the scenario has what they are about', () => {
  const claim = (id: string, about: string[]): Claim => ({ id, source: '', says: '', finding: '', about });
  const claims = [claim('a', ['test']), claim('b', ['redis']), claim('c', ['nobody', 'answered'])];
  const budgets = [budget([], { id: 'answered', target: '*', level: 'warn' })];
  const shown = findingsOf({ claims, scenario: scenario({ budgets }) }).claims;
  expect(shown.map(({ id }) => id)).toEqual(['a', 'c']);
});
