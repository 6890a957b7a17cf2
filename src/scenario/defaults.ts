/** What a scenario means when it says nothing. Figures with a source are listed in the ledger as origin `default`. */
import type { Confidence } from './types.ts';

export const DEFAULTS = {
  seed: 'hongfeng',
  windowNs: 1e9,
  /** A window is a row of every chart and table; more than this is longer by itself. */
  windowsMax: 2000,
  /** A tenth of the measured time, at most this. */
  warmUpMaxNs: 60e9,
  retryBudgetBurst: 10,
  budgetMinSamples: 1000,
  /** As all intervals of a result. */
  budgetConfidence: 0.95,
} as const;

interface HostDefault {
  readonly value: number;
  readonly text: string;
  readonly confidence: Confidence;
  readonly range: string;
  readonly source: string;
}

/** Factors of the CPU cost model, F-1 and F-2 of docs/model.md: uncalibrated; the ledger says so. */
export const HOST_DEFAULTS = {
  hugePageCoverage: {
    value: 0.8,
    text: '80%',
    confidence: 'assumed',
    range: '0% to 100%',
    source: 'no published figure; explicit huge pages back most of a heap, not code and stacks',
  },
  smtYield: {
    value: 1.25,
    text: '1.25',
    confidence: 'assumed',
    range: '1 to 1.3',
    source: 'vendor figures of 15 to 30 %; Ruan et al., SIGMETRICS 2005, found less for network servers',
  },
  remoteLatencyRatio: {
    value: 1.75,
    text: '1.75',
    confidence: 'cited',
    range: '1.4 to 2.2',
    source: 'two-socket servers: 80 ns local, 130 to 140 ns remote; Intel MLC on a virtual machine: 2.05',
  },
  memoryStallShare: {
    value: 0.3,
    text: '30%',
    confidence: 'assumed',
    range: '10% to 50%',
    source: 'Java and database work; no published split could be read. Calibrate with perf stat top-down',
  },
  pageWalkShare: {
    value: 0.06,
    text: '6%',
    confidence: 'cited',
    range: '1% to 15%',
    source: 'Hunter et al., OSDI 2021 (6 % fewer TLB stalls); Basu et al., ISCA 2013 (up to 10 %)',
  },
} as const satisfies Record<string, HostDefault>;
