import type { Model } from '../../model/model.ts';
import { Op } from '../../model/opcodes.ts';

/** Instructions behind which a slot waits for an event or another slot. */
const WAITING: ReadonlySet<number> = new Set([
  ...[Op.DELAY, Op.PAUSE, Op.TRAVEL, Op.ACQUIRE, Op.SHARE, Op.CALL, Op.FORK],
]);

/** Addresses at which slots go on after an event, as `Slots.pc` has them, but for back-offs and thinking users. */
export function resumePoints({ program, classes, calls, backgrounds, forks }: Model): readonly number[] {
  const points = new Set<number>();
  program.op.forEach((op, pc) => {
    if (op === Op.SERVE) points.add(~pc);
    if (WAITING.has(op)) points.add(pc + 1);
    if (op === Op.SEND) points.add(program.a[pc]!);
  });
  for (const { start } of [...classes, ...calls, ...backgrounds]) points.add(start);
  for (const { starts } of forks) for (const start of starts) points.add(start);
  return [...points];
}
