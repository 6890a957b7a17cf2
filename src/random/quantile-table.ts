import { atUnitMean, type Distribution, lawOf } from './distributions.ts';
import type { Law } from './laws/law.ts';

/**
 * Any distribution as one table, so that one 32-bit draw gives one sample without a transcendental function.
 *
 * A draw V stands for the survival probability v = (V + ½)/2^32: large samples come from small draws. The draws of an
 * octave, 2^(i−1) ≤ V < 2^i, share 128 equal cells, and the quantile function is linear within a cell; V = 0 is an
 * octave by itself. Cells so shrink with v, and the tail is as exact as the body.
 *
 *     node 128·i + j  holds the quantile at survival (a + ½)/2^32,   a = 2^(i−1)·(1 + j/128),   i = 0 … 32
 *
 * Nodes are then moved a little to keep the mean (`matchMean`). Measured and pinned in
 * tests/random/quantile-table.test.ts and examples.ts:
 *
 * - the mean over all 2^32 draws is that of the distribution within 1e-12;
 * - the quantile x is off by at most h²/9·|v²·x″/x|, h ≤ 1/128 being the width of a cell relative to v. From P90 up
 *   that is 2.4e-6 for an exponential and below 2e-5 for every smooth family up to cv = 2 (2e-4 for a hyperexponential
 *   of cv 5, where its branches meet); at P50 1e-5 and 2e-5, but for gamma laws with a median near 0 (1e-4 at cv 2);
 *   nothing for constant and uniform. Below P50 a cell is 1/256 wide; the lowest 0.4 % of the values lie on one line
 *   with the right mean;
 * - where given quantile points bend or jump, that cell smears it: v is off by at most v/128, a bend by 1 % of x;
 * - V = 0 gives the mean of the topmost 2^-32, and nothing is larger. For a Pareto of α = 1.1 this one draw carries
 *   13 % of the mean, so that no run of ordinary length will show that mean: as with the true law.
 *
 * It is the log-linear grid of an HDR histogram, laid over probability instead of value.
 */
export const CELL_BITS = 7;
const CELLS = 1 << CELL_BITS;
const DRAWS = 4294967296;

/** Nodes of one table: 33 octaves of 128 cells, and the lower bound. 34 kB, of which half of the draws touch 1 kB. */
export const TABLE_LENGTH = 33 * CELLS + 1;

const LAST_CELL = TABLE_LENGTH - 2;

/**
 * First node after the octaves in which no cell holds more than one draw; up to there each draw has a node of its
 * own.
 */
const FIRST_SHARED = 9 * CELLS;

/**
 * Sample that draw `draw32` (uint32 or int32) stands for, in the table that begins at `offset`: times the mean it is
 * a sample of the distribution. It falls as the draw, read as uint32, rises.
 */
export function sampleTable(tables: Float64Array, offset: number, draw32: number): number {
  const zeros = Math.clz32(draw32);
  const normal = draw32 << zeros; // leading one at bit 31, then 7 bits of cell, then 24 bits within the cell
  const cell = offset + ((32 - zeros) << CELL_BITS) + ((normal >>> 24) & (CELLS - 1));
  const node = tables[cell]!;
  return node + ((normal << 8) >>> 0) * (1 / DRAWS) * (tables[cell + 1]! - node);
}

/**
 * Table of a distribution scaled to mean 1: a pure function of its shape.
 *
 * @throws {RangeError} when a parameter of the distribution is out of range.
 */
export function buildTable(distribution: Distribution): Float64Array {
  const law = lawOf(atUnitMean(distribution));
  if (law.cv === 0) return new Float64Array(TABLE_LENGTH).fill(law.mean);
  const nodes = new Float64Array(TABLE_LENGTH);
  const means = meansOfDraws(law, drawsIn(FIRST_SHARED) * CELLS);
  for (let node = 0; node < TABLE_LENGTH; node++) {
    const start = cellStart(node);
    nodes[node] =
      node < FIRST_SHARED ? means[Math.floor(start)]! : law.quantile(Math.min(1, (start + 0.5) / DRAWS));
  }
  matchMean(law, nodes);
  return nodes;
}

/** Exact mean of `sampleTable` over all 2^32 draws. */
export function tableMean(nodes: Float64Array): number {
  let sum = 0;
  for (let draw = 0; draw < drawsIn(FIRST_SHARED) * CELLS; draw++) sum += sampleTable(nodes, 0, draw);
  for (let cell = FIRST_SHARED; cell <= LAST_CELL; cell++) {
    sum += drawsIn(cell) * cellMean(nodes, cell);
  }
  return sum / DRAWS;
}

/**
 * Moves nodes so that the table's mean is the law's, as near as possible to where each cell's error arises.
 *
 * A cell whose line lies too high on average (a convex quantile function) lowers its upper node, one whose line lies
 * too low raises its lower node, by
 *
 *     δ = n·e/W,   W = (n + n′)/2
 *
 * e the error of the cell's mean, n and n′ the draws in the two cells that share the node, W the node's weight in the
 * sum over all draws. A cell moves one of its nodes, towards the other and no further, so the order of the nodes
 * survives, across jumps too.
 */
function matchMean(law: Law, nodes: Float64Array): void {
  const original = nodes.slice();
  let above = law.upperMean(cellStart(FIRST_SHARED) / DRAWS);
  for (let cell = FIRST_SHARED; cell <= LAST_CELL; cell++) {
    const draws = drawsIn(cell);
    const end = law.upperMean(cellStart(cell + 1) / DRAWS);
    const exact = ((end - above) / draws) * DRAWS;
    above = end;
    // Where values are tiny, `exact` may be all rounding.
    const target = Math.min(Math.max(exact, original[cell + 1]!), original[cell]!);
    const error = cellMean(original, cell) - target;
    const weighed = 2 * draws * Math.abs(error);
    if (error > 0) {
      nodes[cell] = Math.max(nodes[cell]! - weighed / (draws + drawsIn(cell - 1)), original[cell + 1]!);
    } else {
      const next = cell === LAST_CELL ? -1 : drawsIn(cell + 1);
      nodes[cell + 1] = Math.min(nodes[cell + 1]! + weighed / (draws + next), original[cell]!);
    }
  }
}

/** First draw of a cell; a fraction where cells are narrower than a draw. */
function cellStart(cell: number): number {
  return powerOfTwo((cell >> CELL_BITS) - 1) * (1 + (cell & (CELLS - 1)) / CELLS);
}

/** Number of draws in a cell. */
function drawsIn(cell: number): number {
  return powerOfTwo((cell >> CELL_BITS) - 1 - CELL_BITS);
}

function powerOfTwo(exponent: number): number {
  return exponent < 0
    ? 1 / powerOfTwo(-exponent)
    : (1 << (exponent >> 1)) * (1 << (exponent - (exponent >> 1)));
}

/** Mean over the draws of one cell, which sit at 0, 1/n … (n − 1)/n of the way between its nodes. */
function cellMean(nodes: Float64Array, cell: number): number {
  const draws = drawsIn(cell);
  return nodes[cell]! + ((draws - 1) / (2 * draws)) * (nodes[cell + 1]! - nodes[cell]!);
}

/** Means of the law over the survival probabilities of draw 0, 1 …, each kept between its bounds against rounding. */
function meansOfDraws(law: Law, count: number): Float64Array {
  const means = new Float64Array(count);
  let above = law.upperMean(0);
  let upper = law.quantile(0);
  for (let draw = 0; draw < count; draw++) {
    const to = (draw + 1) / DRAWS;
    const end = law.upperMean(to);
    const lower = law.quantile(to);
    means[draw] = Math.min(Math.max((end - above) * DRAWS, lower), upper);
    above = end;
    upper = lower;
  }
  return means;
}
