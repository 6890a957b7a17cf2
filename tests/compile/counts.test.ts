import { expect, test } from 'vitest';
import { refuseCounts } from '../../src/compile/counts.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import { COUNT_MAX } from '../../src/model/model.ts';
import { Slots } from '../../src/run/slot-fields.ts';

const lengths = { classes: 1, timeoutsNs: 1, sources: 1, regions: 1 };
const counted = (counts: typeof lengths) =>
  Object.fromEntries(
    Object.entries(counts).map(([key, length]) => [key, new Array(length)]),
  ) as unknown as Parameters<typeof refuseCounts>[0];

test.each([
  ['classes', COUNT_MAX.classes],
  ['timeoutsNs', COUNT_MAX.timeouts],
  ['sources', COUNT_MAX.sources],
  ['regions', COUNT_MAX.regions],
] as const)('more %s than the fields of a slot can number are refused', (what, max) => {
  expect(() => {
    refuseCounts(counted({ ...lengths, [what]: max }), nowhere);
  }).not.toThrow();
  expect(() => {
    refuseCounts(counted({ ...lengths, [what]: max + 1 }), nowhere);
  }).toThrow(new RegExp(String(max)));
});

test('the fields of a slot hold the greatest number there may be', () => {
  const shape = {
    registers: 1,
    timeRegisters: 0,
    classes: true,
    regions: true,
    users: true,
    visits: true,
    family: false,
    timers: true,
    sharing: false,
    shards: false,
  };
  const { classId, timerQueue, source, region } = new Slots(1, shape);
  classId[0] = COUNT_MAX.classes - 1;
  timerQueue[0] = COUNT_MAX.timeouts - 1;
  source[0] = COUNT_MAX.sources - 1;
  region[0] = COUNT_MAX.regions - 1;
  expect([classId[0], timerQueue[0], source[0], region[0]]).toEqual([
    COUNT_MAX.classes - 1,
    COUNT_MAX.timeouts - 1,
    COUNT_MAX.sources - 1,
    COUNT_MAX.regions - 1,
  ]);
});
