/**
 * The run loop for one model: the functions of the kernel, read from their own text and written out again with all put in
 * that the model decides. What the text of a function may hold is in the classes that write it:
 *
 *     ExpressionWriter ◁ CallWriter ◁ StatementWriter ◁ BranchWriter ◁ CaseWriter
 *
 * What happens at each address at which a slot goes on becomes one function, without a choice among instructions,
 * operands, disciplines or policies. The results are those of the kernel, bit by bit: the same operations in the same
 * order. docs/decisions/0010-specialised-kernel.md says when this is worth its while.
 */
import type { Model } from '../../model/model.ts';
import { makeKernel, type Kernel } from '../kernel/kernel.ts';
import { KIT } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Rules } from './calls.ts';
import { Library } from './factories.ts';
import { resumePoints } from './resume-points.ts';
import { written } from './written.ts';

/**
 * Where slots go on at more addresses than this, the functions written for them no longer fit the caches of a processor,
 * and the kernel as it is takes no longer.
 */
const RESUME_POINTS_MAX = 32;

/** Functions that are long, or rarely called. */
const AS_THEY_ARE: ReadonlySet<string> = new Set([
  ...[
    'push',
    'pop',
    'handleSpecial',
    'refill',
    'drawShare',
    'book',
    'take',
    'keep',
    'close',
    'merge',
    'slowDown',
  ],
  ...['retry', 'startFork', 'startEchoes', 'startSend', 'think', 'beginUser'],
  ...['smooth', 'leastConnections', 'bestOfDrawn', 'place', 'firstOfMany'],
]);

export function isWorthSpecialising(model: Model): boolean {
  return resumePoints(model).length <= RESUME_POINTS_MAX;
}

/** As `makeKernel`, compiled for one run alone. Takes 0.1 to 0.2 s, and V8 some 0.5 s more. */
export function makeSpecialKernel(m: Machine): Kernel {
  const library = new Library();
  const kernel = makeKernel(m, library.take);
  library.add(KIT.hashInt32);
  return { ...kernel, interpret: written(kernel.interpret, rulesFor(m, library)) };
}

export function rulesFor(m: Machine, library: Library): Rules {
  return {
    library,
    constants: constantsOf(m),
    asTheyAre: AS_THEY_ARE,
    byCase: new Map([
      ['turn', { parameter: 'pc', values: resumePoints(m.model), turns: true }],
      ['arrive', { parameter: 'source', values: [...m.model.sources.keys()], turns: false }],
    ]),
  };
}

/** Objects and arrays that never change during a run. */
function constantsOf(m: Machine): ReadonlySet<unknown> {
  const { arrivals, balancers, buckets, callSites, speeds, state, timeouts } = m;
  return new Set<unknown>([
    ...Object.values<unknown>(KIT).filter((value) => typeof value === 'object'),
    ...[m.special, m.op, m.a, m.b, m.c, m.d, m.x, m.keys.low, m.keys.high],
    ...[m.classPriority, m.classStart, m.classTimeout, m.layerOfStation, m.layerOfGroup, m.onlyServe],
    ...[state.instanceBase, state.instanceCounts, state.queueFirst],
    ...[state.capacities, state.rooms, state.levels, state.disciplines],
    ...[speeds.first, arrivals.oneClass, timeouts.lengthsNs, ...(Object.values(callSites) as unknown[])],
    ...[balancers.policy, balancers.targets, balancers.choices, balancers.counts],
    ...[balancers.turnBase, balancers.pairBase, balancers.keys.low, balancers.keys.high],
    ...[buckets.base, buckets.units, buckets.gapNs, buckets.gapRest, buckets.aheadNs, buckets.aheadRest],
  ]);
}
