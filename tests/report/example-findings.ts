/** Findings as a run could have made them: the inputs of every report test. Each builder is pure. */
import type { BudgetFinding, Findings } from '../../src/analysis/findings.ts';
import { BUDGETS, emptyFindings, FAILURES_NONE, latency, LEDGER, NO_LATENCY } from './example-parts.ts';
import {
  anatomyRows,
  headroomOf,
  layerRow,
  MS,
  PHASES,
  requestRows,
  S,
  stationRows,
  timelineOf,
  type Site,
} from './example-rows.ts';
import { chainOf, examplesOf, percentilesOf, topologyOf } from './example-review.ts';

export const DOUBLE_11: Site = {
  layers: [
    ['nginx', 0.1],
    ['gateway', 0.512],
    ['inventory', 0.534],
    ['order', 0.561],
    ['payment', 0.417],
    ['redis', 0.884],
    ['order-db', 0.731],
  ],
  requests: [
    ['create', 0.055, 113],
    ['query-order', 0.325, 41],
    ['stock', 0.4, 36],
    ['pay', 0.2, 44],
    ['cancel', 0.02, 57],
  ],
  windowCount: 720,
};

/** Double 11 as planned: the limiters shed half of the plateau, and the order budget is out of reach. */
export function doubleEleven(site: Site = DOUBLE_11): Findings {
  const timeline = timelineOf(site);
  const gateway = site.layers[1]![0];
  const order = site.requests[0]![0];
  const firstBreak = {
    kind: 'shedding' as const,
    name: gateway,
    layer: gateway,
    atNs: 261.5 * S,
    offeredPerSec: 524_600,
    value: 0.0013,
    replications: 1,
  };
  const headroom = headroomOf(site);
  return {
    ...emptyFindings(),
    verdict: {
      status: 'does-not-hold',
      decidingBudget: 0,
      firstBreak,
      tightest: headroom[0]!,
      offered: 477_000_000,
      good: 286_187_310,
      availability: 0.59997,
      offeredPeakPerSec: 1_003_412,
    },
    phases: PHASES,
    budgets: BUDGETS(order),
    breaks: [
      firstBreak,
      {
        kind: 'pool-exhausted',
        name: 'order-db.pool@order',
        layer: 'order-db',
        atNs: 303.2 * S,
        offeredPerSec: 711_000,
        value: 1,
        replications: 1,
      },
      {
        kind: 'timing-out',
        name: 'order.create → order-db.insert',
        layer: 'order',
        atNs: 318.9 * S,
        offeredPerSec: 763_000,
        value: 0.021,
        replications: 1,
      },
    ],
    chain: chainOf(gateway, order),
    topology: topologyOf(site),
    percentiles: percentilesOf(site),
    examples: examplesOf(site),
    headroom,
    requests: site.requests.flatMap((each) => requestRows(each)),
    stations: site.layers.flatMap(([layer, used]) => stationRows(layer, used)),
    layers: site.layers.map(([layer, used]) => layerRow(layer, used, gateway)),
    limiters: [null, ...PHASES.map(({ name }) => name)].map((phase) => ({
      limiter: gateway,
      station: gateway,
      layer: gateway,
      phase,
      asked: 477_000_000,
      shed: phase === 'before' ? 0 : 190_800_000,
      shedRatio: phase === 'before' ? 0 : 0.4,
      firstShedNs: phase === null ? 261.5 * S : null,
      capacityPerSec: 500_000,
      askedPeakPerSec: 1_000_000,
    })),
    calls: [
      {
        call: 'order.create → order-db.insert',
        attempts: 15_900_000,
        retries: 412_000,
        deniedByBudget: 1_204,
        timedOut: 398_211,
        failed: 0,
      },
      {
        call: 'order.create → inventory.reserve',
        attempts: 15_700_000,
        retries: 0,
        deniedByBudget: 0,
        timedOut: 0,
        failed: 0,
      },
    ],
    anatomy: site.requests.slice(0, 2).flatMap(([request, , ms]) => anatomyRows(request, ms, site)),
    unloaded: site.requests.slice(0, 2).flatMap(([request, , ms]) =>
      site.layers.map(([layer], index) => ({
        request,
        layer,
        serviceNs: (ms * MS * 0.1) / site.layers.length,
        delayNs:
          ((ms * MS * 0.9) / site.layers.length) *
          (1 + (0.3 * (2 * index + 1 - site.layers.length)) / site.layers.length),
      })),
    ),
    timeline,
    ledger: LEDGER,
  };
}

/** Everything met, one margin thin. */
export function holding(): Findings {
  const base = doubleEleven();
  const budgets = base.budgets
    .filter(({ verdict }) => verdict === 'pass')
    .map((each): BudgetFinding => ({ ...each, margin: each.margin === null ? null : Math.abs(each.margin) }));
  return {
    ...base,
    budgets,
    breaks: [],
    chain: [],
    verdict: {
      ...base.verdict,
      status: 'holds',
      decidingBudget: 0,
      firstBreak: null,
      availability: 0.999971,
    },
  };
}

/** One desk, one class, no budgets, no prices, no clock: a textbook queue. */
export function singleDesk(): Findings {
  const site: Site = {
    layers: [
      ['hall', 0.2],
      ['desk', 0.9],
    ],
    requests: [['customer', 1, 1000]],
    windowCount: 3,
  };
  const base = doubleEleven(site);
  return {
    ...base,
    scenario: { ...base.scenario, id: 'mm4', title: null, description: null, from: null },
    verdict: { ...base.verdict, status: 'no-budgets', decidingBudget: null, firstBreak: null },
    phases: [],
    budgets: [],
    breaks: [],
    chain: [],
    limiters: [],
    calls: [],
    cost: [],
    claims: [],
    advice: [],
    ledger: [],
    requests: base.requests.filter(({ phase }) => phase === null),
    stations: base.stations.filter(({ phase }) => phase === null),
  };
}

/** Two hundred stations, 720 windows or an hour of seconds: the largest page that must stay small. */
export function largeSite(windowCount = DOUBLE_11.windowCount): Findings {
  const layers = Array.from({ length: 200 }, (_, index): [string, number] => [
    `service-${String(index).padStart(3, '0')}`,
    ((index * 37) % 97) / 100,
  ]);
  return doubleEleven({ ...DOUBLE_11, layers, windowCount });
}

export function chineseNames(): Findings {
  const base = doubleEleven({
    layers: [
      ['接入层', 0.2],
      ['网关', 0.62],
      ['订单服务', 0.97],
      ['缓存集群', 0.5],
      ['订单数据库', 0.81],
    ],
    requests: [
      ['创建订单', 0.2, 113],
      ['查询订单', 0.8, 41],
    ],
    windowCount: 120,
  });
  return {
    ...base,
    scenario: { ...base.scenario, id: 'double-11-zh', title: '双十一零点:订单核心链路容量评估' },
  };
}

/** Nothing arrived: every value is "no data". */
export function withoutData(): Findings {
  const base = emptyFindings();
  return {
    ...base,
    verdict: { ...base.verdict, status: 'cannot-say', decidingBudget: 0 },
    budgets: [
      {
        ...BUDGETS('create')[0]!,
        value: null,
        samples: 0,
        verdict: 'no-data',
        noDataBecause: 'no-samples',
        margin: null,
        outOfReach: false,
      },
    ],
    requests: [
      {
        request: 'create',
        phase: null,
        offeredPerSec: 0,
        admittedPerSec: 0,
        completedPerSec: 0,
        goodPerSec: 0,
        offered: 0,
        good: 0,
        failures: FAILURES_NONE,
        censored: 0,
        availability: null,
        latency: NO_LATENCY,
        unloaded: latency(113 * MS, 4096),
      },
    ],
  };
}

/** Stopped by Ctrl-C while a queue ran away, with a broken law. */
export function truncated(): Findings {
  const base = doubleEleven();
  return {
    ...base,
    stop: {
      reason: 'runaway',
      atNs: 433.25 * S,
      truncated: true,
      runaway: { group: 'order.threads', sinceNs: 402 * S, waitingJobs: 2_400_000 },
    },
    checks: [
      ...base.checks,
      { law: 'littles-law', of: 'order.threads', holds: false, left: 1200.5, right: 1188 },
    ],
    requests: base.requests.map((each) => ({ ...each, censored: 12_345 })),
  };
}

/** Stopped in the warm-up, by Ctrl-C or because a queue ran away. */
export function unmeasured(reason: 'interrupted' | 'runaway' = 'interrupted'): Findings {
  const runaway = { group: 'order.threads', sinceNs: null, waitingJobs: 2_400_000 };
  const stop = { reason, atNs: -24 * S, truncated: true, runaway: reason === 'runaway' ? runaway : null };
  return { ...withoutData(), requests: [], stop };
}

/** Most requests were still inside at the end: what had ended looks good, and says nothing. */
export function unended(): Findings {
  const base = doubleEleven();
  const budgets = base.budgets.slice(1, 2).map((each): BudgetFinding => ({
    ...each,
    verdict: 'no-data',
    noDataBecause: 'still-inside',
    margin: null,
  }));
  return { ...base, budgets, verdict: { ...base.verdict, status: 'cannot-say', decidingBudget: 0 } };
}

/** One condition on many operations with long names: 14 that pass, one that fails, 4 that nobody called. */
export function manyAlike(): Findings {
  const base = doubleEleven();
  const [pattern] = base.budgets;
  const row = (target: string, margin: number | null): BudgetFinding => ({
    ...pattern!,
    target: `operation:${target}`,
    outOfReach: false,
    margin,
    value: margin === null ? null : (1 - margin) * 100 * MS,
    verdict: margin === null ? 'no-data' : margin < 0 ? 'fail' : 'pass',
    noDataBecause: margin === null ? 'no-samples' : null,
  });
  const passing = Array.from({ length: 14 }, (_, i) =>
    row(`recommendation-service.listOrders${i}`, 0.9 - i / 20),
  );
  const unused = Array.from({ length: 4 }, (_, i) => row(`spare.run${i}`, null));
  return { ...base, budgets: [...passing, row('order.create', -0.5), ...unused] };
}

/** A name that attacks each output in turn, put wherever a file can put a name. */
export const HOSTILE = `<img src=x onerror="globalThis.hacked=1">'</script><script>globalThis.hacked=1</script>\u001b[31m`;
export const FORMULA = '=cmd|"/c calc"!A0';

export function hostileNames(): Findings {
  const base = doubleEleven({
    layers: [
      [HOSTILE, 0.2],
      [FORMULA, 0.62],
      ['order', 0.97],
    ],
    requests: [
      [HOSTILE, 0.2, 113],
      [FORMULA, 0.8, 41],
    ],
    windowCount: 12,
  });
  const text = JSON.stringify(base, (key: string, value: unknown) =>
    typeof value === 'string' && HOSTILE_KEYS.has(key) && value !== 'hongfeng'
      ? `${value} ${HOSTILE}`
      : value,
  );
  return JSON.parse(text) as Findings;
}

const HOSTILE_KEYS = new Set([
  ...[
    'title',
    'description',
    'seed',
    'id',
    'text',
    'why',
    'message',
    'help',
    'at',
    'says',
    'finding',
    'source',
    'component',
    'station',
    'layer',
  ],
  ...['path', 'value', 'origin', 'range', 'name', 'call', 'window', 'currency'],
]);
