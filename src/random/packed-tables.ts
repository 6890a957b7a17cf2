/**
 * Quantile tables as text. Those of the shapes that most scenarios draw from are made when the program is bundled, not at
 * every start: building the first ones takes some 20 ms each, because V8 has not compiled the code yet.
 */
import type { Distribution } from './distributions.ts';

/** The exponential, and every other shape of catalog/ that is not a constant. */
export const COMMON_SHAPES: readonly Distribution[] = [
  { family: 'exponential', mean: 1 },
  ...[0.1, 0.3, 0.5, 0.8].map((cv): Distribution => ({ family: 'lognormal', mean: 1, cv })),
];

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bits of every node, whatever the byte order of the machine. */
export function packTable(nodes: Float64Array): string {
  return inLittleEndian(Buffer.from(nodes.slice().buffer)).toString('base64');
}

export function unpackTable(packed: string): Float64Array {
  return new Float64Array(Uint8Array.from(inLittleEndian(Buffer.from(packed, 'base64'))).buffer);
}

function inLittleEndian(bytes: Buffer): Buffer {
  return IS_LITTLE_ENDIAN ? bytes : bytes.swap64();
}
