import { describe, expect, test } from 'vitest';
import type { BudgetFinding, Findings } from '../../../src/analysis/findings.ts';
import { burnRows } from '../../../src/report/burn.ts';
import { EN } from '../../../src/report/texts/en.ts';
import { ZH } from '../../../src/report/texts/zh.ts';
import { findingsOf, reportsOf } from '../../promises/world.ts';
import { HALF } from '../../study/half.ts';

/** From 10 s to 50 s 100 of 200 requests a second are turned away: 4,000 of 8,000, and of some 10,000 in all. */
function withBudgets(...budgets: string[]): Findings {
  const rows = budgets.map((each, nth) => `  - { id: b${nth}, minSamples: 1, ${each} }\n`);
  return findingsOf({ text: `${HALF}budgets:\n${rows.join('')}` });
}

const burnOf = (budget: string): BudgetFinding['burn'] => withBudgets(budget).budgets[0]!.burn;

describe('an error budget', () => {
  test.each([
    // 2,000 may be lost: half of that after 10 s, all after 20 s.
    ['target: "*", expect: errors < 25%, window: rush', 2, 20, 30],
    ['target: "request:customer", expect: errors <= 25%, window: { from: 10s, to: 50s }', 2, 20, 30],
    ['target: "*", expect: errors.rejected < 25%, window: rush', 2, 20, 30],
    ['target: "*", expect: availability > 75%, window: rush', 2, 20, 30],
    // 3,200 of 8,000, and 7,200: half of these after 36 s.
    ['target: "*", expect: errors < 40%, window: rush', 1.25, 26, 42],
    ['target: "*", expect: errors < 90%, window: rush', 0.5556, 46, null],
    ['target: "*", expect: errors.shed < 1%, window: rush', 0, null, null],
    ['target: "*", expect: timeouts < 1%', 0, null, null],
  ])('%s', (budget, share, half, all) => {
    const burn = burnOf(budget)!;
    expect(burn.share).toBeCloseTo(share, 3);
    expect([burn.halfNs, burn.allNs]).toEqual([half, all].map((at) => (at === null ? null : at * 1e9)));
  });

  test('is the value of the budget by another name', () => {
    const [row] = withBudgets('target: "*", expect: errors < 7%').budgets;
    expect(row?.burn?.share).toBeCloseTo(row!.value! / row!.limit, 12);
    expect(row?.burn?.lost).toBe(4000);
    expect(row?.burn?.allowed).toBeCloseTo(0.07 * 9999, -1);
  });

  test.each([
    'target: "*", expect: errors < 25%, window: { worst: 5s }',
    'target: "*", expect: errors < 25%, window: { slices: 5s, good: 50% }',
    'target: "station:desk", expect: errors < 25%',
    'target: "*", expect: errors > 25%',
    'target: "*", expect: errors < 0%',
    'target: "*", expect: availability < 75%',
    'target: "*", expect: errors.perSec < 5/s',
    'target: "*", expect: p99 < 1s',
  ])('is none of %s', (budget) => {
    expect(burnOf(budget)).toBeUndefined();
  });
});

describe('error budgets in reports', () => {
  const FOUND = withBudgets(
    'target: "*", expect: errors < 90%, window: rush',
    'target: "*", expect: availability > 75%, window: rush, owner: shop',
    'target: "*", expect: p99 < 1s',
  );

  test('what burns most comes first, with when half and all of it was gone', () => {
    const rows = burnRows(FOUND, EN).map(({ id, burnt, half, all, of }) => [id, burnt, half, all, of]);
    expect(rows).toEqual([
      ['b1', '2.00×', 't+00:20', 't+00:30', '*, rush'],
      ['b0', '55.6 %', 't+00:46', null, '*, rush'],
    ]);
  });

  test('are on the terminal and in the page, in Chinese as well; none are not', () => {
    const { text, page } = reportsOf(FOUND);
    expect(text).toContain('ERROR BUDGETS\n  ● b1 availability > 75%: 2.00× burnt, half of it by t+00:20');
    expect(page).toContain('<h3 id="burn">Error budgets</h3>');
    expect(burnRows(FOUND, ZH)).toHaveLength(2);
    const none = reportsOf(withBudgets('target: "*", expect: p99 < 1s'));
    expect(none.text).not.toContain('ERROR BUDGETS');
    expect(none.page).not.toContain('id="burn"');
  });

  test('of many the terminal shows six, and how many more there are', () => {
    const many = withBudgets(
      ...Array.from({ length: 9 }, (_, nth) => `target: "*", expect: errors < ${nth + 20}%`),
    );
    expect(reportsOf(many).text.split('ERROR BUDGETS')[1]!.split('\n\n')[0]).toMatch(/3 more/);
  });
});
