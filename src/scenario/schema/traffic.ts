/** How requests come: a rate curve, a replayed trace, or a closed population. */
import * as z from 'zod';
import type { ArrivalProcess, CurvePoint, MixPoint } from '../types.ts';
import { distribution } from './distribution.ts';
import { byName, name } from './name.ts';
import {
  choice,
  count,
  doc,
  duration,
  number,
  rate,
  ratio,
  refuse,
  share,
  strict,
} from './quantity.ts';

const shares = (example: Record<string, string>) =>
  doc(byName(share('Share.', '20%')), 'Shares that sum to 100 %.', example);

/** One map of shares for the whole run, or a list of them from instants on. */
function shareCurve(description: string, example: Record<string, string>) {
  const point = strict({ at: duration('From this instant on.', '2m'), shares: shares(example) });
  const always = shares(example).transform((map): readonly MixPoint[] => [{ atNs: 0, shares: map }]);
  const list = z
    .array(point)
    .min(1)
    .transform((points): readonly MixPoint[] =>
      points.map(({ at, shares: map }) => ({ atNs: at, shares: map })),
    );
  return doc(z.union([list, always]), description, example);
}

const mix = shareCurve('Shares of the request classes; may be left out with one class.', {
  create: '20%',
  query: '80%',
}).optional();
const regions = shareCurve('Shares of the regions requests come from.', {
  east: '60%',
  west: '40%',
}).optional();

const curvePoint = strict({
  at: duration('Instant of the point.', '2m'),
  rate: rate('Rate at the point.', '100k/s'),
  shape: choice(
    ['step', 'linear', 'exponential'],
    'How the rate gets here from the point before: at once at this instant, on a line, or exponentially. On a line unless said.',
  ).optional(),
  phase: name('Name of the phase that begins here.', 'peak').optional(),
}).transform((p): CurvePoint => ({
  atNs: p.at,
  ratePerSec: p.rate,
  shape: p.shape ?? 'linear',
  phase: p.phase ?? null,
}));

/** Contradictions between neighbours on the curve. */
function checkCurve(points: readonly CurvePoint[], context: { issues: z.core.$ZodRawIssue[] }): void {
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before === undefined) {
      if (point.atNs !== 0)
        refuse(context, points, {
          code: 'HF203',
          message: 'a curve begins at 0s',
          help: 'write { at: 0s, rate: … } first',
          path: [i, 'at'],
        });
      return;
    }
    if (point.atNs <= before.atNs)
      refuse(context, points, {
        code: 'HF203',
        message: 'points of a curve follow each other in time',
        help: 'sort them by at',
        path: [i, 'at'],
      });
    if (point.shape === 'exponential' && (before.ratePerSec === 0 || point.ratePerSec === 0)) {
      refuse(context, points, {
        code: 'HF203',
        message: 'an exponential piece cannot begin or end at 0/s',
        help: 'use shape: linear',
        path: [i, 'shape'],
      });
    }
  });
}

const curve = z
  .array(curvePoint)
  .min(1)
  .superRefine((points, context) => {
    checkCurve(points, context);
  });

const batch = strict({
  batch: doc(
    z.union([
      strict({ size: count('Requests that come together.', 4, { min: 1, max: 100_000 }) }),
      strict({ mean: number('Mean of a geometric number of requests.', 4, { min: 1, max: 100_000 }) }),
    ]),
    'Requests that come together.',
    { size: 4 },
  ),
}).transform(({ batch: b }): ArrivalProcess => ({
  process: 'batch',
  sizes: 'size' in b ? { law: 'constant', size: b.size } : { law: 'geometric', mean: b.mean },
}));
const state = strict({
  factor: number('Factor on the curve in this state.', 2, { max: 1000 }),
  for: duration('Mean length of a stay.', '10s', { above: 0 }),
});
const mmpp = strict({
  mmpp: doc(z.array(state).min(2).max(16), 'Markov-modulated Poisson: states in turn, exponential stays.', [
    { factor: 0.5, for: '10s' },
    { factor: 2, for: '5s' },
  ]),
}).transform(({ mmpp: states }, context): ArrivalProcess => {
  if (states.every((s) => s.factor === 0))
    refuse(context, states, {
      code: 'HF203',
      message: 'every factor is 0',
      help: 'no request would ever come',
      path: ['mmpp'],
    });
  return { process: 'mmpp', states: states.map((s) => ({ factor: s.factor, meanNs: s.for })) };
});
const renewal = strict({
  renewal: distribution('Time between arrivals, stretched so that the mean follows the curve.', {
    gamma: { mean: '1s', cv: 2 },
  }),
}).transform(({ renewal: law }): ArrivalProcess => ({ process: 'renewal', law }));
const arrivals = z.union([
  z.enum(['poisson', 'deterministic']).transform((word): ArrivalProcess => ({ process: word })),
  renewal,
  mmpp,
  batch,
]);

const scale = ratio('Factor on all of this traffic: 1.2 is a fifth more than written; 1 unless said.', 1.2, {
  above: 0,
  max: 1000,
}).optional();

const open = {
  scale,
  arrivals: doc(arrivals, 'How arrivals scatter round the rate; poisson unless said.', 'poisson').optional(),
  noise: doc(
    strict({
      cv: ratio('Size of slow swings of the rate.', '5%', { max: 2 }),
      correlation: duration('Time over which a swing fades.', '5s', { above: 0 }),
    }).transform((n) => ({ cv: n.cv, correlationNs: n.correlation })),
    'Slow random swings of the rate.',
    { cv: '5%', correlation: '5s' },
  ).optional(),
  mix,
  regions,
};
interface OpenRead {
  readonly scale?: number | undefined;
  readonly arrivals?: ArrivalProcess | undefined;
  readonly noise?: { readonly cv: number; readonly correlationNs: number } | undefined;
  readonly mix?: readonly MixPoint[] | undefined;
  readonly regions?: readonly MixPoint[] | undefined;
}
const openCommon = (t: OpenRead) => ({
  model: 'open' as const,
  scale: t.scale ?? 1,
  arrivals: t.arrivals ?? { process: 'poisson' as const },
  noise: t.noise ?? null,
  mix: t.mix ?? null,
  regions: t.regions ?? [],
});

/** Rates that stand in a CSV file; read by the caller, because only it touches files. */
export interface RatesFile {
  readonly csv: string;
  readonly time: string;
  readonly rate: string;
}

const one = z
  .union([
    strict({ rate: rate('Constant rate.', '3.6/s'), ...open }).transform((t) => ({
      ...openCommon(t),
      curve: [{ atNs: 0, ratePerSec: t.rate, shape: 'step', phase: null } satisfies CurvePoint],
    })),
    strict({
      curve: doc(curve, 'Rate over time; the piece that ends at a point has the shape of that point.', [
        { at: '0s', rate: '100k/s' },
      ]),
      ...open,
    }).transform((t) => ({ ...openCommon(t), curve: t.curve })),
    strict({
      rates: doc(
        strict({
          csv: doc(z.string().min(1), 'CSV file with a rate per instant, beside the scenario.', 'rates.csv'),
          time: doc(z.string().min(1), 'Column with seconds from the start.', 'seconds'),
          rate: doc(z.string().min(1), 'Column with requests per second.', 'rps'),
        }),
        'Rate over time from a file; straight lines between its rows.',
        { csv: 'rates.csv', time: 'seconds', rate: 'rps' },
      ),
      ...open,
    }).transform((t) => ({ ...openCommon(t), curve: t.rates satisfies RatesFile })),
    strict({
      trace: doc(
        strict({
          csv: doc(
            z.string().min(1),
            'CSV file with columns at (seconds) and, if known, request.',
            'arrivals.csv',
          ),
        }),
        'Replays recorded arrivals.',
        { csv: 'arrivals.csv' },
      ),
      mix,
      regions,
    }).transform((t) => ({
      model: 'trace' as const,
      file: t.trace.csv,
      mix: t.mix ?? null,
      regions: t.regions ?? [],
    })),
    strict({
      closed: doc(
        strict({
          users: count('Users.', '10k', { min: 1, max: 10_000_000 }),
          think: distribution('Time a user thinks before the next request.', { exponential: '5s' }),
        }),
        'A fixed number of users who think, ask, wait for the answer, and think again.',
        { users: '10k', think: { exponential: '5s' } },
      ),
      scale,
      mix,
      regions,
    }).transform((t) => ({
      model: 'closed' as const,
      scale: t.scale ?? 1,
      users: t.closed.users,
      think: t.closed.think,
      mix: t.mix ?? null,
      regions: t.regions ?? [],
    })),
  ])
  .meta({ id: 'traffic-source' });

export type TrafficRead = z.output<typeof one>;

export const traffic = z.union([
  one.transform((only): readonly TrafficRead[] => [only]),
  z.array(one).min(1),
]);
