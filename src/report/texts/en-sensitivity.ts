/** What `sensitivity` says. Numbers and names arrive already formatted. */
import { plural } from './en-words.ts';

export const SENSITIVITY = {
  how: (replications: number, step: string) =>
    `each assumed input ${step} less and more, ${plural(replications, 'replication')} of each with the same random numbers`,
  base: (requests: string, factor: string | null, group: string | null) =>
    `as written: P99 of ${requests}${factor === null ? '' : `; headroom ${factor} (${group ?? ''})`}`,
  stopped: 'Stopped before all inputs were simulated.',
  head: 'WHICH GUESS MATTERS',
  headNote: 'the largest effect first',
  nothing: 'nothing is only assumed, or nothing of it can be scaled',
  heads: ['input', 'as written', 'P99 −', 'P99 +', 'headroom −', 'headroom +'],
  note:
    '−: with less of the input; +: with more. P99: of the class that moves most, as a share of it as written. ≈: chance alone may do this; =: exactly the same; ' +
    '–: not valid or not simulated with that value.',
  leftOut: 'NOT SIMULATED',
};
