/** Threads of the compiled program: what comes of a study does not depend on them, nor on their lives. */
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import type { Measurements } from '../../src/run/measurements.ts';
import { ThreadedWorkplace } from '../../src/study/replication-threads.ts';
import { Study, type AbortWatch } from '../../src/study/replications.ts';
import { OwnThread } from '../../src/study/workplace.ts';
import { modelOf, validScenario } from '../promises/world.ts';
import { half } from '../study/half.ts';
import { WORKER_FILE } from './compiled.ts';

const MODEL = modelOf({
  text: `
scenario: desk
clock: { lasts: 60s, warmUp: 1s, window: 10s }
traffic: { rate: 5k/s }
stations:
  desk: { servers: 16, discipline: fcfs, service: { mean: 2.5ms, cv: 1 } }
requests:
  customer: { path: [desk] }
`,
});

const started: Worker[] = [];
const note = (worker: Worker): void => void started.push(worker);
process.on('worker', note);
afterEach(() => {
  started.length = 0;
});

const inOwnThread = (): Promise<readonly Measurements[]> =>
  new Study(MODEL, new OwnThread(() => Promise.resolve()))
    .simulate({ count: 4, goal: null })
    .then(({ replications }) => replications);

test('the replications of two threads are those of one', async () => {
  const workplace = new ThreadedWorkplace({ workerFile: WORKER_FILE, threads: 2 });
  try {
    const { replications } = await new Study(MODEL, workplace).simulate({ count: 4, goal: null });
    expect(started).toHaveLength(2);
    expect(replications).toEqual(await inOwnThread());
  } finally {
    await workplace.close();
  }
});

test('what ends a run in another thread is what ends it in this one', async () => {
  const text = half('target: "*", expect: errors < 20%, abort: { after: 0s }');
  const scenario = validScenario({ text });
  const model = modelOf({ text });
  const watch: AbortWatch = { budgets: scenario.budgets, doubtOf: () => Promise.resolve(0) };
  const workplace = new ThreadedWorkplace({ workerFile: WORKER_FILE, threads: 2 });
  try {
    const there = await new Study(model, workplace, watch).simulate({ count: 3, goal: null });
    const here = new Study(model, new OwnThread(() => Promise.resolve()), watch);
    expect(there.abort?.atNs).toBe(14e9);
    expect(there).toEqual(await here.simulate({ count: 3, goal: null }));
  } finally {
    await workplace.close();
  }
});

test('the work of a thread that was terminated is done again', async () => {
  const workplace = new ThreadedWorkplace({ workerFile: WORKER_FILE, threads: 2 });
  try {
    const study = new Study(MODEL, workplace);
    const work = study.simulate({ count: 4, goal: null });
    while (study.position.events === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await started[0]?.terminate();
    const { replications } = await work;
    expect(started.length).toBeGreaterThan(2);
    expect(replications).toEqual(await inOwnThread());
  } finally {
    await workplace.close();
  }
});

test('a stop reaches threads that simulate', async () => {
  const workplace = new ThreadedWorkplace({ workerFile: WORKER_FILE, threads: 2 });
  try {
    const study = new Study({ ...MODEL, lastsNs: 3600e9, windowNs: 3600e9 }, workplace);
    const work = study.simulate({ count: 4, goal: null });
    while (study.position.events === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    study.stop('interrupted');
    const { replications, stoppedBy } = await work;
    expect(stoppedBy).toBe('interrupted');
    expect(replications.map(({ stop }) => stop.reason)).toEqual(['interrupted']);
  } finally {
    await workplace.close();
  }
});

test('what a job throws is thrown', async () => {
  const workplace = new ThreadedWorkplace({ workerFile: WORKER_FILE, threads: 2 });
  try {
    const study = new Study({ ...MODEL, program: { ...MODEL.program, op: Int32Array.of(-1) } }, workplace);
    await expect(study.simulate({ count: 2, goal: null })).rejects.toThrow();
  } finally {
    await workplace.close();
  }
});
