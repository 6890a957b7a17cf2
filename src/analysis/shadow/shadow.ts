/** The analytic shadow: the closed form beside every simulated value whose assumptions hold. */
import { UNLIMITED, type Group } from '../../model/model.ts';
import type { JobLoad, Premise } from '../../model/premises.ts';
import { studentTTwoSided } from '../../stats/student-t.ts';
import { relaxationSec } from '../../theory/relaxation.ts';
import type { Context } from '../context.ts';
import { saturatedRate } from '../scale.ts';
import { lengthNs } from '../spans.ts';
import { acrossReplicas } from './across.ts';
import { estimateOf, type Estimate } from './estimates.ts';
import type {
  ShadowFinding,
  ShadowQuantity,
  ShadowReason,
  ShadowRefusal,
  ShadowRow,
} from '../finding-shadow.ts';
import { formulaFor, utilizationLaw, workOf, type Applied, type ReplicaQueue } from './formulas.ts';
import { observedLoss, observedWait, type ObservedObstacle } from './observed.ts';
import { mixtureOf, rateOf } from './service.ts';

/** P(|Z| ≤ 4) of a normal variable: what is further away than this is no chance. */
const TRUSTED_LEVEL = 0.99993666;

/**
 * Memory of a queue and of what is before it, in spans of time: a span must begin this many relaxation times after the
 * last change, or be so many long that what it began with is lost in it (a bias of about 1/1000 of the value).
 */
const SETTLED_LEAD = 10;
const SETTLED_LENGTH = 1000;

/**
 * Rows for every server group, phase and the whole run. `runs` are replications of one scenario, `context` the one that
 * says what scenario it is; one run alone has its standard errors from batch means.
 */
export function findShadow(context: Context, runs: readonly Context[] = [context]): ShadowFinding {
  const found = context.premises.map((premise) => shadowOf(context, runs, premise));
  return {
    rows: found.flatMap(({ rows }) => rows),
    refusals: found.flatMap(({ refusal }) => (refusal === null ? [] : [refusal])),
  };
}

interface Shadow {
  readonly rows: readonly ShadowRow[];
  readonly refusal: ShadowRefusal | null;
}

function shadowOf(context: Context, runs: readonly Context[], premise: Premise): Shadow {
  const { group: name, phase, load } = premise;
  const refusal = (reason: ShadowReason, of: string | null = null): ShadowRefusal => ({
    group: name,
    phase,
    reason,
    of,
  });
  const index = context.model.groups.findIndex((group) => group.name === name);
  const group = context.model.groups[index];
  if (group === undefined) throw new RangeError(`no group ${name}`);
  const none = (reason: ShadowReason, of: string | null = null): Shadow => ({
    rows: [],
    refusal: refusal(reason, of),
  });
  if (load === null) return none(premise.obstacle?.reason ?? 'not-visited', premise.obstacle?.of);
  if (runs.some(({ model, measurements }) => measurements.stop.atNs < model.lastsNs))
    return none('cut-short');
  const lost = firstIn(runs, (run) => observedLoss(run, name, load));
  if (lost !== null) return none(lost.reason, lost.of);
  const obstacle = premise.obstacle ?? firstIn(runs, (run) => observedWait(run, load));
  const queues = replicaQueues(context, runs, { group, index, load });
  const unfit = firstUnfit(context, queues, { phase, load, group });
  if (unfit !== null) return none(unfit);
  const forms = obstacle === null ? queues.map(formulaFor) : [];
  const full = forms.length > 0 && forms.every((form) => form !== null) ? forms : null;
  const law = wasNeverFull(runs, index) ? queues.map(utilizationLaw) : null;
  const applied = full ?? law;
  const rows = applied === null ? [] : rowsOf(runs, { group, index, phase }, combined(applied, queues));
  if (full !== null) return { rows, refusal: null };
  return { rows, refusal: obstacle === null ? refusal('no-formula') : refusal(obstacle.reason, obstacle.of) };
}

function firstIn(
  runs: readonly Context[],
  find: (run: Context) => ObservedObstacle | null,
): ObservedObstacle | null {
  for (const run of runs) {
    const found = find(run);
    if (found !== null) return found;
  }
  return null;
}

function combined(applied: readonly Applied[], queues: readonly ReplicaQueue[]): Applied {
  const weights = queues.map(({ arrivalRatePerSec }) => arrivalRatePerSec);
  return { formula: applied[0]?.formula ?? 'G/G/c', values: acrossReplicas(applied, weights) };
}

/** One queue for all replicas that are alike, else one each. */
function replicaQueues(
  { model }: Context,
  runs: readonly Context[],
  { group, index, load }: { readonly group: Group; readonly index: number; readonly load: JobLoad },
): ReplicaQueue[] {
  const service = mixtureOf(load.kinds);
  const simulatedPerSec = rateOf(load.kinds) / group.scale;
  const shares = load.split.kind === 'random' ? load.split.shares : null;
  const hasFormula = service.law === 'exponential' && group.discipline !== 'ps';
  const isOpen =
    group.waitingRoomMax === UNLIMITED ||
    (wasNeverFull(runs, index) && group.waitingRoomMax > 0 && !hasFormula);
  return (shares ?? [1 / group.instanceCount]).map((share) => ({
    group,
    load,
    service,
    arrivalRatePerSec: simulatedPerSec * share,
    roomMax: isOpen ? Infinity : group.waitingRoomMax,
    levelOf: (request) => model.classes.find((each) => each.name === request)?.priority ?? 0,
  }));
}

function wasNeverFull(runs: readonly Context[], group: number): boolean {
  return runs.every(({ measurements }) => measurements.groupTotals[group]?.rejected === 0);
}

/** Whether every replica has a steady state, and the span is long enough for it. */
function firstUnfit(
  { spans }: Context,
  queues: readonly ReplicaQueue[],
  { phase, load, group }: { readonly phase: string | null; readonly load: JobLoad; readonly group: Group },
): ShadowReason | null {
  const span = spans.find(({ name }) => name === phase);
  if (span === undefined) return 'cut-short';
  const capacity = saturatedRate(group);
  const memories = queues.map((queue) => {
    const utilization = capacity === null ? 0 : workOf(queue) / capacity;
    if (utilization >= 1 && queue.roomMax === Infinity) return null;
    return memoryNs(queue, {
      utilization: Math.min(utilization, LOSSY_MAX),
      serverCount: capacity ?? Infinity,
    });
  });
  if (memories.includes(null)) return 'saturated';
  const memory = Math.max(...memories.map((each) => each ?? 0)) + load.upstreamNs;
  const settled = load.leadNs >= SETTLED_LEAD * memory || lengthNs(span) >= SETTLED_LENGTH * memory;
  return settled ? null : 'not-settled';
}

/** A bounded room forgets sooner than an unbounded one at this load does. */
const LOSSY_MAX = 0.9;

function memoryNs(
  { service, load, group }: ReplicaQueue,
  { utilization, serverCount }: { readonly utilization: number; readonly serverCount: number },
): number {
  const serviceScv = Number.isFinite(service.scv) ? service.scv : 1;
  const arrivalScv = load.split.kind === 'round-robin' ? 1 / group.instanceCount : 1;
  return (
    relaxationSec({ serviceMeanSec: service.meanSec, arrivalScv, serviceScv, serverCount, utilization }) * 1e9
  );
}

function rowsOf(
  runs: readonly Context[],
  at: { readonly group: Group; readonly index: number; readonly phase: string | null },
  { formula, values }: Applied,
): ShadowRow[] {
  return (Object.entries(values) as [ShadowQuantity, number][]).map(([quantity, perReplica]) => {
    const { group, index, phase } = at;
    const theory = quantity === 'busyServers' ? perReplica * group.instanceCount * group.scale : perReplica;
    const estimate = estimateOf(runs, quantity, { group: index, phase });
    return { group: group.name, phase, formula, quantity, theory, ...compared(theory, estimate) };
  });
}

/** How far a simulated value is from the theory, in its own standard errors. */
export function compared(
  theory: number,
  { value, standardError, batches }: Estimate,
): Pick<ShadowRow, 'simulated' | 'standardError' | 'batches' | 'differenceSe' | 'suspicious'> {
  const differenceSe = value === null || standardError === null ? null : (value - theory) / standardError;
  const limit = batches < 2 ? Infinity : studentTTwoSided(TRUSTED_LEVEL, batches - 1);
  const suspicious = differenceSe !== null && Math.abs(differenceSe) > limit;
  return { simulated: value, standardError, batches, differenceSe, suspicious };
}
