/** One emitting function per kind of node; visits have a file of their own. */
import { UNLIMITED } from '../../model/model.ts';
import { Op } from '../../model/opcodes.ts';
import { saltOf } from '../parts/interned.ts';
import { thresholdOf } from '../parts/thresholds.ts';
import { refuse } from '../refusal.ts';
import type { Choice, Node, Parallel, Pause, Repeat, Send, Work } from '../tree/nodes.ts';
import { Label } from './assembler.ts';
import { emitVisit } from './call.ts';
import type { Emission } from './emission.ts';
import { emitEntered } from './entry.ts';
import { frame } from './frames.ts';
import type { Scope } from './scope.ts';

export function emitNodes(out: Emission, nodes: readonly Node[], scope: Scope): void {
  for (const node of nodes) emitNode(out, node, scope);
}

function emitNode(out: Emission, node: Node, scope: Scope): void {
  switch (node.kind) {
    case 'work':
      emitWork(out, node, scope);
      return;
    case 'pause':
      emitPause(out, node, scope);
      return;
    case 'visit':
      emitVisit(out, node, scope);
      return;
    case 'send':
      emitSend(out, node, scope);
      return;
    case 'parallel':
      emitParallel(out, node, scope);
      return;
    case 'choice':
      emitChoice(out, node, scope);
      return;
    case 'repeat':
      emitRepeat(out, node, scope);
      return;
    case 'fail':
      scope.chunk.emit(Op.FAIL, {
        c: scope.unwinding.from(scope.frame),
        x: thresholdOf(node.probability),
        stream: node.stream,
      });
      return;
    case 'reply':
      if (scope.leaving !== null) scope.chunk.emit(Op.LEAVE, scope.leaving);
      scope.chunk.emit(Op.REPLY);
  }
}

function emitWork(out: Emission, work: Work, scope: Scope): void {
  const { name, servers, serverGroup } = scope.station!;
  if (servers === null) {
    const message = `${name} has work to do but neither servers nor a host`;
    const help = 'give it servers (or on: a host), or write delay instead of serve';
    refuse({ code: 'HF507', message, help, path: ['stations', name] }, out.parts.site.position);
  }
  const { meanNs, table } = out.parts.draw(work.time);
  scope.chunk.emit(servers.discipline === 'ps' ? Op.SHARE : Op.SERVE, {
    a: serverGroup,
    b: scope.replica,
    c: scope.unwinding.from(scope.frame),
    d: table,
    x: meanNs * servers.demandFactor,
    stream: work.stream,
  });
}

function emitPause(out: Emission, pause: Pause, scope: Scope): void {
  const { meanNs, table, constant } = out.parts.draw(pause.time);
  const a = scope.station!.index;
  if (!constant) scope.chunk.emit(Op.DELAY, { a, d: table, x: meanNs, stream: pause.stream });
  else if (meanNs > 0) scope.chunk.emit(Op.PAUSE, { a, x: meanNs });
}

/** Nobody waits for it, so the activation it starts does everything itself, from choosing a replica on. */
function emitSend(out: Emission, send: Send, scope: Scope): void {
  const child = out.begin(scope);
  emitEntered(out, send.visit, child);
  scope.chunk.emit(Op.SEND, { a: out.end(child), b: saltOf(send.stream) });
}

function emitParallel(out: Emission, parallel: Parallel, scope: Scope): void {
  const { register, scope: inside } = out.register(scope);
  const starts = parallel.branches.map((branch) => {
    const child = out.begin(inside);
    emitNodes(out, branch, child);
    return out.end(child);
  });
  const fork = out.forks.length;
  out.forks.push({ starts, counts: starts.map(() => 1), join: parallel.join, salt: saltOf(parallel.stream) });
  scope.chunk.emit(Op.FORK, { a: fork, b: register });
  scope.chunk.emit(Op.JOINED, { a: fork, b: register, c: scope.unwinding.from(scope.frame) });
}

/** Each option but the last asks whether it is the one, given that none before it was. */
function emitChoice(out: Emission, choice: Choice, scope: Scope): void {
  const options = choice.options.filter((option) => option.share > 0);
  const end = new Label();
  let left = 1;
  options.forEach(({ share, nodes, stream }, index) => {
    const otherwise = new Label();
    const isLast = index === options.length - 1;
    if (!isLast) scope.chunk.emit(Op.CHANCE, { a: otherwise, x: thresholdOf(share / left), stream });
    emitNodes(out, nodes, scope);
    if (!isLast) scope.chunk.emit(Op.JUMP, { a: end });
    scope.chunk.place(otherwise);
    left -= share;
  });
  scope.chunk.place(end);
}

/**
 * A constant number of turns, or a geometric one: before each turn the chance m / (1 + m) decides whether it happens,
 * so P(N ≥ k) = (m / (1 + m))^k and the mean is m.
 */
function emitRepeat(out: Emission, { law, mean, nodes, stream }: Repeat, scope: Scope): void {
  const { chunk } = scope;
  if (law === 'constant' && mean === 1) {
    emitNodes(out, nodes, scope);
    return;
  }
  const { register, scope: taken } = out.register(scope);
  const c = scope.loopLevel + 1;
  // A failure inside takes the turn's word off the draw key again: whoever forgives it goes on with the old key.
  const inside = { ...taken, loopLevel: c, frame: frame(Op.BREAK, { b: register, c }, scope.frame) };
  const top = new Label();
  const end = new Label();
  chunk.emit(Op.LOOP, { b: register, c });
  chunk.place(top);
  if (law === 'geometric') chunk.emit(Op.CHANCE, { a: end, x: thresholdOf(mean / (1 + mean)), stream });
  emitNodes(out, nodes, inside);
  chunk.emit(Op.NEXT, { a: top, b: register, c, d: law === 'geometric' ? UNLIMITED : mean });
  chunk.place(end);
  if (law === 'geometric') chunk.emit(Op.BREAK, { b: register, c });
}
