import type { SharePiece } from '../../model/model.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';

export type Arriving = ReturnType<typeof makeArriving>;

/** The next arrival instants of every source, and class and region of each request. */
export function makeArriving(kit: Kit, m: Machine) {
  const { BLOCK, hash32 } = kit;
  const { sources, open, blocks, taken, oneClass, classKeys, regionKeys } = m.arrivals;
  const { sentLow, sentHigh } = m.arrivals;
  const { now } = m;
  const { shiftNs } = m.scenarioTime;
  const { clockNs } = m.state.events;

  /** Puts the instant of the source's next arrival into `clockNs[0]`, in whole ns; Infinity when there is none. */
  function next(source: number): void {
    countSent(source);
    const used = taken[source]!;
    if (used === BLOCK) {
      refill(source);
      return;
    }
    taken[source] = used + 1;
    clockNs[0] = blocks[source * BLOCK + used]!;
  }

  /** As `next`, for a trace or when the instants worked out are used up. */
  function refill(source: number): void {
    const generator = open[source] ?? null;
    if (generator === null) {
      const trace = sources[source]!;
      const number = (sentLow[source]! - 1) >>> 0; // no trace is longer
      clockNs[0] = trace.model === 'trace' && number < trace.atNs.length ? trace.atNs[number]! : Infinity;
      return;
    }
    generator.fill();
    taken[source] = 1;
    clockNs[0] = blocks[source * BLOCK]!;
  }

  function countSent(source: number): void {
    const low = (sentLow[source]! + 1) | 0;
    sentLow[source] = low;
    if (low === 0) sentHigh[source] = sentHigh[source]! + 1;
  }

  /** Class of the request with this draw key. */
  function classOf(source: number, keyLow: number, keyHigh: number): number {
    const only = oneClass[source]!;
    if (only >= 0) return only;
    const spec = sources[source]!;
    if (spec.model === 'trace') {
      const classId = spec.classIds[keyLow >>> 0]!; // the lower word of its number: no trace is longer
      if (classId >= 0) return classId;
    }
    return drawShare(spec.classes, classKeys.low[source]!, classKeys.high[source]!, keyLow, keyHigh);
  }

  function regionOf(source: number, keyLow: number, keyHigh: number): number {
    const { regions } = sources[source]!;
    if (regions.length === 0) return 0;
    return drawShare(regions, regionKeys.low[source]!, regionKeys.high[source]!, keyLow, keyHigh);
  }

  /** Index drawn from the shares that hold now. */
  function drawShare(
    pieces: readonly SharePiece[],
    k0: number,
    k1: number,
    keyLow: number,
    keyHigh: number,
  ): number {
    let piece = pieces.length - 1;
    while (piece > 0 && pieces[piece]!.fromNs > now[0]! + shiftNs[0]!) piece--;
    const { cumulative } = pieces[piece]!;
    if (cumulative.length === 1) return 0;
    const value = hash32(k0, k1, keyLow, keyHigh);
    let index = 0;
    while (index < cumulative.length - 1 && value >= cumulative[index]!) index++;
    return index;
  }

  return { next, countSent, classOf, regionOf };
}
