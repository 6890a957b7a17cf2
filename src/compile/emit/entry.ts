/** The caller's side of a visit: choosing a replica, and a connection to it. */
import { Op } from '../../model/opcodes.ts';
import { countsConnections } from '../../model/policies/balancer-state.ts';
import type { StationPart } from '../parts/parts.ts';
import type { Visit } from '../tree/nodes.ts';
import { emitInside } from './body.ts';
import type { Emission } from './emission.ts';
import { frame, type Frame } from './frames.ts';
import { ZERO, type Scope } from './scope.ts';

export function emitEntered(out: Emission, visit: Visit, scope: Scope): void {
  emitEntry(out, visit, scope, (inside) => {
    emitInside(out, visit, inside);
  });
}

/** Chooses a replica and takes a connection to it; gives both back behind what `run` emits. */
export function emitEntry(out: Emission, visit: Visit, scope: Scope, run: (inside: Scope) => void): void {
  const target = out.parts.station(visit.station);
  const picked = emitPick(out, visit, target, scope);
  const pooled = scope.background ? picked.scope : emitPool(out, target, picked.scope, picked.replica);
  // Behind the connection: a visit that never gets one has none that go with it.
  if (!scope.background && target.slice.backgroundRatio > 0) echoVisit(out, visit, scope);
  const folded = emitFold(out, target, pooled, picked);
  run({ ...folded.scope, station: target, replica: folded.replica });
  for (let held: Frame = pooled.frame; held !== scope.frame; held = held.outer!)
    scope.chunk.emit(held.op, held.operands);
}

/** Sliced runs: the kept replica that stands for the chosen one. */
function emitFold(
  out: Emission,
  { slice }: StationPart,
  scope: Scope,
  { replica, among }: Picked,
): Omit<Picked, 'among'> {
  if (among === slice.kept) return { replica, scope };
  if (slice.kept === 1) return { replica: ZERO, scope };
  const taken = out.register(scope);
  scope.chunk.emit(Op.FOLD, { a: replica, b: taken.register, d: slice.kept });
  return { replica: taken.register, scope: taken.scope };
}

/** Sliced runs: a visit like this one of another caller, with its own replica and times and its caller's connection. */
function echoVisit(out: Emission, visit: Visit, scope: Scope): void {
  const { backgroundRatio: ratio } = out.parts.station(visit.station).slice;
  const child = out.begin({ ...scope, background: true });
  emitEntered(out, { ...visit, own: null }, child);
  out.backgrounds.push({ start: out.end(child), ratio });
  scope.chunk.emit(Op.ECHO, { a: out.backgrounds.length - 1, stream: `${visit.stream}/background` });
}

/** A replica chosen: its register, out of how many it was chosen, and the scope in which it is taken. */
interface Picked {
  readonly replica: number;
  readonly among: number;
  readonly scope: Scope;
}

function emitPick(out: Emission, visit: Visit, target: StationPart, scope: Scope): Picked {
  const { background, station } = scope;
  if ((background ? target.slice.kept : target.slice.faces) === 1) return { replica: ZERO, among: 1, scope };
  const number = out.parts.balancer(target, station);
  const { policy, targetCount: among } = out.parts.balancers.items[number]!;
  const { register: replica, scope: taken } = out.register(scope);
  if (policy === 'key-hash') {
    scope.chunk.emit(Op.SHARD, { a: number, b: replica });
    return { replica, among, scope: taken };
  }
  const caller = emitCaller(out, number, visit, taken);
  const operands = { a: number, b: replica, c: caller.register };
  scope.chunk.emit(Op.PICK, { ...operands, stream: `${visit.stream}/replica` });
  const held = countsConnections(policy) ? frame(Op.DROP, operands, scope.frame) : scope.frame;
  return { replica, among, scope: { ...caller.scope, frame: held } };
}

/** Register of the caller that a balancer is asked for; of a kept caller, one of those it stands for. */
function emitCaller(
  out: Emission,
  balancer: number,
  visit: Visit,
  scope: Scope,
): { readonly register: number; readonly scope: Scope } {
  const { callerCount } = out.parts.balancers.items[balancer]!;
  if (callerCount === 1) return { register: ZERO, scope };
  const d = callerCount / scope.station!.slice.kept;
  if (d === 1) return { register: callerReplica(scope), scope };
  const taken = out.register(scope);
  scope.chunk.emit(Op.CALLER, {
    a: callerReplica(scope),
    b: taken.register,
    d,
    stream: `${visit.stream}/caller`,
  });
  return taken;
}

function emitPool(out: Emission, target: StationPart, scope: Scope, replica: number): Scope {
  const { pool } = target.station;
  if (pool === null) return scope;
  const group = out.parts.poolGroup(target, scope.station);
  const pair = emitPair(out, target, scope, replica);
  const d = out.parts.timeout(pool.acquireTimeoutNs);
  scope.chunk.emit(Op.ACQUIRE, { a: group, b: pair.register, c: scope.unwinding.from(scope.frame), d });
  return { ...pair.scope, frame: frame(Op.RELEASE, { a: group, b: pair.register }, scope.frame) };
}

/** Register of the pool between the caller's replica and the callee's. */
function emitPair(
  out: Emission,
  target: StationPart,
  scope: Scope,
  replica: number,
): { readonly register: number; readonly scope: Scope } {
  if ((scope.station?.slice.kept ?? 1) === 1) return { register: replica, scope };
  if (target.slice.faces === 1) return { register: callerReplica(scope), scope };
  const taken = out.register(scope);
  scope.chunk.emit(Op.PAIR, {
    a: replica,
    b: taken.register,
    c: callerReplica(scope),
    d: target.slice.faces,
  });
  return taken;
}

export function callerReplica(scope: Scope): number {
  return scope.station === null ? ZERO : scope.replica;
}
