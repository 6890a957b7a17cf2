/** What `explain` says of a budget. */
export const EXPLAIN = {
  budgetOf: (id: string, scenario: string) => `Budget ${id} of ${scenario}`,
  /** `interval` null with a single replication. */
  basis: (samples: string, interval: string | null) =>
    `From ${samples} observations${interval === null ? '' : `, interval ${interval}`}.`,
  outOfReach: 'It is broken with nobody else in the system: no sizing helps, shorten the path.',
  nothingBroke: (group: string) =>
    `Nothing reached its limit: the time is spent on the way, not in a queue that is full. The tightest is ${group}.`,
};
