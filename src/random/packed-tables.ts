/**
 * Quantile tables as text. Those of the shapes that most scenarios draw from are made when the program is bundled, not at
 * every start: building the first ones takes some 20 ms each, because V8 has not compiled the code yet.
 */
import type { Distribution } from './distributions.ts';
import { TABLE_LENGTH } from './quantile-table.ts';

/** The exponential, and every other shape of catalog/ that is not a constant. */
export const COMMON_SHAPES: readonly Distribution[] = [
  { family: 'exponential', mean: 1 },
  ...[0.1, 0.3, 0.5, 0.8].map((cv): Distribution => ({ family: 'lognormal', mean: 1, cv })),
];

/** The bits of every node, whatever the byte order of the machine. */
export function packTable(nodes: Float64Array): string {
  const bytes = Buffer.alloc(8 * TABLE_LENGTH);
  nodes.forEach((node, index) => bytes.writeDoubleLE(node, 8 * index));
  return bytes.toString('base64');
}

export function unpackTable(packed: string): Float64Array {
  const bytes = Buffer.from(packed, 'base64');
  return Float64Array.from({ length: TABLE_LENGTH }, (_, index) => bytes.readDoubleLE(8 * index));
}
