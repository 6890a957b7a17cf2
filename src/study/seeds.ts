/**
 * Seeds of the replications of one scenario: its own for the first, `seed#2`, `seed#3` … for the others. All of them are
 * independent: a stream's key is made from the whole text (random/streams.ts). Two scenarios with one seed share the
 * random numbers of each replication wherever they share names, which is what paired differences rest on.
 */
export function replicationSeed(seed: string, index: number): string {
  return index === 0 ? seed : `${seed}#${index + 1}`;
}
