import { expect, test } from 'vitest';
import { UserError } from '../../src/base/diagnostics.ts';
import { Run } from '../../src/run/run.ts';
import { assemble, SECOND, Table } from './assemble.ts';

test('users who never think and are answered at once end as an error, not as a run without end', () => {
  const run = new Run(
    assemble({
      lastsNs: SECOND,
      sources: [
        {
          model: 'closed',
          name: 'users',
          users: 1,
          thinkTable: Table.constant,
          thinkMeanNs: 0,
          classes: [{ fromNs: 0, cumulative: [4294967296] }],
          regions: [],
        },
      ],
      instructions: [{ op: 'END' }],
    }),
  );
  expect(() => {
    while (run.advance(1_000_000) === 'more');
  }).toThrow(UserError);
}, 60_000);
