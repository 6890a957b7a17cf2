/** What would carry the planned traffic. */
import type { SizingChange } from '../../analysis/findings.ts';

export const SIZING = {
  title: (rate: string) => `What would carry the planned ${rate}`,
  step: (rate: string, changes: readonly string[], cost: string | null) =>
    `To carry the planned ${rate}: ${changes.join(', ')}${cost === null ? '' : `; ${cost}`}.`,
  change: {
    replicas: (of, before, after) => `${of} ${before} → ${after} replicas`,
    threads: (of, before, after) => `${of} ${before} → ${after} threads a replica`,
    connections: (of, before, after) =>
      `${of} ${before} → ${after} connections of each caller to each replica`,
    limit: (of, before, after) => `${of} ${before} → ${after}`,
    'limit-each': (of, before, after) => `${of} ${before} → ${after} a replica`,
  } satisfies Record<SizingChange['what'], (of: string, before: string, after: string) => string>,
  cost: (sums: string, unpriced: readonly string[]) =>
    [
      sums === '' ? '' : `${sums} an hour more`,
      unpriced.length === 0
        ? ''
        : `${unpriced.join(', ')} ${unpriced.length === 1 ? 'has' : 'have'} no price`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  then: (target: string, next: { readonly name: string; readonly used: string; readonly factor: string }) =>
    `By arithmetic nothing is shed then and no group is more than ${target} busy; next to break is ${next.name} (${next.used} used), at ${next.factor} that traffic.`,
  tryIt: (options: string) => `Simulate that before you trust it: the same command with ${options}`,
  behindLimits: (limits: string, full: string) =>
    `Raising ${limits} alone is not enough: what then fills is ${full}.`,
  uneven: (names: string) =>
    `That is not enough: the busiest replica of ${names} gets too much, however many there are; spread what comes to it.`,
  note: (target: string, room: string) =>
    `By arithmetic before the run: visits × service time, and Little's law for what is held; without retries and disturbances. Groups are sized to ${target}, limits to ${room} the peak.`,
  simulate: 'Simulate it before you trust it:',
  heads: {
    name: 'what fills',
    planned: 'planned traffic, nothing shed',
    after: 'after the changes',
    change: 'change',
  },
};
