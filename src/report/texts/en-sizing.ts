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
  cost: (sums: string, unpriced: string) =>
    [sums === '' ? '' : `${sums} an hour more`, unpriced === '' ? '' : `${unpriced} has no price`]
      .filter((part) => part !== '')
      .join(', '),
  then: (target: string, fullest: { readonly name: string; readonly used: string } | null) =>
    `By arithmetic nothing is shed then and nothing is to be more than ${target} busy` +
    (fullest === null ? '.' : `; ${fullest.name} is the fullest, ${fullest.used}, and the next to break.`),
  tryIt: (options: string) => `Simulate that before you trust it: the same command with ${options}`,
  behindLimits: (limits: string, full: string) =>
    `Raising ${limits} alone is not enough: what then fills is ${full}.`,
  uneven: (names: string) =>
    `Some replicas of ${names} get more than their share: more replicas do not help; spread what comes to them.`,
  note: (target: string, room: string, multipleOf: number | null) =>
    `By arithmetic before the run: visits × service time, and Little's law for what is held; without retries and disturbances. Groups are sized to ${target}, limits to ${room} the peak` +
    (multipleOf === null
      ? '.'
      : `; replicas to multiples of ${multipleOf}, so that traffic can be thinned as here.`),
  simulate: 'Simulate it before you trust it:',
  heads: {
    name: 'what fills',
    planned: 'planned traffic, nothing shed',
    after: 'after the changes',
    change: 'change',
  },
};
