import { expect, test } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { PairedStudy } from '../../src/study/paired-study.ts';
import { OwnThread, type Workplace } from '../../src/study/workplace.ts';
import { measure, modelOf } from '../promises/world.ts';
import { DESK } from './desk.ts';
import { inThisThread } from './pairs.ts';

const BEFORE = modelOf({ text: DESK });
const AFTER = modelOf({ text: DESK, set: ['stations.desk.servers=3'] });

/** What two different runs hardly have in common. */
const prints = ({ totals, groupTotals }: Measurements) => ({ totals, groupTotals });

test('both sides of a pair are the runs of one seed, in order', async () => {
  const found = await new PairedStudy({ before: BEFORE, after: AFTER }, inThisThread()).simulate(3);
  const seeds = [BEFORE.seed, `${BEFORE.seed}#2`, `${BEFORE.seed}#3`];
  expect(found).toMatchObject({ asked: 3, seeds, stoppedBy: null });
  const alone = (model: Model) => seeds.map((seed) => prints(measure({ ...model, seed })));
  expect(found.before.map(prints)).toEqual(alone(BEFORE));
  expect(found.after.map(prints)).toEqual(alone(AFTER));
  expect(alone(AFTER)).not.toEqual(alone(BEFORE));
});

test('models of different seeds are refused', () => {
  const models = { before: BEFORE, after: { ...AFTER, seed: 'other' } };
  expect(() => new PairedStudy(models, inThisThread())).toThrow(RangeError);
});

/** Says of each job when it begins; stops the study when `count` have ended. */
function stoppingAfter(count: number): { workplace: Workplace; watch: (study: PairedStudy) => void } {
  let study: PairedStudy | null = null;
  let ended = 0;
  const inner = new OwnThread(() => Promise.resolve());
  return {
    workplace: {
      simulate: async (job) => {
        const simulated = await inner.simulate(job);
        const { reason } = simulated.measurements.stop;
        if (reason === 'completed' && ++ended === count) study?.stop('interrupted');
        return simulated;
      },
      close: () => inner.close(),
    },
    watch: (each) => (study = each),
  };
}

test.each([
  { ended: 1, pairs: 0 },
  { ended: 2, pairs: 1 },
  { ended: 5, pairs: 2 },
])('a stop after $ended runs keeps $pairs complete pairs', async ({ ended, pairs }) => {
  const { workplace, watch } = stoppingAfter(ended);
  const study = new PairedStudy({ before: BEFORE, after: AFTER }, workplace);
  watch(study);
  const found = await study.simulate(4);
  expect(found).toMatchObject({ asked: 4, stoppedBy: 'interrupted' });
  expect(found.seeds).toHaveLength(pairs);
  for (const side of [found.before, found.after]) {
    expect(side.map(({ stop }) => stop.reason)).toEqual(Array(pairs).fill('completed'));
  }
  expect(study.position.events).toBeGreaterThan(0);
});
