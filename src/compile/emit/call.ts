/** Calls: what stands in the caller's program, and what runs as an activation of its own. */
import type { CallSite } from '../../model/model.ts';
import { Op } from '../../model/opcodes.ts';
import type { Retry } from '../../scenario/types.ts';
import { fractionOf } from '../parts/fraction.ts';
import { saltOf } from '../parts/interned.ts';
import { hasReply, type OwnCall, type Visit } from '../tree/nodes.ts';
import { Label } from './assembler.ts';
import { emitBody, emitInside } from './body.ts';
import type { Emission } from './emission.ts';
import { callerReplica, emitEntered, emitEntry } from './entry.ts';
import { frame } from './frames.ts';
import type { Scope } from './scope.ts';

/** Enough to tell any two ratios apart that differ as doubles. */
const RATIO_DENOMINATOR_MAX = 1_000_000_000;

export function emitVisit(out: Emission, visit: Visit, scope: Scope): void {
  const after = new Label();
  const outer = visit.onFailure === 'continue' ? frame(Op.FORGIVE, { a: after }, null) : scope.frame;
  emitAttempts(out, visit, { ...scope, frame: outer });
  scope.chunk.place(after);
}

/**
 * Without deadline, retry and early reply the callee's code stands in the caller's program. With a retry each attempt
 * chooses its replica and connection anew, so choosing is part of what is retried; with a deadline or a reply the
 * caller chooses, and gives the connection back as soon as it stops waiting, while the callee works on.
 */
function emitAttempts(out: Emission, visit: Visit, scope: Scope): void {
  const { own } = visit;
  if (own === null) {
    emitEntered(out, visit, scope);
    return;
  }
  const waits = own.timeoutNs !== null || hasReply(visit.body);
  const retries = own.retry !== null && own.retry.attempts > 1;
  const inner = (at: Scope, call: OwnCall, isInner: boolean): void => {
    emitEntry(out, visit, at, (entered) => {
      emitCall(out, visit, entered, { call, inner: isInner }, (child) => {
        emitInside(out, visit, child, emitAnswering);
      });
    });
  };
  if (!retries) inner(scope, own, false);
  else if (waits && isChoosing(out, visit)) {
    emitCall(out, visit, scope, { call: { ...own, timeoutNs: null }, inner: false }, (child) => {
      inner(child, { timeoutNs: own.timeoutNs, retry: null }, true);
    });
  } else {
    emitCall(out, visit, scope, { call: own, inner: false }, (child) => {
      emitEntry(out, visit, child, (entered) => {
        emitInside(out, visit, entered, emitAnswering);
      });
    });
  }
}

/** An early answer goes the way back while the callee works on: then the two are activations of their own. */
function emitAnswering(out: Emission, visit: Visit, scope: Scope): void {
  if (visit.back === null || !hasReply(visit.body)) {
    emitBody(out, visit, scope);
    return;
  }
  emitCall(out, visit, scope, { call: { timeoutNs: null, retry: null }, inner: true }, (child) => {
    emitBody(out, visit, child);
  });
}

/** Whether a call of this station takes anything on the caller's side. */
function isChoosing(out: Emission, visit: Visit): boolean {
  const { slice, station } = out.parts.station(visit.station);
  return slice.faces > 1 || station.pool !== null;
}

interface CallShape {
  readonly call: OwnCall;
  readonly inner: boolean;
}

/** CALL and RESULT around a body that is an activation of its own. */
function emitCall(
  out: Emission,
  visit: Visit,
  scope: Scope,
  shape: CallShape,
  body: (child: Scope) => void,
): void {
  const { register, scope: inside } = out.register(scope);
  const child = out.begin(inside);
  body(child);
  const site = out.calls.length;
  out.calls.push({ ...siteOf(out, visit, scope, shape), start: out.end(child) });
  const again = new Label();
  scope.chunk.place(again);
  scope.chunk.emit(Op.CALL, { a: site, b: register });
  scope.chunk.emit(Op.RESULT, { a: site, b: register, c: scope.unwinding.from(scope.frame), d: again });
}

function siteOf(
  out: Emission,
  visit: Visit,
  scope: Scope,
  { call, inner }: CallShape,
): Omit<CallSite, 'start'> {
  const { timeoutNs, retry } = call;
  const target = visit.operation === null ? visit.station : `${visit.station}.${visit.operation}`;
  return {
    name: `${visit.caller ?? 'client'} > ${target}`,
    inner,
    salt: saltOf(inner ? `${visit.stream}/attempt` : visit.stream),
    timeout: out.parts.timeout(timeoutNs),
    attempts: retry?.attempts ?? 1,
    backoff: retry?.backoff ?? { baseNs: 0, capNs: 0, jitter: 'none' },
    budget: retryBudget(out, visit, scope, retry),
    callerRegister: callerReplica(scope),
    station: out.parts.station(visit.station).index,
    stream: `${visit.stream}/back-off`,
  };
}

/** Number of the retry budget of this call: one for all request classes that make it. */
function retryBudget(out: Emission, { stream }: Visit, { station }: Scope, retry: Retry | null): number {
  const budget = retry?.budget ?? null;
  if (budget === null) return -1;
  return out.parts.retryBudgets.at(stream, () => {
    const { numerator, denominator } = fractionOf(budget.ratio, RATIO_DENOMINATOR_MAX);
    const callerCount = station?.slice.kept ?? 1;
    return { tokens: numerator, perAttempts: denominator, burst: budget.burst, callerCount };
  });
}
