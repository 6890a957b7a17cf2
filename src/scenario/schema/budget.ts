/** Budgets: what the night must keep to. */
import * as z from 'zod';
import type { Parsed } from '../../base/units.ts';
import { parseExpression, parseFloor, parseTolerance } from '../budget-expression.ts';
import type { BaselineLimit, Budget, BudgetWindow, Condition } from '../types.ts';
import { id } from './name.ts';
import { choice, count, doc, duration, refuse, share, strict } from './quantity.ts';

const abort = strict({
  after: duration('So long after the beginning of its window nothing is decided.', '30s', { min: 0 }),
}).transform(({ after }): NonNullable<Budget['abort']> => ({ afterNs: after }));

const condition = z
  .string()
  .transform((text, context): readonly Condition[] => readBy(parseExpression, text, context));

/** What `parse` makes of a text, or its problem. */
function readBy<T>(parse: (text: string) => Parsed<T>, text: string, context: Parameters<typeof refuse>[0]): T {
  const parsed = parse(text);
  if (parsed.ok) return parsed.value;
  refuse(context, text, { code: 'HF205', message: parsed.problem, help: parsed.help });
  return z.NEVER;
}

export const conditions = z
  .union([condition, z.array(condition).min(1)])
  .transform((all): readonly Condition[] => all.flat());

const within = doc(z.string().min(1), 'Phase it lies in; the whole run unless said.', 'peak').optional();
const named = (phase: string | undefined): string | null =>
  phase === undefined || phase === 'all' ? null : phase;

const window = z.union([
  z
    .string()
    .min(1)
    .transform((name): BudgetWindow => named(name)),
  strict({
    from: duration('Its beginning.', '10s'),
    to: duration('Its end.', '5m', { above: 0 }),
  }).transform(({ from, to }): BudgetWindow => ({ kind: 'range', fromNs: from, toNs: to })),
  strict({
    after: doc(z.string().min(1), 'All that comes after the end of this phase.', 'peak'),
  }).transform(({ after }): BudgetWindow => ({ kind: 'after', phase: after })),
  strict({
    worst: duration('Length of the stretch that slides over the time.', '10s', { above: 0 }),
    within,
  }).transform((read): BudgetWindow => ({
    kind: 'worst',
    lengthNs: read.worst,
    within: named(read.within),
  })),
  strict({
    slices: duration('Length of one slice.', '5s', { above: 0 }),
    within,
    good: share('Share of the slices that must keep the condition.', '99%', { above: 0 }),
  }).transform((read): BudgetWindow => ({
    kind: 'slices',
    lengthNs: read.slices,
    within: named(read.within),
    goodRatio: read.good,
  })),
]);

/** A bare number is text without a unit, and refused as such. */
const quantityText = z.union([z.string(), z.number()]).transform(String);

const baseline = strict({
  max: doc(
    quantityText.transform((text, context): number => readBy(parseTolerance, text, context)),
    'How much worse than the baseline a value may be.',
    '+3%',
  ),
  floor: doc(
    z
      .union([quantityText, z.array(quantityText).min(1)])
      .transform((texts, context): BaselineLimit['floor'] => {
        const parsed = parseFloor([texts].flat());
        if (parsed.ok) return parsed.value;
        refuse(context, texts, { code: 'HF205', message: parsed.problem, help: parsed.help });
        return z.NEVER;
      }),
    'A smaller change is none, however large in per cent; a list has one quantity of each unit.',
    '1ms',
  ).optional(),
}).transform(({ max, floor }): BaselineLimit => ({ maxRelative: max, floor: floor ?? {} }));

const settings = {
  window: doc(
    window,
    'Time it is judged in: a phase, all, { from, to }, { after }, { worst, within } or { slices, within, good }; all unless said.',
    'peak',
  ).optional(),
  level: choice(
    ['error', 'warn', 'off'],
    'Whether breaking it fails the run; error unless said.',
  ).optional(),
  minSamples: count('Fewer observations are no data, which is no pass; 1000 unless said.', 1000, {
    min: 1,
  }).optional(),
  confidence: share('Level of the intervals it is judged by; 95% unless said.', '99%', {
    min: 0.5,
    max: 0.999,
  }).optional(),
  baseline: doc(baseline, 'What a comparison with a baseline lets pass.', {
    max: '+3%',
    floor: '1ms',
  }).optional(),
};

export const budget = strict({
  id: id('Name of the budget in reports.', 'order-latency'),
  target: doc(
    z.string().min(1),
    '*, request:NAME, service:NAME, operation:NAME.OP, station:NAME or layer:NAME; * in a name stands for anything.',
    'request:create',
  ),
  expect: doc(conditions, 'Conditions that must all hold.', ['p99 < 200ms', 'errors < 0.1%']),
  warn: doc(conditions, 'Conditions of which a broken one is a warning, whatever the level.', [
    'p99 < 160ms',
  ]).optional(),
  ...settings,
  abort: doc(abort, 'Ends the run once a condition under `expect` is broken.', { after: '30s' }).optional(),
  why: doc(z.string(), 'Reason, printed when it breaks.', 'the app gives up after 1 s').optional(),
  owner: doc(z.string(), 'Who answers for it, for reports.', 'trade-team').optional(),
  runbook: doc(
    z.string(),
    'Where to read on when it breaks, for reports.',
    'https://wiki.example/checkout',
  ).optional(),
});

export const budgetDefaults = strict(settings);
