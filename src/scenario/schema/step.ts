/** What an operation does, step by step. A step is named by its verb; the other keys belong to the verb. */
import * as z from 'zod';
import { DURATION_MAX_NS } from '../../base/units.ts';
import { DEFAULTS } from '../defaults.ts';
import type { Retry, Step } from '../types.ts';
import { distribution } from './distribution.ts';
import { target } from './name.ts';
import { choice, count, doc, duration, number, share, strict } from './quantity.ts';

const timeout = duration('The caller leaves when it fires; the work of the callee goes on.', '200ms', {
  above: 0,
}).optional();

const backoff = strict({
  base: duration('Wait before the first retry; doubles with each.', '20ms'),
  cap: duration('Longest wait; not capped unless said.', '200ms').optional(),
  jitter: choice(
    ['none', 'full', 'equal', 'decorrelated'],
    'Jitter as in the AWS Architecture Blog, 2015; full unless said.',
  ).optional(),
});

const retryBudget = z.union([
  share('Retries per first attempt that a caller replica may spend.', '10%'),
  strict({
    ratio: share('Retries earned per first attempt.', '10%'),
    burst: count('Retries that can be saved up.', 10).optional(),
  }),
]);

/** Uncapped means: never below the longest wait that `attempts` can bring, 3ⁿ·base for decorrelated jitter. */
function longestWaitNs(baseNs: number, attempts: number): number {
  let wait = baseNs;
  for (let i = 1; i < attempts && wait < DURATION_MAX_NS; i++) wait *= 3;
  return Math.min(wait, DURATION_MAX_NS);
}

const retry = strict({
  attempts: count('Attempts in all, the first included.', 3, { min: 1, max: 100 }),
  backoff: doc(backoff, 'Wait between attempts; none unless said.', {
    base: '20ms',
    cap: '200ms',
    jitter: 'full',
  }).optional(),
  budget: doc(retryBudget, 'Bound on retries; unlimited unless said.', '10%').optional(),
}).transform(({ attempts, backoff: wait, budget }): Retry => {
  const baseNs = wait?.base ?? 0;
  const capNs = wait?.cap ?? longestWaitNs(baseNs, attempts);
  const burst = DEFAULTS.retryBudgetBurst;
  const bounded =
    typeof budget === 'number'
      ? { ratio: budget, burst }
      : budget && { ...budget, burst: budget.burst ?? burst };
  return { attempts, backoff: { baseNs, capNs, jitter: wait?.jitter ?? 'full' }, budget: bounded ?? null };
});

const steps: z.ZodType<readonly Step[]> = z.array(z.lazy(() => step)).meta({ id: 'steps' });
const nested = (description: string): z.ZodType<readonly Step[]> =>
  doc(
    z.lazy(() => steps),
    description,
    [{ delay: '1ms' }],
  );

const at = target('Station whose servers do the work; this one unless said.', 'cpu').optional();
const serveSteps = [
  strict({
    serve: distribution('Work on servers: waits for one, holds it, frees it.', { mean: '2ms', cv: 0.8 }),
    at,
  }).transform((s): Step => ({ verb: 'serve', time: s.serve, at: s.at ?? null })),
  strict({ cpu: distribution('CPU work; the same as serve.', { mean: '2ms', cv: 0.8 }), at }).transform(
    (s): Step => ({ verb: 'serve', time: s.cpu, at: s.at ?? null }),
  ),
] as const;

const delay = strict({
  delay: distribution('Time that passes without holding a server: network, disk, a vendor.', '500us'),
  label: doc(z.string().min(1), 'Name of the delay in the anatomy of a request.', 'disk').optional(),
}).transform((s): Step => ({ verb: 'delay', time: s.delay, label: s.label ?? null }));

const call = strict({
  call: target('Calls and waits; what is held meanwhile stays held.', 'inventory.reserve'),
  timeout,
  retry: doc(retry, 'Repeats a failed call.', { attempts: 2, budget: '10%' }).optional(),
  onFailure: choice(
    ['fail', 'continue'],
    'Whether a failed call fails this operation; fail unless said.',
  ).optional(),
}).transform((s): Step => ({
  verb: 'call',
  target: s.call,
  timeoutNs: s.timeout ?? null,
  retry: s.retry ?? null,
  onFailure: s.onFailure ?? 'fail',
}));

const send = strict({ send: target('Starts it and does not wait.', 'order-events') }).transform(
  (s): Step => ({ verb: 'send', target: s.send }),
);

const branch = z.union([
  z.lazy(() => step).transform((only): readonly Step[] => [only]),
  z.lazy(() => z.array(step)),
]);
const parallel = strict({
  parallel: doc(z.array(branch).min(1), 'Branches that run at once; each is a step or a list of steps.', [
    { call: 'coupon.redeem' },
    { call: 'user.profile' },
  ]),
  join: choice(['all', 'any'], 'Goes on when all, or the first, have succeeded; all unless said.').optional(),
}).transform((s): Step => ({ verb: 'parallel', branches: s.parallel, join: s.join ?? 'all' }));

const option = strict({
  share: share('How often.', '20%'),
  do: nested('Steps of this option; may be empty.'),
});
const choose = strict({
  choose: doc(z.array(option).min(1), 'One of several, by share; shares sum to 100 %.', [
    { share: '20%', do: [{ delay: '10ms' }] },
    { share: '80%', do: [] },
  ]),
}).transform((s): Step => ({
  verb: 'choose',
  options: s.choose.map((o) => ({ share: o.share, steps: o.do })),
}));

const times = z.union([
  count('So many times.', 3, { min: 0, max: 100_000 }),
  strict({
    mean: number('Mean of a geometric number of times: 0, 1, 2, ….', 1.7, { min: 0, max: 10_000 }),
  }),
]);
const repeat = strict({
  repeat: doc(times, 'How many times, one after the other.', 3),
  do: nested('Steps to repeat.'),
}).transform(({ repeat: n, do: body }): Step => {
  const law =
    typeof n === 'number'
      ? ({ law: 'constant', mean: n } as const)
      : ({ law: 'geometric', mean: n.mean } as const);
  return { verb: 'repeat', times: law, steps: body };
});

const lookup = strict({
  at: target('Operation that looks it up; free of cost unless said.', 'redis.get').optional(),
  hit: share('Hit ratio.', '95%'),
  for: doc(z.array(z.string()), 'Request classes that can be served; all unless said.', [
    'page',
    'image',
  ]).optional(),
  miss: nested('Steps after a miss.').optional(),
  onHit: nested('Steps after a hit.').optional(),
});
const cache = strict({
  cache: doc(lookup, 'Looks a value up; goes on at once after a hit.', {
    at: 'redis.get',
    hit: '95%',
    miss: [{ call: 'db.read' }],
  }),
}).transform(({ cache: c }): Step => ({
  verb: 'cache',
  target: c.at ?? null,
  hitRatio: c.hit,
  classes: c.for ?? null,
  onHit: c.onHit ?? [],
  onMiss: c.miss ?? [],
}));

const fail = strict({ fail: share('Fails here with this probability.', '0.1%') }).transform((s): Step => ({
  verb: 'fail',
  probability: s.fail,
}));
const word = z
  .enum(['forward', 'reply'])
  .meta({
    description: 'forward: the rest of the path runs here. reply: answers now, goes on in the background.',
    $example: 'forward',
  })
  .transform((verb): Step => ({ verb }));

/** One step. Declared last: it is made of all the others. */
export const step: z.ZodType<Step> = z
  .lazy(() => z.union([...serveSteps, delay, call, send, parallel, choose, repeat, cache, fail, word]))
  .meta({ id: 'step' });

export function stepList(description: string): z.ZodType<readonly Step[]> {
  return doc(
    z.lazy(() => steps),
    description,
    [{ serve: '2ms' }, { call: 'inventory.reserve' }],
  );
}
