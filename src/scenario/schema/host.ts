/** A machine type: what F-1 and F-2 of docs/model.md need to turn reference CPU time into time on this machine. */
import { HOST_DEFAULTS } from '../defaults.ts';
import type { Host } from '../types.ts';
import { choice, clock, count, doc, number, price, refuse, share, size, strict } from './quantity.ts';
import * as z from 'zod';

const GIB = 1024 * 1024 * 1024;

const usl = strict({
  sigma: number('Contention.', 0.02, { max: 1 }),
  kappa: number('Coherency.', 0.0002, { max: 1 }),
});

export const hostShape = {
  sockets: count('CPU sockets; 1 unless said.', 2, { min: 1, max: 16 }).optional(),
  type: doc(
    z.string(),
    'Host type of the catalogue; other words here replace its own.',
    'compute',
  ).optional(),
  cores: count('Physical cores of one socket; needed without a type.', 32, { min: 1, max: 512 }).optional(),
  smt: count('Hardware threads of one core; 1 unless said.', 2, { min: 1, max: 8 }).optional(),
  clock: clock('Sustained clock with all cores busy; the reference clock unless said.', '2.6 GHz').optional(),
  referenceClock: clock(
    'Clock of the machine the CPU times were measured on; this one unless said.',
    '2.6 GHz',
  ).optional(),
  memory: size('Memory.', '256GiB').optional(),
  numa: choice(
    ['bound', 'interleaved', 'unbound'],
    'How processes are placed on NUMA nodes; unbound unless said.',
  ).optional(),
  hugePages: doc(
    z.enum(['none', '2MiB', '1GiB']),
    'Page size behind the heap; none (4 KiB) unless said.',
    '2MiB',
  ).optional(),
  hugePageCoverage: share('Share of memory accesses that huge pages cover.', '80%').optional(),
  smtYield: number('Throughput of a core with all threads busy / with one.', 1.25, {
    min: 1,
    max: 2,
  }).optional(),
  remoteLatencyRatio: number('Remote / local memory latency.', 1.75, { min: 1, max: 10 }).optional(),
  memoryStallShare: share('Share of reference CPU time spent waiting for memory.', '30%').optional(),
  pageWalkShare: share('Share of reference CPU time spent in page walks with 4 KiB pages.', '6%').optional(),
  usl: doc(usl, 'Universal scalability law on the CPU part; not together with smt.', {
    sigma: 0.02,
    kappa: 0.0002,
  }).optional(),
  price: price('Price of one machine.', '1.6 USD/h').optional(),
};

const PAGE_KIB = { none: 4, '2MiB': 2048, '1GiB': 1024 * 1024 };
/** Any value cancels: the clock enters the cost model as a ratio only. */
const CLOCK_GHZ_WHEN_NOT_SAID = 2.5;

export const host = strict(hostShape).transform((h, context): Host => {
  if (h.cores === undefined)
    refuse(context, h, {
      code: 'HF102',
      message: 'missing key "cores"',
      help: 'write cores, or type: with a host type of the catalogue',
    });
  const pageKib = PAGE_KIB[h.hugePages ?? 'none'];
  const stalls =
    (h.memoryStallShare ?? HOST_DEFAULTS.memoryStallShare.value) +
    (h.pageWalkShare ?? HOST_DEFAULTS.pageWalkShare.value);
  if (stalls > 1)
    refuse(context, h, {
      code: 'HF203',
      message: 'memory stalls and page walks take more than all CPU time',
      help: 'memoryStallShare + pageWalkShare is at most 100%',
    });
  if (h.usl !== undefined && (h.smt ?? 1) > 1)
    refuse(context, h, {
      code: 'HF203',
      message: 'a USL fitted on hardware threads already contains SMT',
      help: 'remove usl, or write smt: 1',
      path: ['usl'],
    });
  return {
    sockets: h.sockets ?? 1,
    cores: h.cores ?? 1,
    smt: h.smt ?? 1,
    clockGhz: h.clock ?? h.referenceClock ?? CLOCK_GHZ_WHEN_NOT_SAID,
    referenceClockGhz: h.referenceClock ?? h.clock ?? CLOCK_GHZ_WHEN_NOT_SAID,
    memoryGib: (h.memory ?? 0) / GIB,
    numa: h.numa ?? 'unbound',
    pageKib,
    hugePageCoverage: pageKib === 4 ? 0 : (h.hugePageCoverage ?? HOST_DEFAULTS.hugePageCoverage.value),
    smtYield: h.smtYield ?? HOST_DEFAULTS.smtYield.value,
    remoteLatencyRatio: h.remoteLatencyRatio ?? HOST_DEFAULTS.remoteLatencyRatio.value,
    memoryStallShare: h.memoryStallShare ?? HOST_DEFAULTS.memoryStallShare.value,
    pageWalkShare: h.pageWalkShare ?? HOST_DEFAULTS.pageWalkShare.value,
    usl: h.usl ?? null,
    pricePerHour: h.price ?? null,
  };
});
