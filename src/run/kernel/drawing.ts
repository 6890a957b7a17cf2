import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';

export type Drawing = ReturnType<typeof makeDrawing>;

/** Samples of distributions, left in `drawn[0]`. */
export function makeDrawing(kit: Kit, m: Machine) {
  const { CELL_BITS, TABLE_LENGTH } = kit;
  const { tables, drawn } = m;
  const CELL_MASK = (1 << CELL_BITS) - 1;
  const CELL_SHIFT = 31 - CELL_BITS;
  const TO_UNIT = 1 / 4294967296;

  /** Whole ns: the sample with unit mean that `draw` stands for in a table (as `sampleTable`), times `meanNs[at]`. */
  function drawNs(table: number, draw: number, meanNs: Float64Array, at: number): void {
    const zeros = Math.clz32(draw);
    const normal = draw << zeros; // leading one at bit 31, then the bits of the cell, then those within the cell
    const cell = table * TABLE_LENGTH + ((32 - zeros) << CELL_BITS) + ((normal >>> CELL_SHIFT) & CELL_MASK);
    const node = tables[cell]!;
    const sample = node + ((normal << (CELL_BITS + 1)) >>> 0) * TO_UNIT * (tables[cell + 1]! - node);
    drawn[0] = Math.floor(meanNs[at]! * sample + 0.5);
  }

  return { drawNs };
}
