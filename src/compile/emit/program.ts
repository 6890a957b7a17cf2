import type { Background, CallSite, Fork, Program } from '../../model/model.ts';
import type { Parts } from '../parts/parts.ts';
import { refuse } from '../refusal.ts';
import type { RequestTree } from '../tree/nodes.ts';
import { link, type Label } from './assembler.ts';
import { Emission } from './emission.ts';
import { emitNodes } from './nodes.ts';
import { CLIENT } from './scope.ts';

/** Instructions of all classes together; a program beyond it is refused: its calls multiply. */
const INSTRUCTIONS_MAX = 200_000;

export interface Emitted {
  readonly program: Program;
  /** First address of each request class. */
  readonly starts: readonly number[];
  readonly calls: readonly CallSite[];
  readonly forks: readonly Fork[];
  readonly backgrounds: readonly Background[];
}

/** @throws {UserError} when the program grows beyond `INSTRUCTIONS_MAX`. */
export function emitProgram(parts: Parts, trees: readonly RequestTree[]): Emitted {
  const out = new Emission(parts, emitNodes);
  const starts: Label[] = [];
  for (const tree of trees) {
    const request = out.begin(CLIENT);
    emitNodes(out, tree.nodes, request);
    starts.push(out.end(request));
    const length = out.chunks.reduce((sum, chunk) => sum + chunk.code.length, 0);
    if (length <= INSTRUCTIONS_MAX) continue;
    const message = `with request class ${tree.name} the program has more than ${INSTRUCTIONS_MAX} instructions`;
    const help = 'calls multiply: replace repeated operations by repeat steps, or cut the call tree';
    refuse({ code: 'HF506', message, help, path: ['requests', tree.name] }, parts.site.position);
  }
  const program = link(out.chunks, out);
  return {
    program,
    starts: starts.map((start) => start.address),
    calls: out.calls.map((call) => ({ ...call, start: call.start.address })),
    forks: out.forks.map((fork) => ({ ...fork, starts: fork.starts.map((start) => start.address) })),
    backgrounds: out.backgrounds.map((background) => ({ ...background, start: background.start.address })),
  };
}
