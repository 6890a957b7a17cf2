/** Rows of the review as a run could have found them, and the documents of other studies beside it. */
import type {
  ChainLink,
  ExampleFinding,
  PercentilesFinding,
  TopologyFinding,
} from '../../src/analysis/findings.ts';
import type { CapacityDocument, LoadPoint } from '../../src/study/capacity-document.ts';
import type { Comparison, Difference } from '../../src/study/comparison.ts';
import type { SensitivityDocument, SensitivitySide } from '../../src/study/sensitivity-document.ts';
import { emptyFindings } from './example-parts.ts';
import { MS, S, type Site } from './example-rows.ts';

export function chainOf(gateway: string, order: string): ChainLink[] {
  const link = (
    kind: ChainLink['kind'],
    component: string,
    seconds: number,
    value: number,
    because: number | null,
  ): ChainLink => ({
    kind,
    component,
    layer: gateway,
    atNs: seconds * S,
    offeredPerSec: 524_600,
    value,
    because,
  });
  return [
    link('shedding', gateway, 261.5, 0.0013, null),
    link('exhausted', 'order-db.pool@order', 303.2, 1, null),
    link('gave-up', 'order-db.pool@order', 304, 0.12, 1),
    link('timed-out', 'order > order-db.insert', 318.9, 0.021, 1),
    link('retrying', 'order > order-db.insert', 319, 1.8, 3),
    link('client-left', order, 322, 0.3, 4),
    link('budget-broken', 'order-latency: p95 < 100ms', 322, 211.7 * MS, 5),
  ];
}

/** A gateway in front, each layer called by one of the five before it. */
export function topologyOf({ layers, requests }: Site): TopologyFinding {
  const names = layers.map(([layer]) => layer);
  return {
    stations: names.map((name) => ({ station: name, layer: name })),
    edges: names.slice(1).map((to, nth) => ({
      from: names[Math.floor(nth / 5)]!,
      to,
      how: (['call', 'call', 'next', 'send'] as const)[nth % 4]!,
    })),
    entries: requests.map(([request]) => ({ request, station: names[0]! })),
  };
}

export function percentilesOf({ requests }: Site): PercentilesFinding[] {
  const quantiles = [0, 0.5, 0.9, 0.99, 0.999, 0.9999];
  return requests.map(([request, , ms]) => ({
    request,
    points: quantiles.map((quantile, nth) => ({ quantile, ns: ms * MS * (0.6 + nth * 0.4) })),
  }));
}

export function examplesOf({ requests, layers }: Site): ExampleFinding[] {
  return requests.slice(0, 2).flatMap(([request, , ms]) =>
    (['p50', 'p99', 'slowest'] as const).map((of, nth) => {
      const parts = layers.slice(0, 40).map(([layer]) => ({
        layer,
        waitNs: nth * MS,
        serviceNs: (ms * MS * 0.1) / layers.length,
        delayNs: (ms * MS * 0.9) / layers.length,
        retryNs: 0,
      }));
      const responseNs = parts.reduce((sum, part) => sum + part.waitNs + part.serviceNs + part.delayNs, 0);
      return { request, of, responseNs, parts };
    }),
  );
}

const { scenario, tool, mode } = emptyFindings();
const STUDY = { schemaVersion: 1, tool, scenario, mode };
const REPLICATIONS = { seeds: ['a', 'b'], level: 0.95, stoppedBy: null };

function loadPoint(multiplier: number, request: string): LoadPoint {
  const isBroken = multiplier > 1.1;
  return {
    multiplier,
    offeredPeakPerSec: 1e6 * multiplier,
    offeredPerSec: 1e6 * multiplier,
    goodPerSec: 1e6 * Math.min(1.15, multiplier),
    availability: Math.min(1, 1.15 / multiplier),
    requests: [
      {
        request,
        phase: null,
        p50Ns: 80 * MS,
        p99Ns: (isBroken ? 900 : 120) * MS * multiplier,
        p50Interval: null,
        p99Interval: null,
      },
    ],
    tightest: { group: 'redis', layer: 'redis', utilizationPeak: Math.min(1, 0.9 * multiplier) },
    layers: [],
    firstBreak: null,
    verdict: isBroken ? 'broken' : 'holds',
    isSure: true,
    isUnstable: false,
    budgets: [],
    deciding: null,
  };
}

export function capacityDocument(request = 'create'): CapacityDocument {
  const points = [0.5, 0.8, 1, 1.1, 1.2, 1.5].map((multiplier) => loadPoint(multiplier, request));
  return {
    ...STUDY,
    $schema: 'urn:hongfeng:capacity:1',
    replications: { ...REPLICATIONS, perLoad: 2 },
    search: { from: 0.1, to: 5, precision: 0.01, budgets: ['order-latency'], outOfReach: [] },
    phases: [],
    busiestPhase: null,
    plannedPeakPerSec: 1e6,
    bound: {
      kind: 'bound',
      multiplier: 1.1,
      beyond: 1.11,
      interval: [1.08, 1.14],
      offeredPeakPerSec: 1.1e6,
      budget: {
        id: 'order-latency',
        target: `request:${request}`,
        metric: 'p99',
        op: '<',
        limit: 200 * MS,
        text: 'p99 < 200ms',
        unit: 'ns',
        window: null,
        level: 'error',
        value: 231 * MS,
        verdict: 'fail',
        interval: null,
        breaks: true,
        isSure: true,
      },
      saturated: { group: 'redis', layer: 'redis', utilizationPeak: 0.99 },
      firstBreak: null,
    },
    points,
    isMonotone: true,
    without: [
      {
        taken: [{ layer: 'redis', count: 1, of: 10 }],
        atOne: points[2]!,
        bound: null,
        points: [],
        tooManyEvents: null,
      },
    ],
  };
}

export function sensitivityDocument(label = 'order cpu'): SensitivityDocument {
  const side = (value: string, p99: number, room: number): SensitivitySide => ({
    value,
    requests: [
      {
        request: 'create',
        p99Ns: 120 * MS * (1 + p99),
        differenceNs: 120 * MS * p99,
        relativeDifference: p99,
        interval: null,
        verdict: 'significant',
      },
    ],
    headroom: {
      factor: 1.2 * (1 + room),
      group: 'redis',
      difference: 1.2 * room,
      relativeDifference: room,
      interval: null,
      verdict: 'significant',
    },
  });
  return {
    ...STUDY,
    $schema: 'urn:hongfeng:sensitivity:1',
    replications: { ...REPLICATIONS, done: 2 },
    step: 0.2,
    base: { requests: [], headroom: { factor: 1.2, group: 'redis', interval: null } },
    inputs: [
      {
        path: 'layers.order.cpu',
        label,
        value: '2ms',
        origin: 'scenario',
        source: null,
        range: null,
        reach: 0.2,
        lower: side('1.6ms', -0.06, 0.14),
        higher: side('2.4ms', 0.31, -0.17),
        effect: 0.31,
      },
    ],
    leftOut: [{ path: 'layers.redis.hit', label, value: '92%', reach: 0.01, because: 'few-effects' }],
  };
}

export function comparisonDocument(path = 'layers.order.replicas'): Comparison {
  const difference = (target: string, verdict: Difference['verdict'], change: number): Difference => ({
    target,
    metric: 'p99',
    unit: 'ns',
    phase: null,
    spanNs: null,
    before: 100 * MS,
    after: 100 * MS * (1 + change),
    difference: 100 * MS * change,
    relativeDifference: change,
    interval: null,
    pValue: 0.001,
    adjustedPValue: 0.002,
    verdict,
  });
  const moved = difference('request:create', 'significant', 0.15);
  const percentiles = [
    {
      request: 'create',
      points: [
        { quantile: 0.5, ns: 60 * MS },
        { quantile: 0.99, ns: 100 * MS },
      ],
    },
  ];
  const side = { scenario, mode, version: '0.1.0', seeds: ['42'], only: [], percentiles, runaways: [] };
  return {
    ...STUDY,
    $schema: 'urn:hongfeng:comparison:3',
    replications: { ...REPLICATIONS, asked: 5, done: 5 },
    unpairedBecause: [],
    before: side,
    after: side,
    inputs: [
      {
        path,
        kind: 'changed',
        of: 'value',
        before: { text: '12', at: 'site.yaml:4' },
        after: { text: '10', at: 'site.yaml:4' },
      },
    ],
    differences: [
      moved,
      difference('station:redis', 'within-noise', 0.01),
      difference('station:order', 'equal', 0),
    ],
    attribution: {
      parts: [{ inputs: [0] }],
      measures: [
        {
          ...moved,
          difference: 15 * MS,
          parts: [{ difference: 13.6 * MS, share: 0.91 }],
          interaction: 0.09,
        },
      ],
      leftOut: [],
    },
    further: [],
  };
}
