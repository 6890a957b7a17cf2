/** The whole file in station words. `layers` are gone by the time this reads it. */
import * as z from 'zod';
import { alert } from './alert.ts';
import { budget, budgetDefaults } from './budget.ts';
import { disturbance } from './disturbance.ts';
import { host } from './host.ts';
import { byName, oneOrMore, target } from './name.ts';
import { count, doc, duration, money, strict } from './quantity.ts';
import { station } from './station.ts';
import { traffic } from './traffic.ts';

const clock = strict({
  from: doc(
    z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/, {
      message: 'an instant is written 2025-11-10T23:58:00+08:00',
    }),
    'Wall-clock time of t = 0, for labels only.',
    '2025-11-10T23:58:00+08:00',
  ).optional(),
  lasts: duration('Measured time.', '12m', { above: 0, max: 30 * 86_400e9 }),
  warmUp: duration(
    'Simulated before t = 0 at the initial rates and thrown away; a tenth of lasts, at most 1m, unless said.',
    '30s',
    { max: 30 * 86_400e9 },
  ).optional(),
  window: duration(
    'Length of one point of the time line; 1s, or longer so that 2000 suffice, unless said.',
    '1s',
    { above: 0 },
  ).optional(),
});

const requestClass = strict({
  path: doc(z.array(target('Station or operation.', 'order.create')).min(1), 'What it visits, in order.', ['nginx', 'gateway', 'order.create']),
  priority: count('0 is served first; used by priority stations only. 0 unless said.', 0, {
    min: 0,
    max: 7,
  }).optional(),
  timeout: duration('The client gives up; the work goes on.', '1s', { above: 0 }).optional(),
  value: money('What a completed one is worth; it then counts as an order.', '100 CNY').optional(),
}).transform((r) => ({
  path: r.path,
  priority: r.priority ?? 0,
  timeoutNs: r.timeout ?? null,
  value: r.value ?? null,
}));

const rtt = byName(byName(duration('Round-trip time.', '30ms')));

export const scenarioShape = {
  scenario: doc(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { message: 'an id has 1 to 64 small letters, digits and -' }),
    'Id of the scenario; reports go to a folder of this name.',
    'double-11',
  ),
  title: doc(z.string(), 'Title of reports.', 'Double 11, the twelve minutes around midnight').optional(),
  description: doc(z.string(), 'What the scenario is about.', 'The plan of November, as written.').optional(),
  seed: doc(
    z.union([z.string(), z.number()]),
    'Any text or number; the same seed gives the same run.',
    'double-11',
  ).optional(),
  clock: doc(clock, 'How long, and how finely it is measured.', { lasts: '12m' }),
  traffic: doc(traffic, 'Where requests come from: one source or a list.', { rate: '3.6/s' }),
  network: doc(
    strict({
      rtt: doc(rtt, 'Round-trip time from a region to a region; symmetric unless both are given.', {
        east: { west: '30ms' },
      }),
    }),
    'Distances between regions.',
    { rtt: { east: { west: '30ms' } } },
  ).optional(),
  hosts: doc(byName(host), 'Machine types.', {
    compute: { cores: 32, smt: 2, sockets: 2 },
  }).optional(),
  stations: doc(oneOrMore('station', station), 'Stations in plain words.', {
    desk: { servers: 4, service: { exponential: '1s' } },
  }),
  layers: doc(
    z.unknown().optional(),
    'Stations in system words: a kind of the catalogue with its parameters.',
    {
      redis: { kind: 'redis-cluster', shards: 100 },
    },
  ),
  requests: doc(oneOrMore('request class', requestClass), 'Request classes.', { customer: { path: ['desk'] } }),
  disturbances: doc(z.array(disturbance), 'What goes wrong on purpose, and when.', [
    { id: 'db-dip', at: '20s', lasts: '2s', station: 'db', capacity: '20%' },
  ]).optional(),
  budgetDefaults: doc(budgetDefaults, 'Settings of every budget that does not say otherwise.', {
    window: 'peak',
  }).optional(),
  budgets: doc(z.array(budget), 'What must hold.', [
    { id: 'latency', target: '*', expect: 'p99 < 200ms' },
  ]).optional(),
  alerts: doc(z.array(alert), 'Rules of monitoring: when each would fire.', [
    { id: 'many-errors', target: '*', when: 'errors > 10%', over: '5m', for: '2m' },
  ]).optional(),
  claims: doc(
    z.string().min(1),
    'File with claims of the documents behind this scenario, beside it.',
    'double-11.claims.yaml',
  ).optional(),
};

export const scenarioSchema = strict(scenarioShape);
export type ScenarioRead = z.output<typeof scenarioSchema>;
