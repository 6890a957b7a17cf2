import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, padEnd, padStart } from '../../src/base/width.ts';
import { tableLines } from '../../src/report/text/table.ts';
import { truncate, wrap } from '../../src/report/width.ts';

const names = fc.string({
  unit: fc.constantFrom('a', 'Z', '-', '订', '単', 'é', 'e\u0301', '한'),
  maxLength: 30,
});

describe('width', () => {
  test.each([
    ['order', 5],
    ['订单服务', 8],
    ['\uff21\uff22\uff23', 6],
    ['e\u0301', 1],
    ['✗ ✓ – …', 7],
  ])('%s takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('padding and cutting count columns, not characters', () => {
    expect(padEnd('订单', 6)).toBe('订单  ');
    expect(padStart('订单', 6)).toBe('  订单');
    expect(truncate('订单服务', 5)).toBe('订…务');
    expect(truncate('订单服务', 6)).toBe('订…务');
    expect(truncate('order-db.pool@order', 12)).toBe('order-…order');
    expect(truncate('order', 5)).toBe('order');
  });

  test('cut text fits', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('wrapped text fits and loses nothing', () => {
    const sentences = fc.array(names, { minLength: 1 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(sentences, fc.integer({ min: 8, max: 40 }), (text, width) => {
        const lines = wrap(text, width, '- ', '  ');
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        const letters = (each: string) => each.replaceAll(' ', '');
        expect(letters(lines.map((line) => line.slice(2)).join(''))).toBe(letters(text));
      }),
    );
  });
});

test('Chinese breaks between its signs, not before closing ones or after opening ones', () => {
  expect(wrap('流量达到峰值，最多拒绝（共 503k/s）。', 12)).toEqual([
    '流量达到峰',
    '值，最多拒绝',
    '（共',
    '503k/s）。',
  ]);
  expect(wrap('扩大 gateway.limit，或增加副本', 16)).toEqual(['扩大', 'gateway.limit，', '或增加副本']);
});

describe('tables', () => {
  test('line up, Chinese names too', () => {
    const columns = [
      { head: 'layer', align: 'left', widthMin: 4 },
      { head: 'used', align: 'right' },
    ] as const;
    const rows = [
      ['订单', '91.9 %'],
      ['nginx', '8 %'],
    ];
    expect(tableLines(columns, rows, { width: 40, indent: '  ' })).toEqual([
      '  layer    used',
      '  订单   91.9 %',
      '  nginx     8 %',
    ]);
  });

  test('cut names, never numbers, to fit', () => {
    const columns = [
      { head: 'name', align: 'left', widthMin: 4 },
      { head: 'n', align: 'right' },
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.nat().map(String)), { minLength: 1 }), (rows) => {
        const lines = tableLines(columns, rows, { width: 24, indent: '' });
        rows.forEach(([, number], index) => {
          expect(lines[index + 1]).toMatch(new RegExp(`${number}$`));
          expect(displayWidth(lines[index + 1]!)).toBeLessThanOrEqual(24);
        });
      }),
    );
  });
});
