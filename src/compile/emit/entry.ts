/** The caller's side of a visit: choosing a replica, and a connection to it. */
import { Op } from '../../model/opcodes.ts';
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
  if (!scope.background && target.slice.backgroundRatio > 0) echoVisit(out, visit, scope);
  const picked = emitPick(out, visit, target, scope);
  const pooled = scope.background ? picked.scope : emitPool(out, target, picked.scope, picked.replica);
  run({ ...pooled, station: target, replica: picked.replica });
  for (let held: Frame = pooled.frame; held !== scope.frame; held = held.outer!) scope.chunk.emit(held.op, held.operands);
}

/** Sliced runs: a visit like this one of another caller, with its own replica and times and its caller's connection. */
function echoVisit(out: Emission, visit: Visit, scope: Scope): void {
  const { backgroundRatio: ratio } = out.parts.station(visit.station).slice;
  const child = out.begin({ ...scope, background: true });
  emitEntered(out, { ...visit, own: null }, child);
  out.backgrounds.push({ start: out.end(child), ratio, stream: `${visit.stream}/background` });
  scope.chunk.emit(Op.ECHO, { a: out.backgrounds.length - 1 });
}

function emitPick(out: Emission, visit: Visit, target: StationPart, scope: Scope): { readonly replica: number; readonly scope: Scope } {
  if (target.slice.kept === 1) return { replica: ZERO, scope };
  const balancer = scope.background
    ? out.parts.backgroundBalancer(target, scope.station)
    : out.parts.balancer(target, scope.station);
  const shared = out.parts.balancers.items[balancer]!.callerCount === 1;
  const { register, scope: taken } = out.register(scope);
  const operands = { a: balancer, b: register, c: shared ? ZERO : callerReplica(scope) };
  scope.chunk.emit(Op.PICK, { ...operands, stream: `${visit.stream}/replica` });
  const held = out.parts.counts(balancer) ? frame(Op.DROP, operands, scope.frame) : scope.frame;
  return { replica: register, scope: { ...taken, frame: held } };
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
function emitPair(out: Emission, target: StationPart, scope: Scope, replica: number): { readonly register: number; readonly scope: Scope } {
  if ((scope.station?.slice.kept ?? 1) === 1) return { register: replica, scope };
  if (target.slice.kept === 1) return { register: callerReplica(scope), scope };
  const taken = out.register(scope);
  scope.chunk.emit(Op.PAIR, { a: replica, b: taken.register, c: callerReplica(scope), d: target.slice.kept });
  return taken;
}

export function callerReplica(scope: Scope): number {
  return scope.station === null ? ZERO : scope.replica;
}
