/** A station: replicas of c servers behind balancers, with the pools and limits in front of them. */
import * as z from 'zod';
import type { Balance, ConnectionPool, Station, Threads, TokenBucket } from '../types.ts';
import { distribution } from './distribution.ts';
import { byName, name } from './name.ts';
import {
  choice,
  count,
  doc,
  duration,
  number,
  price,
  rate,
  ratio,
  refuse,
  room,
  strict,
} from './quantity.ts';
import { stepList } from './step.ts';

const waitingRoom = room('Jobs that may wait, not counting those in service; unlimited unless said.', 1000, {
  min: 0,
});
const acquireTimeout = duration('Longest wait for one; for ever unless said.', '100ms', { above: 0 });

const POLICIES = [
  'random',
  'round-robin',
  'weighted-round-robin',
  'least-connections',
  'power-of-d',
  'source-hash',
  'key-hash',
] as const;
const EVENLY: Balance = { policy: 'round-robin', choices: 2, weights: null, shared: false, keys: null };

const policyName = doc(
  z.string().transform((text, context): Pick<Balance, 'policy' | 'choices'> => {
    const powerOf = /^power-of-(\d{1,3})$/.exec(text);
    if (powerOf !== null && Number(powerOf[1]) > 0)
      return { policy: 'power-of-d', choices: Number(powerOf[1]) };
    const policy = POLICIES.find((each) => each === text);
    if (policy !== undefined) return { policy, choices: EVENLY.choices };
    refuse(context, text, {
      code: 'HF104',
      message: `no such policy: ${JSON.stringify(text)}`,
      help: `write one of ${POLICIES.join(', ')} or power-of-2`,
    });
    return z.NEVER;
  }),
  `One of ${POLICIES.join(', ')}, or power-of-2.`,
  'least-connections',
);

const balance = z.union([
  policyName.transform((p): Balance => ({ ...EVENLY, ...p })),
  strict({
    policy: policyName,
    choices: count('d of power-of-d; 2 unless said.', 2, { min: 1, max: 1000 }).optional(),
    weights: doc(
      z.array(ratio('Weight.', 3)).min(1),
      'Weight of each replica, cycled: whole numbers, or shares for random.',
      [3, 1],
    ).optional(),
    shared: doc(
      z.boolean(),
      'One balancer that sees all connections (LVS) instead of one per caller replica.',
      true,
    ).optional(),
    keys: doc(
      strict({
        count: count('Keys.', '50M', { min: 1 }),
        zipf: number('Zipf exponent of their popularity; 0 = all alike.', 0.99, { max: 10 }),
      }),
      'Popularity of keys for key-hash; every shard alike unless said.',
      { count: '50M', zipf: 0.99 },
    ).optional(),
  }).transform((b, context): Balance => {
    const { policy } = b.policy;
    if (policy === 'weighted-round-robin' && b.weights?.some((w) => !Number.isInteger(w) || w > 10_000)) {
      refuse(context, b, {
        code: 'HF202',
        message: 'weights of weighted-round-robin are whole numbers up to 10000',
        help: 'write e.g. [3, 1]',
        path: ['weights'],
      });
    }
    if (b.weights?.every((w) => w === 0))
      refuse(context, b, {
        code: 'HF202',
        message: 'all weights are 0',
        help: 'write e.g. [3, 1]',
        path: ['weights'],
      });
    return {
      policy,
      choices: b.choices ?? b.policy.choices,
      weights: b.weights ?? null,
      shared: b.shared ?? false,
      keys: b.keys ?? null,
    };
  }),
]);

const threads = z.union([
  count('Threads of one replica.', 200).transform((n): Threads => ({
    count: n,
    waitingRoomMax: Number.POSITIVE_INFINITY,
    acquireTimeoutNs: null,
  })),
  strict({
    count: count('Threads of one replica.', 200),
    waitingRoom: waitingRoom.optional(),
    acquireTimeout: acquireTimeout.optional(),
  }).transform((t): Threads => ({
    count: t.count,
    waitingRoomMax: t.waitingRoom ?? Number.POSITIVE_INFINITY,
    acquireTimeoutNs: t.acquireTimeout ?? null,
  })),
]);

const pool = strict({
  perCaller: count('Connections that each caller replica keeps to each replica here.', 2),
  waitingRoom: waitingRoom.optional(),
  acquireTimeout: acquireTimeout.optional(),
}).transform((p): ConnectionPool => ({
  perCaller: p.perCaller,
  waitingRoomMax: p.waitingRoom ?? Number.POSITIVE_INFINITY,
  acquireTimeoutNs: p.acquireTimeout ?? null,
}));

const limit = strict({
  algorithm: choice(['token-bucket'], 'How it counts; token-bucket unless said.').optional(),
  rate: rate('Tokens that come per time.', '10k/s', { above: 0 }),
  burst: count('Tokens the bucket holds; it starts full.', '2k'),
  scope: choice(
    ['replica', 'service', 'global'],
    'Who shares the bucket; each replica has one unless said.',
  ).optional(),
  name: name('Name of a bucket that several stations share.', 'site-limit').optional(),
}).transform((l, context): TokenBucket => {
  const scope = l.scope ?? 'replica';
  if (l.name !== undefined && scope !== 'global')
    refuse(context, l, {
      code: 'HF203',
      message: 'only a global limit has a name',
      help: 'write scope: global, or remove name',
      path: ['name'],
    });
  return { algorithm: 'token-bucket', ratePerSec: l.rate, burst: l.burst, scope, name: l.name ?? null };
});

export const stationShape = {
  replicas: count('Instances, each with its own servers, pools and limits; 1 unless said.', 100, {
    min: 1,
    max: 100_000,
  }).optional(),
  balance: doc(
    balance,
    'How callers choose a replica; round-robin unless said.',
    'least-connections',
  ).optional(),
  servers: room('Identical servers of one replica, or unlimited for a pure delay.', 8, { min: 1 }).optional(),
  discipline: choice(
    ['fcfs', 'lifo', 'priority', 'ps'],
    'Who is served next; fcfs unless said, ps with on.',
  ).optional(),
  waitingRoom: waitingRoom.optional(),
  service: distribution('Service time of a plain visit.', { exponential: '5ms' }).optional(),
  threads: doc(threads, 'Threads a job holds from arrival to answer.', 200).optional(),
  pool: doc(pool, 'Connections that callers keep to it.', {
    perCaller: 2,
    acquireTimeout: '100ms',
  }).optional(),
  limit: doc(z.union([limit, z.array(limit).min(1)]), 'Limits asked before anything else, in this order.', {
    rate: '10k/s',
    burst: '2k',
  }).optional(),
  on: name(
    'Host type its CPU work runs on: one replica per NUMA node, whose cores replace servers.',
    'compute',
  ).optional(),
  region: name('Region it stands in.', 'east').optional(),
  layer: name('Group of the report it belongs to; its own name unless said.', 'storage').optional(),
  price: price('Price of one replica.', '0.2 USD/h').optional(),
  operations: doc(byName(stepList('Steps of the operation.')), 'What can be asked of it.', {
    get: [{ serve: '9us' }],
  }).optional(),
};

/** The layer's name is filled in where the station's name is known. */
export type StationRead = Omit<Station, 'layer'> & { readonly layer: string | null };

export const station = strict(stationShape)
  .meta({ id: 'station' })
  .transform((s): StationRead => ({
    replicas: s.replicas ?? 1,
    balance: s.balance ?? EVENLY,
    servers: s.servers ?? null,
    discipline: s.discipline ?? (s.on === undefined ? 'fcfs' : 'ps'),
    waitingRoomMax: s.waitingRoom ?? Number.POSITIVE_INFINITY,
    service: s.service ?? null,
    threads: s.threads ?? null,
    pool: s.pool ?? null,
    limits: s.limit === undefined ? [] : Array.isArray(s.limit) ? s.limit : [s.limit],
    on: s.on ?? null,
    region: s.region ?? null,
    layer: s.layer ?? null,
    pricePerReplicaHour: s.price ?? null,
    operations: s.operations ?? {},
  }));
