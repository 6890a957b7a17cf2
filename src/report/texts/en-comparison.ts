/** What `compare` says: headings, names of measures, and how sure it is. */
import type { MeasureName } from '../../study/comparison.ts';
import { plural } from './en-words.ts';

export const COMPARISON = {
  before: 'before',
  after: 'after',
  /** Of both sides. */
  replications: (done: number, seeds: string) =>
    `${plural(done, 'replication')} of each with the same random numbers: ${done === 1 ? 'seed' : 'seeds'} ${seeds}`,
  /** Of each side, where they do not pair. */
  replicationsApart: (before: number, after: number) =>
    `${plural(before, 'replication')} of before and ${after} of after`,
  how: (slice: number, isSampled: boolean) =>
    isSampled
      ? `some stretches of time simulated, the same of both, ${slice === 1 ? 'every request' : `one request in ${slice}`} in them`
      : `${slice === 1 ? 'every request' : `one request in ${slice}`} simulated`,
  unpaired: {
    because: (reasons: string) =>
      `The sides do not pair: ${reasons}. Each is told from chance by its own spread, so small changes are not found.`,
    version: (before: string, after: string) =>
      `hongfeng ${before} and ${after} simulated them, and what differs may be their doing`,
    seeds: (before: string, after: string) => `other random numbers, seeds ${before} and ${after}`,
    until: (before: string, after: string) => `--until ${before} and ${after}`,
    warmUp: 'other warm-ups',
    mode: (before: string, after: string) => `${before} before, ${after} after`,
  },
  /** `warm-up 1s and 2s` and the like. */
  clocks: (differences: string) => `The clocks differ: ${differences}.`,
  clockDiffers: (name: string, before: string, after: string) => `${name} ${before} and ${after}`,
  clock: { from: 'from', lastsNs: 'lasts', warmUpNs: 'warm-up', windowNs: 'window' },
  unset: 'unset',
  seedsBetween: (first: string, last: string) => `${first} … ${last}`,
  changed: (overrides: string) => `both with ${overrides}`,
  until: (until: string) => `both up to ${until}`,
  stopped: (done: number, asked: number) =>
    `Stopped: of ${plural(asked, 'replication')} ${done} ${done === 1 ? 'is' : 'are'} complete on both sides.`,
  tooFew: 'One replication has no interval: nothing can be told from chance.',
  runaway: (side: string, group: string, count: number, of: number, file: string) =>
    `${side}: the queue of ${group} grew without end in ${count} of ${plural(of, 'replication')}. Averages over such ` +
    `runs say nothing, so nothing is compared. hongfeng run ${file} shows what happens.`,
  differences: 'DIFFERENCES',
  counts: (significant: number, noise: number, equal: number, unknown: number) =>
    [
      `${significant} significant`,
      noise > 0 ? `${noise} inside noise (≈)` : '',
      unknown > 0 ? `${unknown} without enough data (?)` : '',
      `${equal} exactly equal`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  allEqual: (count: number) => `${plural(count, 'measure')} compared: all exactly equal.`,
  nothing: 'There is nothing that both have.',
  heads: { of: 'of', measure: 'measure', phase: 'phase', change: 'change', spread: '±' },
  more: (count: number) => `… and ${count} more; --json has all`,
  /** Of a share that grew or shrank, with its sign. */
  points: (count: string) => `${count} points`,
  worst: (span: string) => `worst: the worst ${span} of the run`,
  note: (count: number, level: string) =>
    `Significant: the paired t test says so at ${level} with all ${plural(count, 'test')} considered together ` +
    `(Holm); what is equal is not tested. ± is the ${level} interval of one change by itself, in the unit of the change.`,
  noteApart: (count: number, level: string) =>
    `Significant: Welch's t test says so at ${level} with all ${plural(count, 'test')} considered together ` +
    `(Holm); what is equal is not tested. ± is the ${level} interval of one change by itself, in the unit of the change.`,
  below: (count: number, share: string) => `${plural(count, 'change')} below ${share} not listed.`,
  inputs: {
    head: 'INPUTS',
    none: 'the scenarios say the same',
    counts: (count: number) => plural(count, 'difference'),
    heads: ['', 'input', 'before', 'after', 'where'],
    budgets: 'A budget changes what is judged and no run.',
  },
  attribution: {
    head: 'WHICH CHANGE DOES WHAT',
    nothingMoved: 'nothing moved significantly',
    share: (share: string, name: string) => `${share} ${name}`,
    unknown: (name: string) => `unknown: ${name}`,
    others: (count: number) => plural(count, 'other'),
    together: (share: string) => `${share} only together`,
    note:
      'Each change was simulated by itself, with the same random numbers. A share is how much of the difference it makes ' +
      'alone; "only together" is what is missing to 100 %, where every change was simulated.',
    leftOut: (names: string) => `Not simulated by themselves: ${names}.`,
  },
  only: (side: string, names: string) => `Only ${side}: ${names}`,
  metric: {
    mean: 'mean',
    p50: 'P50',
    p95: 'P95',
    p99: 'P99',
    'p99.9': 'P99.9',
    availability: 'availability',
    good: 'good rate',
    'worst.p50': 'worst P50',
    'worst.p95': 'worst P95',
    'worst.p99': 'worst P99',
    'worst.p99.9': 'worst P99.9',
    'worst.availability': 'worst avail.',
    util: 'utilization',
    'wait.mean': 'mean wait',
    'wait.p99': 'wait P99',
    'sojourn.p99': 'sojourn P99',
    headroom: 'headroom',
  } satisfies Readonly<Record<MeasureName['metric'], string>>,
};
