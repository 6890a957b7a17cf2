/** Alerts: when monitoring would call somebody. */
import * as z from 'zod';
import type { AlertRule } from '../types.ts';
import { conditions } from './budget.ts';
import { id } from './name.ts';
import { doc, duration, strict } from './quantity.ts';

const over = duration('How far back it looks at each instant; one window of the time line unless said.', '5m', {
  above: 0,
});

export const alert = strict({
  id: id('Name of the alert in reports.', 'many-errors'),
  target: doc(
    z.string().min(1),
    '*, request:NAME, service:NAME, station:NAME or layer:NAME; * in a name stands for anything.',
    '*',
  ),
  when: doc(conditions, 'Conditions that must all hold, as budgets write them.', 'errors > 10%'),
  over: doc(
    z.union([over.transform((ns) => [ns]), z.array(over).min(1)]),
    'How far back it looks at each instant; of a list each must hold. One window of the time line unless said.',
    '5m',
  ).optional(),
  for: duration('How long it must hold until it fires; it fires at once unless said.', '2m').optional(),
  severity: doc(z.string().min(1), 'How urgent it is, for reports; warning unless said.', 'critical').optional(),
  why: doc(z.string(), 'Reason, for reports.', 'the shop cannot be used').optional(),
}).transform((read): AlertRule => ({
  id: read.id,
  target: read.target,
  when: read.when,
  overNs: read.over ?? [],
  forNs: read.for ?? 0,
  severity: read.severity ?? 'warning',
  why: read.why ?? null,
}));
