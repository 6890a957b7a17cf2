/** What a child process measures: one run of one case, alone in its process. */
import { performance, PerformanceObserver } from 'node:perf_hooks';
import { cpuUsage, memoryUsage, resourceUsage } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import type { Model } from '../src/model/model.ts';
import { Run } from '../src/run/run.ts';
import { digestOf } from './digest.ts';

/** Events between two looks at the run, as the command line does it. */
const STEP_EVENTS = 100_000;

export interface Speed {
  readonly requests: number;
  readonly events: number;
  /** CPU time of the run loop, just-in-time compilation and garbage collection included. */
  readonly nsPerRequest: number;
  readonly nsPerEvent: number;
  /** Share of the run loop's time spent in garbage collection. */
  readonly gcShare: number;
  /** Largest resident memory of the process. */
  readonly residentMaxMb: number;
  readonly digest: string;
}

/** Runs the model to its end. */
export async function measureSpeed(model: Model): Promise<Speed> {
  const collector = observeCollector();
  const run = new Run(model);
  run.advance(1);
  const beganMs = performance.now();
  const before = cpuUsage();
  while (run.advance(STEP_EVENTS) === 'more');
  const loopNs = cpuNs(cpuUsage(before));
  const loopMs = performance.now() - beganMs;
  const measurements = run.measurements();
  const { started, events } = measurements.totals;
  return {
    requests: started,
    events,
    nsPerRequest: loopNs / started,
    nsPerEvent: loopNs / events,
    gcShare: (await collector(beganMs)) / loopMs,
    residentMaxMb: resourceUsage().maxRSS / 1024,
    digest: digestOf(measurements),
  };
}

export interface InFlight {
  readonly requests: number;
  /** Growth of resident memory per request in flight: what is set aside and never written to takes none. */
  readonly residentBytes: number;
}

/**
 * What a request in flight weighs: runs the model until `untilNs` of simulated time, and compares what is resident then
 * with what was halfway, so that the program itself does not count. Needs `node --expose-gc`.
 */
export function measureInFlight(model: Model, untilNs: number): InFlight {
  const run = new Run(model);
  const [half, full] = [untilNs / 2, untilNs].map((momentNs) => {
    while (run.simulatedNs < momentNs && run.advance(STEP_EVENTS) === 'more');
    return { resident: weigh(), inside: run.inside };
  });
  run.stop('interrupted');
  const requests = full!.inside;
  return { requests, residentBytes: (full!.resident - half!.resident) / (requests - half!.inside) };
}

/** Resident memory without what is only waiting to be collected, such as the shorter arrays before the last growth. */
function weigh(): number {
  if (globalThis.gc === undefined) throw new Error('run with node --expose-gc');
  globalThis.gc();
  globalThis.gc(); // the first only begins to give array buffers back
  return memoryUsage().rss;
}

function cpuNs({ user, system }: { readonly user: number; readonly system: number }): number {
  return (user + system) * 1000;
}

/** Milliseconds spent in garbage collections that began after the given instant, once they have been reported. */
function observeCollector(): (sinceMs: number) => Promise<number> {
  const collections: { readonly atMs: number; readonly lastedMs: number }[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      collections.push({ atMs: startTime, lastedMs: duration });
  });
  observer.observe({ entryTypes: ['gc'] });
  return async (sinceMs) => {
    await setTimeout(10); // they are reported from the event loop
    return collections.reduce((sum, { atMs, lastedMs }) => (atMs >= sinceMs ? sum + lastedMs : sum), 0);
  };
}
