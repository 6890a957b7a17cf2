/** Budgets: what the night must keep to. */
import * as z from 'zod';
import { parseExpression } from '../budget-expression.ts';
import type { Condition } from '../types.ts';
import { id } from './name.ts';
import { choice, count, doc, refuse, strict } from './quantity.ts';

const condition = z.string().transform((text, context): readonly Condition[] => {
  const parsed = parseExpression(text);
  if (parsed.ok) return parsed.value;
  refuse(context, text, { code: 'HF205', message: parsed.problem, help: parsed.help });
  return z.NEVER;
});

const settings = {
  window: doc(
    z.string().min(1),
    'Phase it is judged in; all (the whole run) unless said.',
    'peak',
  ).optional(),
  level: choice(['error', 'warn'], 'Whether breaking it fails the run; error unless said.').optional(),
  minSamples: count('Fewer observations are no data, which is no pass; 1000 unless said.', 1000, {
    min: 1,
  }).optional(),
};

export const budget = strict({
  id: id('Name of the budget in reports.', 'order-latency'),
  target: doc(
    z.string().min(1),
    '*, request:NAME, service:NAME, operation:NAME.OP, station:NAME or layer:NAME; * in a name stands for anything.',
    'request:create',
  ),
  expect: doc(
    z.union([condition, z.array(condition).min(1)]).transform((all) => all.flat()),
    'Conditions that must all hold.',
    ['p99 < 200ms', 'errors < 0.1%'],
  ),
  ...settings,
  why: doc(z.string(), 'Reason, printed when it breaks.', 'the app gives up after 1 s').optional(),
});

export const budgetDefaults = strict(settings);
