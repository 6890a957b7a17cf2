/** The smaller pieces of the example findings. */
import type { BudgetFinding, Findings, LatencySummary } from '../../src/analysis/findings.ts';

const MS = 1e6;

export const FAILURES_NONE = { shed: 0, rejected: 0, abandoned: 0, timedOut: 0, failed: 0 };

export const NO_LATENCY: LatencySummary = {
  samples: 0,
  meanNs: null,
  p50Ns: null,
  p90Ns: null,
  p95Ns: null,
  p99Ns: null,
  p999Ns: null,
  maxNs: null,
};

export function latency(meanNs: number, samples: number): LatencySummary {
  return {
    samples: Math.round(samples),
    meanNs,
    p50Ns: meanNs * 0.97,
    p90Ns: meanNs * 1.3,
    p95Ns: meanNs * 1.43,
    p99Ns: meanNs * 1.81,
    p999Ns: samples > 1e5 ? meanNs * 2.4 : null,
    maxNs: meanNs * 4.2,
  };
}

export function BUDGETS(order: string): BudgetFinding[] {
  const base = {
    op: '<',
    level: 'error' as const,
    noDataBecause: null,
    samples: 15_734_123,
    why: null,
    outOfReach: false,
    window: 'peak',
  };
  const target = `request:${order}`;
  return [
    {
      ...base,
      id: 'order-latency',
      target,
      metric: 'p95',
      limit: 100 * MS,
      text: 'p95 < 100ms',
      unit: 'ns',
      value: 211.7 * MS,
      verdict: 'fail',
      margin: -1.117,
      why: 'the app gives up after 1 s',
      outOfReach: true,
    },
    {
      ...base,
      id: 'order-latency',
      target,
      metric: 'p99',
      limit: 200 * MS,
      text: 'p99 < 200ms',
      unit: 'ns',
      value: 199.96 * MS,
      verdict: 'pass',
      margin: 0.0002,
    },
    {
      ...base,
      id: 'errors',
      target: '*',
      window: null,
      metric: 'errors',
      limit: 0.001,
      text: 'errors < 0.1%',
      unit: 'ratio',
      value: 0.0007,
      verdict: 'pass',
      margin: 0.3,
    },
    {
      ...base,
      id: 'served',
      target: '*',
      window: null,
      metric: 'availability',
      op: '>=',
      limit: 0.9995,
      text: 'availability >= 99.95%',
      unit: 'ratio',
      value: 0.59997,
      verdict: 'fail',
      margin: -799.06,
    },
    {
      ...base,
      id: 'no-hot-station',
      target: 'station:redis',
      metric: 'util',
      limit: 0.8,
      text: 'util < 80%',
      unit: 'ratio',
      value: 0.884,
      verdict: 'warn',
      margin: -0.105,
      level: 'warn',
    },
    {
      ...base,
      id: 'cancel-latency',
      target: 'request:cancel',
      metric: 'p99.9',
      limit: 500 * MS,
      text: 'p99.9 < 500ms',
      unit: 'ns',
      value: null,
      verdict: 'no-data',
      noDataBecause: 'few-samples',
      margin: null,
      samples: 812,
      level: 'warn',
    },
  ];
}

export const LEDGER: Findings['ledger'] = [
  {
    path: 'layers.gateway.replicas',
    value: '50',
    origin: 'scenario',
    confidence: 'cited',
    source: 'seed A, deployment table',
    range: null,
  },
  {
    path: 'stations.redis.operations.get[0].serve',
    value: '8.6us',
    origin: 'redis-cluster',
    confidence: 'cited',
    source: 'redis-benchmark, one thread',
    range: '5us..14us',
  },
  {
    path: 'stations.order.operations.create[0].serve',
    value: '2ms, cv 0.8',
    origin: 'scenario',
    confidence: 'assumed',
    source: null,
    range: '1ms..4ms',
  },
  {
    path: 'stations.nginx.operations.proxy[0].serve',
    value: '80us',
    origin: 'nginx',
    confidence: 'assumed',
    source: null,
    range: '40us..160us',
  },
  {
    path: 'traffic.curve[2].rate',
    value: '1M/s',
    origin: 'scenario',
    confidence: 'measured',
    source: 'last year × 1.2',
    range: null,
  },
];

export function emptyFindings(): Findings {
  return {
    $schema: 'https://example.invalid/result.schema.json',
    schemaVersion: 1,
    tool: { name: 'hongfeng', version: '0.1.0' },
    scenario: {
      id: 'double-11',
      title: 'Double 11, the twelve minutes around midnight',
      description: 'The plan as written: 50 gateways of 10k/s each against a peak of 1M/s.',
      sha256: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
      seed: 'double-11',
      overrides: [],
      untilNs: null,
      from: '2025-11-10T23:58:00+08:00',
      lastsNs: 720e9,
      warmUpNs: 30e9,
      windowNs: 1e9,
    },
    mode: {
      mode: 'sliced',
      sampling: null,
      slice: 50,
      choice: 'auto',
      predictedEvents: 9.1e9,
      auto: {
        exactEvents: 455e9,
        targetEvents: 0.2e9,
        obstacle: { slice: 100, reason: 'nginx would keep 5 replicas; its balancer needs 10' },
      },
      groups: [{ station: 'order-db', replicas: 32, simulated: 1, backgroundRatio: 0.5625 }],
      errors: [
        { station: 'nginx', policy: 'least-connections', simulated: 10, p50: 0.004, p95: 0.009, p99: 0.021 },
      ],
    },
    stop: { reason: 'completed', atNs: 720.4e9, truncated: false, runaway: null },
    verdict: {
      status: 'cannot-say',
      decidingBudget: null,
      firstBreak: null,
      tightest: null,
      offered: 0,
      good: 0,
      availability: null,
      offeredPeakPerSec: 0,
    },
    phases: [],
    budgets: [],
    breaks: [],
    headroom: [],
    requests: [],
    stations: [],
    layers: [],
    limiters: [],
    calls: [],
    anatomy: [],
    unloaded: [],
    cost: [
      {
        currency: 'CNY',
        perHour: 1090.4,
        byLayer: [
          { layer: 'order', replicas: 200, perHour: 640 },
          { layer: 'gateway', replicas: 50, perHour: 450.4 },
        ],
        unpriced: ['redis', 'kafka'],
        duringRun: 218.08,
        per10kOrders: 0.1387,
        orders: 15_734_123,
        orderValue: { amount: 100, currency: 'CNY' },
      },
    ],
    claims: [
      {
        id: 'p95-under-100ms',
        source: 'seed A, SLA table',
        says: 'P95 of an order stays below 100 ms.',
        finding: 'The terms of its own path add up to 163 ms with nobody else in the system.',
        about: ['create'],
      },
    ],
    advice: [
      {
        code: 'HF310',
        severity: 'error',
        message: 'gateway limits admit 500k/s, the peak offers 1M/s',
        help: 'replicas: 143 at 70 %',
        at: 'double-11.yaml:31:5',
      },
      {
        code: 'HF322',
        severity: 'info',
        message: 'the pool of order-db is just large enough',
        help: null,
        at: null,
      },
    ],
    timeline: { fromNs: [], toNs: [], phase: [], weight: [], requests: [], stations: [], limiters: [] },
    checks: [
      { law: 'flow-balance', of: 'gateway', holds: true, left: 9_540_000, right: 9_540_000 },
      { law: 'utilization-law', of: 'redis', holds: true, left: 0.8841, right: 0.8841 },
      { law: 'littles-law', of: 'order', holds: true, left: 1122.4, right: 1122.4 },
    ],
    ledger: [],
    histograms: {},
  };
}
