import { onDemand } from '../base/fields.ts';
import { classFields, groupFields, limiterFields, totalsOfRun } from './collect.ts';
import type { Machine } from './machine.ts';
import type { Measurements } from './measurements.ts';

/**
 * What was measured up to the end of a window, of a run that goes on: what is kept by window and by phase of classes,
 * groups and limiters, each column when it is asked for. It is valid until time goes on; those inside have not ended.
 */
export function soFar(m: Machine, atNs: number): Measurements {
  const { state, model } = m;
  return {
    windows: state.windows.map((window, index) => ({ ...window, weight: state.weights[index]! })),
    sampling: null,
    classes: model.classes.map((_, classId) => onDemand(classFields(m, classId, 0))),
    groups: model.groups.map((_, group) => onDemand(groupFields(m, group))),
    groupTotals: [],
    limiters: model.limiters.map((_, limiter) => onDemand(limiterFields(m, limiter))),
    calls: [],
    operations: [],
    samples: [],
    totals: totalsOfRun(m),
    stop: { reason: 'aborted', atNs, runaway: null },
  };
}
