import { expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import { renderCapacity } from '../../src/report/capacity.ts';
import type {
  CapacityDocument,
  LoadBudget,
  LoadRequest,
  LoadPoint,
} from '../../src/study/capacity-document.ts';
import { doubleEleven, HOSTILE } from './example-findings.ts';

const MS = 1e6;
const { tool, scenario, mode, phases } = doubleEleven();

const BUDGET: LoadBudget = {
  ...{
    id: 'order-p99',
    target: 'request:create',
    metric: 'p99',
    op: '<',
    limit: 200 * MS,
    text: 'p99 < 200ms',
  },
  ...{ unit: 'ns', window: 'peak', level: 'error', value: 214 * MS, verdict: 'fail' },
  ...{ interval: [210 * MS, 218 * MS], breaks: true, isSure: true },
};
const STATION = { group: 'redis', layer: 'redis', utilizationPeak: 0.97 };

const timesOf = (phase: string | null, p99Ns: number): LoadRequest => ({
  ...{ request: 'create', phase, p50Ns: MS, p99Ns, p50Interval: null },
  p99Interval: [p99Ns - MS, p99Ns + MS],
});

const point = (multiplier: number, extra: Partial<LoadPoint> = {}): LoadPoint => ({
  ...{ multiplier, replications: 5, offeredPeakPerSec: multiplier * 1e6, offeredPerSec: multiplier * 1e6 },
  ...{ goodPerSec: multiplier * 1e6, availability: 1, tightest: STATION, layers: [], firstBreak: null },
  requests: [timesOf('peak', 100 * MS), timesOf(null, 80 * MS)],
  ...{ verdict: 'holds', isSure: true, isUnstable: false, budgets: [], deciding: null },
  ...extra,
});
const BROKEN = point(1.3, { verdict: 'broken', budgets: [BUDGET], deciding: BUDGET, availability: 0.94 });

const FOUND: CapacityDocument = {
  ...{ $schema: 'urn:hongfeng:capacity:2', schemaVersion: 2, tool, scenario, mode, phases },
  replications: { perLoad: 5, seeds: ['s'], level: 0.95, stoppedBy: null },
  search: {
    from: 0.1,
    to: 5,
    precision: 0.01,
    budgets: ['order-p99'],
    outOfReach: [],
    notHeld: [],
    holdNs: null,
    scaled: null,
  },
  ...{ busiestPhase: 'peak', plannedPeakPerSec: 1e6, isMonotone: true, without: [] },
  points: [
    point(1),
    point(1.2, { isSure: false, budgets: [{ ...BUDGET, breaks: false, isSure: false }] }),
    BROKEN,
  ],
  bound: {
    ...{ kind: 'bound', multiplier: 1.2, beyond: 1.3, interval: [1.1, 1.3], offeredPeakPerSec: 1.2e6 },
    ...{ budget: BUDGET, saturated: STATION, firstBreak: null },
  },
};

const render = (extra: Partial<CapacityDocument> = {}): string =>
  renderCapacity({ ...FOUND, ...extra }, { colour: false, files: ['reports/capacity.json'] });
const flat = (text: string): string => text.replace(/\s+/g, ' ');

test('bound, interval, peak, what broke and what was nearest its limit', () => {
  expect(flat(render())).toContain(
    '✓ HOLDS UP TO ×1.2 THE TRAFFIC The true bound lies between ×1.1 and ×1.3, by the intervals of the budgets. ' +
      'That is a peak of 1.20M/s; planned are 1.00M/s. ' +
      'At ×1.3 order-p99 breaks: P99 of create is 214 ms, and it must be < 200 ms. ' +
      'Nearest its limit there: redis, 97.0 % used at its busiest.',
  );
});

test('the curve shows what the budget at the bound judges: of the whole run, or of the busiest phase', () => {
  const whole = { ...FOUND.bound, budget: { ...BUDGET, window: null } };
  expect(flat(render({ bound: whole }))).toContain('P99 of create; failed: of all requests in peak');
  expect(flat(render({ bound: whole }))).toContain('✓ ×1 1.00M/s 80.0 ms');
  expect(flat(render())).toContain('P99 of create in peak; failed: of all requests in peak');
});

test('one row a load; what chance may have turned has a question mark, and that is explained', () => {
  const lines = render().split('\n');
  expect(lines).toContain('  ✓     ×1  1.00M/s  100 ms  ±1.0 %     0 %  redis     97.0 %');
  expect(lines).toContain('  ✓?  ×1.2  1.20M/s  100 ms  ±1.0 %     0 %  redis     97.0 %  order-p99');
  expect(lines).toContain('  ✗   ×1.3  1.30M/s  100 ms  ±1.0 %  6.00 %  redis     97.0 %  order-p99');
  expect(render()).toContain('A ? stands where');
  expect(render({ points: [point(1)] })).not.toContain('A ? stands where');
});

test('less than the planned traffic is no good news, whatever it holds', () => {
  const bound = { ...FOUND.bound, multiplier: 0.8 } as CapacityDocument['bound'];
  expect(render({ bound })).toContain('✗ HOLDS UP TO ×0.8 THE TRAFFIC');
});

test.each([
  [[1.1, null], 'it is at least ×1.1; nothing up to the highest load breaks for sure'],
  [[null, 1.3], 'it is less than ×1.3; nothing down to the lowest load holds for sure'],
  [[null, null], 'reach across their limits at every load'],
] as const)('an interval %j that is open says so', (interval, sentence) => {
  expect(flat(render({ bound: { ...FOUND.bound, interval } as CapacityDocument['bound'] }))).toContain(
    sentence,
  );
});

test('what is left with less of the site, and what was too much to simulate', () => {
  const taken = (layer: string) => [{ layer, count: 1, of: 10 }];
  const without: CapacityDocument['without'] = [
    { taken: taken('redis'), atOne: point(1), bound: FOUND.bound, points: [], tooManyEvents: null },
    { taken: taken('order'), atOne: BROKEN, bound: null, points: [], tooManyEvents: null },
    { taken: taken('gateway'), atOne: null, bound: null, points: [], tooManyEvents: 3e9 },
  ];
  const text = render({ without });
  expect(text).toMatch(/✓ {2}redis −1 of 10 +holds +×1\.2 +×1\.1 – ×1\.3 +order-p99/);
  expect(text).toMatch(/✗ {2}order −1 of 10 +BROKEN +– +– +order-p99/);
  expect(flat(text)).toContain('gateway −1 of 10: not simulated: its replicas do not divide');
});

test('hostile and long names are escaped and cut: 80 columns, no control characters', () => {
  const name = `${HOSTILE}洪峰\u202e${'x'.repeat(90)}`;
  const budget = { ...BUDGET, id: name, target: `request:${name}` };
  const tightest = { ...STATION, group: name, layer: name };
  const text = render({
    scenario: { ...scenario, title: name },
    points: [point(1, { tightest, budgets: [budget] })],
    bound: { ...FOUND.bound, budget, saturated: tightest } as CapacityDocument['bound'],
    without: [
      {
        taken: [{ layer: name, count: 1, of: 2 }],
        atOne: BROKEN,
        bound: null,
        points: [],
        tooManyEvents: null,
      },
    ],
    search: { ...FOUND.search, outOfReach: [name] },
  });
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
});
