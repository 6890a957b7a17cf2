/**
 * Typed arrays at an address that never changes. V8 keeps arrays of up to 64 bytes inside its heap, where it moves them;
 * the address of the others is a constant that it can write into compiled code.
 */
const HEAP_BYTES_MAX = 64;

type NumberArray = Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The array itself where it lies outside the heap, else its numbers there. */
export function pinned<A extends NumberArray>(array: A): A {
  if (array.byteLength > HEAP_BYTES_MAX) return array;
  const outside = new ArrayBuffer(array.byteLength);
  const copy = Reflect.construct(array.constructor, [outside]) as A;
  copy.set(array);
  return copy;
}

/** One number at [0], through which hot functions hand on a double: V8 boxes one that crosses a call it does not
 *  inline. */
export function cell(): Float64Array {
  return pinned(new Float64Array(1));
}
