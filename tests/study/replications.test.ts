import { describe, expect, test } from 'vitest';
import { Precision } from '../../src/analysis/precision.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { Run } from '../../src/run/run.ts';
import type { ReplicationJob } from '../../src/study/replication-job.ts';
import { Study, type ReplicationOptions } from '../../src/study/replications.ts';
import { replicationSeed } from '../../src/study/seeds.ts';
import { OwnThread, type Workplace } from '../../src/study/workplace.ts';
import { input } from '../analysis/builders.ts';
import { modelOf, validScenario } from '../promises/world.ts';
import { DESK } from './desk.ts';

const MODEL = modelOf({ text: DESK });

/** Each request takes some 2 events; two steps a replication. */
function ownThread(onPause: (count: number) => void = () => undefined): Workplace {
  let pauses = 0;
  return new OwnThread(() => {
    onPause(++pauses);
    return Promise.resolve();
  });
}

const count = (replications: number): ReplicationOptions => ({ count: replications, goal: null });

function alone(seed: string): Measurements {
  const run = new Run({ ...MODEL, seed });
  while (run.advance(1e6) === 'more');
  return run.measurements();
}

describe('replications', () => {
  test('each is the run of its own seed, in order', async () => {
    const { replications, seeds, asked, stoppedBy } = await new Study(MODEL, ownThread()).simulate(count(3));
    expect(seeds).toEqual([MODEL.seed, `${MODEL.seed}#2`, `${MODEL.seed}#3`]);
    expect({ asked, stoppedBy }).toEqual({ asked: 3, stoppedBy: null });
    expect(replications).toEqual(seeds.map(alone));
    expect(replications[0]?.totals.started).not.toBe(replications[1]?.totals.started);
  });

  test('the first has the seed of the scenario itself', () => {
    expect(replicationSeed('a', 0)).toBe('a');
  });

  test('a stop keeps those that had ended', async () => {
    const long = modelOf({ text: DESK, set: ['clock.lasts=200s'] });
    let study: Study | null = null;
    const ended: string[] = [];
    // Whatever is at work when the first has ended is stopped.
    const workplace = counting(
      ownThread(() => ended.length === 1 && study?.stop('interrupted')),
      ended,
    );
    study = new Study(long, workplace);
    const { replications, seeds, asked, stoppedBy } = await study.simulate(count(4));
    expect({ seeds, asked, stoppedBy }).toEqual({ seeds: [long.seed], asked: 4, stoppedBy: 'interrupted' });
    expect(replications.map(({ stop }) => stop.reason)).toEqual(['completed']);
  });

  test('a stop before any has ended leaves the first as far as it came', async () => {
    const long = modelOf({ text: DESK, set: ['clock.lasts=200s'] });
    let study: Study | null = null;
    study = new Study(
      long,
      ownThread(() => study?.stop('time-limit')),
    );
    const { replications, seeds, stoppedBy } = await study.simulate(count(4));
    expect({ seeds, stoppedBy }).toEqual({ seeds: [long.seed], stoppedBy: 'time-limit' });
    expect(replications[0]?.stop).toMatchObject({ reason: 'time-limit' });
    expect(replications[0]?.stop.atNs).toBeLessThan(200e9);
  });

  test('a run whose queue grows without end is shown alone', async () => {
    const { replications, seeds, stoppedBy, ranAway } = await new Study(MODEL, {
      simulate: ({ model, control }) =>
        ownThread()
          .simulate({ model, control })
          .then(({ measurements, abort }) => ({
            measurements: {
              ...measurements,
              stop: /#[24]$/.test(model.seed)
                ? { reason: 'runaway', atNs: 5e9, runaway: { group: 0, sinceNs: 1e9, waitingJobs: 7 } }
                : measurements.stop,
            },
            abort,
          })),
      close: () => Promise.resolve(),
    }).simulate(count(4));
    expect(stoppedBy).toBe('runaway');
    expect(ranAway).toEqual({ count: 2, of: 4 });
    expect(seeds).toHaveLength(1);
    expect(seeds[0]).toMatch(/#2$/);
    expect(replications.map(({ stop }) => stop.reason)).toEqual(['runaway']);
  });
});

function counting(inner: Workplace, ended: string[]): Workplace {
  return {
    simulate: async (job: ReplicationJob) => {
      const simulated = await inner.simulate(job);
      if (simulated.measurements.stop.reason === 'completed') ended.push(job.model.seed);
      return simulated;
    },
    close: () => inner.close(),
  };
}

describe('precision', () => {
  const scenario = validScenario({ text: DESK });
  const reached = (target: number) => new Precision({ ...input(), scenario, model: MODEL }, target);
  const goal = (target: number, replicationsMax: number) => ({
    count: 2,
    goal: {
      replicationsMax,
      limit: 'memory' as const,
      pause: () => Promise.resolve(),
      measure: (replications: readonly Measurements[]) => reached(target).measure(replications),
    },
  });

  test('replications are added until every measure is tight enough', async () => {
    const found = await new Study(MODEL, ownThread()).simulate(goal(0.03, 100));
    expect(found.precision).toMatchObject({ target: 0.03, reached: true, limit: null });
    expect(found.precision?.measures.map(({ measure }) => measure)).toContain('p99 request:customer');
    for (const { relativeHalfWidth } of found.precision?.measures ?? []) {
      expect(relativeHalfWidth).toBeLessThanOrEqual(0.03);
    }
    expect(found.replications.length).toBeGreaterThan(2);
    expect(found.asked).toBe(2);
  });

  test('an interval without an upper end is not tight, however far its lower end is', async () => {
    // Two replications: a share is known to t(1) = 12.7 of its errors, so 99 % is not told from all.
    const found = await new Study(MODEL, ownThread()).simulate(goal(100, 2));
    expect(found.precision).toMatchObject({ reached: false, measures: [{ relativeHalfWidth: null }] });
  });

  test('the most replications allowed end it, and it says what allowed no more', async () => {
    const found = await new Study(MODEL, ownThread()).simulate(goal(0.0001, 5));
    expect(found.replications).toHaveLength(5);
    expect(found.precision).toMatchObject({ reached: false, limit: 'memory', replicationsMax: 5 });
  });

  test.each([0, 1])(
    'a stop at pause %s of a measure ends it: no further replication is begun',
    async (at) => {
      let pauses = 0;
      let study: Study | null = null;
      const { count, goal: of } = goal(0.0001, 100);
      const pause = () => {
        if (pauses++ === at) study?.stop('time-limit');
        return Promise.resolve();
      };
      study = new Study(MODEL, ownThread());
      const found = await study.simulate({ count, goal: { ...of, pause } });
      expect(found.replications).toHaveLength(2);
      expect(found.precision).toMatchObject({ reached: false, limit: 'time-limit' });
    },
  );

  test('what is measured in steps as replications are added is what is measured at once', () => {
    const measure = (by: Precision, replications: readonly Measurements[]) => {
      const steps = by.measure(replications);
      for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
    };
    const all = ['a', 'b', 'c', 'd'].map(alone);
    const growing = reached(0.03);
    const first = measure(growing, all.slice(0, 2));
    expect(measure(growing, all)).toEqual(measure(reached(0.03), all));
    expect(first.measures).not.toEqual(measure(growing, all).measures);
  });
});
