import { expect, test } from 'vitest';
import { parseExpression } from '../../src/scenario/budget-expression.ts';

test.each(['<>', '=<', '=>', '=', '!=', '===', '<<', '><'])(
  '%s is no comparison, and is named as written',
  (op) => {
    const parsed = parseExpression(`p99 ${op} 3ms`);
    expect(parsed).toMatchObject({ ok: false });
    expect(!parsed.ok && parsed.problem).toContain(`: ${op}`);
    expect(!parsed.ok && parsed.help).toContain('<=');
  },
);

test.each(['<', '<=', '>', '>=', '=='])('%s is one, with or without spaces', (op) => {
  for (const text of [`p99 ${op} 3ms`, `p99${op}3ms`]) {
    expect(parseExpression(text)).toMatchObject({ ok: true, value: [{ metric: 'p99', op, limit: 3e6 }] });
  }
});
