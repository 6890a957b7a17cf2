/** The callee's side of a visit: the way there, limiters, a thread, the steps, the way back. */
import { Op } from '../../model/opcodes.ts';
import type { Visit, Way } from '../tree/nodes.ts';
import type { Emission } from './emission.ts';
import { frame, type Frame } from './frames.ts';
import { ZERO, type Scope } from './scope.ts';

/** The way there, what the operation does, and the way back, which a failure travels as well. */
export function emitInside(out: Emission, visit: Visit, scope: Scope, emitBetween = emitBody): void {
  const there = scope.background ? null : wayInstruction(out, visit.there, scope);
  const back = scope.background ? null : wayInstruction(out, visit.back, scope);
  if (there !== null) scope.chunk.emit(there.op, there.operands);
  const held = back === null ? scope.frame : frame(back.op, back.operands, scope.frame);
  emitBetween(out, visit, { ...scope, frame: held });
  if (back !== null) scope.chunk.emit(back.op, back.operands);
}

function wayInstruction(out: Emission, way: Way | null, scope: Scope): Pick<Frame, 'op' | 'operands'> | null {
  if (way === null) return null;
  const a = scope.station!.index;
  if (way.kind === 'fixed') return { op: Op.PAUSE, operands: { a, x: way.ns } };
  const row = out.parts.regionDelaysNs.at(way.ns.join(), () => way.ns);
  return { op: Op.TRAVEL, operands: { a, b: row } };
}

/** What a replica does for one call: limiters, a thread, the steps. A job takes its thread first, then servers. */
export function emitBody(out: Emission, visit: Visit, scope: Scope): void {
  const { operation } = visit;
  if (operation === null || scope.background) {
    emitThreaded(out, visit, { ...scope, leaving: null });
    return;
  }
  const a = out.parts.operation(visit.station, operation);
  const { register: b, scope: timed } = out.timeRegister(scope);
  // The sojourn is what the caller waits for: to the first reply on the way a request takes, or to the end.
  scope.chunk.emit(Op.ENTER, { a, b });
  const frameInside = frame(Op.SPOILT, { a, b }, scope.frame);
  emitThreaded(out, visit, { ...timed, frame: frameInside, leaving: { a, b } });
  scope.chunk.emit(Op.LEAVE, { a, b });
}

function emitThreaded(out: Emission, visit: Visit, scope: Scope): void {
  const { chunk, unwinding, replica } = scope;
  const target = scope.station!;
  target.station.limits.forEach(({ scope: reach }, n) => {
    const limiter = out.parts.limiter(target, n);
    if (reach !== 'replica' && !scope.background) echoLimiter(out, limiter, visit, scope);
    chunk.emit(Op.LIMIT, {
      a: limiter,
      b: reach === 'replica' ? replica : ZERO,
      c: unwinding.from(scope.frame),
    });
  });
  const { threads } = target.station;
  if (threads === null) {
    out.emitNodes(out, visit.body, scope);
    return;
  }
  const token = { a: target.threadGroup, b: replica };
  const d = out.parts.timeout(threads.acquireTimeoutNs);
  chunk.emit(Op.ACQUIRE, { ...token, c: unwinding.from(scope.frame), d });
  out.emitNodes(out, visit.body, { ...scope, frame: frame(Op.RELEASE, token, scope.frame) });
  chunk.emit(Op.RELEASE, token);
}

/** Sliced runs: the tokens that the other k − 1 slices ask of a limiter of the whole service. */
function echoLimiter(out: Emission, limiter: number, visit: Visit, scope: Scope): void {
  const { parts } = out;
  // Background visits of a station that is kept whole ask for these tokens themselves.
  if (parts.slice === 1 || parts.station(visit.station).slice.backgroundRatio > 0) return;
  const child = out.begin({ ...scope, background: true });
  child.chunk.emit(Op.LIMIT, { a: limiter, b: ZERO, c: child.unwinding.from(child.frame) });
  const stream = `${visit.stream}/background tokens of ${parts.limiters.items[limiter]!.name}`;
  out.backgrounds.push({ start: out.end(child), ratio: parts.slice - 1 });
  scope.chunk.emit(Op.ECHO, { a: out.backgrounds.length - 1, stream });
}
