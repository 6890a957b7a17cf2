/** The rows of the example findings, made from a few figures of a site. */
import type {
  AnatomyFinding,
  HeadroomFinding,
  LatencySummary,
  LayerFinding,
  RequestFinding,
  StationFinding,
  Timeline,
} from '../../src/analysis/findings.ts';
import { FAILURES_NONE, latency } from './example-parts.ts';

export const S = 1e9;
export const MS = 1e6;

export interface Site {
  /** Layers in path order with their utilization at the plateau. */
  readonly layers: readonly (readonly [name: string, utilization: number])[];
  readonly requests: readonly (readonly [name: string, share: number, unloadedMs: number])[];
  readonly windowCount: number;
}

export const PHASES = [
  { name: 'before', fromNs: 0, toNs: 120 * S },
  { name: 'ramp', fromNs: 120 * S, toNs: 420 * S },
  { name: 'peak', fromNs: 420 * S, toNs: 720 * S },
];

export function requestRows([request, share, ms]: readonly [string, number, number]): RequestFinding[] {
  return [null, ...PHASES.map(({ name }) => name)].map((phase) => {
    const offeredPerSec = share * (phase === 'before' ? 1e5 : phase === 'peak' ? 1e6 : 662_500);
    const shedShare = phase === 'before' ? 0 : phase === 'peak' ? 0.5 : 0.4;
    const seconds = phase === null ? 720 : phase === 'before' ? 120 : 300;
    const offered = offeredPerSec * seconds;
    const failed = phase === 'before' ? 0 : offered * 0.0007;
    const good = offered * (1 - shedShare) - failed;
    return {
      request,
      phase,
      offeredPerSec,
      admittedPerSec: offeredPerSec * (1 - shedShare),
      completedPerSec: good / seconds,
      goodPerSec: good / seconds,
      offered,
      good,
      failures: { ...FAILURES_NONE, shed: offered * shedShare, timedOut: failed },
      censored: 0,
      availability: good / offered,
      latency: latency(ms * MS * (phase === 'before' ? 1.02 : 1.31), good),
      unloaded: latency(ms * MS, 4096),
    };
  });
}

export function stationRows(layer: string, used: number): StationFinding[] {
  const roles = ['servers', 'threads'] as const;
  return roles.flatMap((role) =>
    [null, 'before', 'ramp', 'peak'].map((phase): StationFinding => {
      const utilization =
        used * (phase === 'before' ? 0.1 : phase === 'peak' ? 1 : 0.6) * (role === 'threads' ? 0.8 : 1);
      const wait: LatencySummary = latency(0.2 * MS * used, 1e6);
      return {
        station: layer,
        group: role === 'servers' ? layer : `${layer}.threads`,
        role,
        layer,
        phase,
        replicas: 100,
        serverCount: role === 'servers' ? 4 : 200,
        arrivalsPerSec: 1e6 * used,
        throughputPerSec: 1e6 * used,
        utilization,
        utilizationPeak: Math.min(1, used * 1.04),
        utilizationPeakAtNs: 560 * S,
        utilizationHottestReplica: Math.min(1, used * 1.1),
        busyMean: utilization * 400,
        waitingJobsMean: used * 12.5,
        waitingJobsMax: Math.round(used * 900),
        rejected: 0,
        abandoned: used > 0.95 ? 1203 : 0,
        wait,
        sojourn: role === 'servers' ? latency(2 * MS, 1e6) : null,
        state:
          used > 0.95
            ? { verdict: 'overloaded', sinceNs: 402 * S, drainedNs: null }
            : { verdict: 'stable', sinceNs: null, drainedNs: null },
      };
    }),
  );
}

export function layerRow(layer: string, used: number, limited: string): LayerFinding {
  return {
    layer,
    tightestGroup: layer,
    utilization: used * 0.6,
    utilizationPeak: Math.min(1, used * 1.04),
    rejected: 0,
    shed: layer === limited ? 190_800_000 : 0,
  };
}

export function headroomOf({ layers }: Site): HeadroomFinding[] {
  return layers
    .filter(([, used]) => used > 0)
    .map(([layer, used]) => ({
      group: layer,
      layer,
      utilizationPeak: Math.min(1, used * 1.04),
      factor: 1 / Math.min(1, used * 1.04),
      behind: [],
      utilizationPlanned: null,
      factorPlanned: null,
      utilizationWithoutOne: (Math.min(1, used * 1.04) * 10) / 9,
      utilizationGrown: Math.min(1, used * 1.04) * 1.2,
    }))
    .toSorted((a, b) => a.factor - b.factor);
}

export function anatomyRows(request: string, ms: number, { layers }: Site): AnatomyFinding[] {
  const parts = (waitFactor: number, retryMs: number) =>
    layers.map(([layer, used], index) => ({
      layer,
      waitNs: ms * MS * 0.02 * used * waitFactor,
      serviceNs: (ms * MS * 0.1) / layers.length,
      delayNs: (ms * MS * 0.9) / layers.length,
      retryNs: index === layers.length - 1 ? retryMs * MS : 0,
    }));
  const total = (rows: ReturnType<typeof parts>) =>
    rows.reduce((sum, each) => sum + each.waitNs + each.serviceNs + each.delayNs + each.retryNs, 0);
  const mean = parts(1, 0.4);
  const slowest = parts(12, 24);
  return [
    { request, of: 'mean', samples: 1000, responseNs: total(mean), parts: mean },
    { request, of: 'slowest', samples: 40, responseNs: total(slowest), parts: slowest },
  ];
}

/** A plateau reached over a ramp, with a ripple and one spike that no thinning may lose. */
export function timelineOf({ layers, requests, windowCount }: Site): Timeline {
  const windows = Array.from({ length: windowCount }, (_, index) => index);
  const lengthNs = Math.round((720 * S) / windowCount);
  const rise = windows.map((index) =>
    Math.min(1, Math.max(0.1, 0.1 + (0.9 * ((index * lengthNs) / S - 120)) / 300)),
  );
  const ripple = (index: number, phase: number) => 1 + 0.02 * Math.sin(index * 0.7 + phase);
  const spike = Math.floor(windowCount * 0.61);
  const zeros = windows.map(() => 0);
  return {
    fromNs: windows.map((index) => index * lengthNs),
    toNs: windows.map((index) => (index + 1) * lengthNs),
    weight: windows.map(() => 1),
    phase: windows.map((index) => PHASES.find(({ toNs }) => index * lengthNs < toNs)?.name ?? null),
    requests: requests.map(([request, share, ms], nth) => {
      const offered = windows.map((index) => 1e6 * share * rise[index]! * ripple(index, nth));
      const admitted = offered.map((rate) => Math.min(rate, 5e5 * share));
      const tail = windows.map(
        (index) => ms * MS * (1.1 + 0.4 * rise[index]! ** 3) * (index === spike ? 4 : 1),
      );
      return {
        request,
        offeredPerSec: offered,
        admittedPerSec: admitted,
        completedPerSec: admitted.map((rate) => rate * 0.9993),
        goodPerSec: admitted.map((rate) => rate * 0.9993),
        failedPerSec: {
          shed: offered.map((rate, index) => rate - admitted[index]!),
          rejected: zeros,
          abandoned: zeros,
          timedOut: admitted.map((rate) => rate * 0.0007),
          failed: zeros,
        },
        samples: windows.map(() => 5000),
        p50Ns: windows.map(() => ms * MS * 1.01),
        p95Ns: tail.map((ns) => ns * 0.8),
        p99Ns: tail,
        p999Ns: windows.map(() => null),
      };
    }),
    stations: layers.flatMap(([layer, used], nth) =>
      [layer, `${layer}.threads`].map((group) => ({
        group,
        utilization: windows.map((index) =>
          Math.min(1, used * rise[index]! * ripple(index, nth) * (index === spike ? 1.15 : 1)),
        ),
        waitingJobs: windows.map((index) => 900 * used * rise[index]! ** 4),
        throughputPerSec: windows.map((index) => 1e6 * used * rise[index]!),
      })),
    ),
    limiters: [
      { limiter: layers[1]![0], shedPerSec: windows.map((index) => Math.max(0, 1e6 * rise[index]! - 5e5)) },
    ],
  };
}
