import type { Kit } from '../kit.ts';
import type { Samples } from '../samples.ts';

export type Sampling = ReturnType<typeof makeSampling>;

/**
 * Requests chosen by hash whose time is booked layer by layer while they run: those whose hash lies below a threshold,
 * which begins where as many of the expected requests do as are wanted. When more than `SAMPLES_MAX` are kept the
 * threshold halves and those above it go: so the sample is one of the whole run however many requests come (closed users
 * bring as many as the site lets them). Rows of requests still inside live in one array with a free list; finished ones
 * are copied out. Until then a row holds its hash where the response time will stand.
 */
export function makeSampling(kit: Kit, samples: Samples) {
  const { PARTS, SAMPLES_MAX, hashInt32 } = kit;
  const { rowLength, free, finished, draws, windows, thresholds } = samples;
  const { k0, k1 } = samples.key;

  /** A row for a request with this key when the hash chooses it, else -1. */
  function open(classId: number, keyLow: number, keyHigh: number): number {
    const draw = hashInt32(k0, k1, keyLow, keyHigh) >>> 0;
    return draw < thresholds[classId]! ? take(draw) : -1;
  }

  /** A row for an activation whose parent has one. */
  function openChild(parentRow: number): number {
    return parentRow < 0 ? -1 : take(0);
  }

  /** Books the child's time on its parent and gives the child's row back. */
  function merge(parentRow: number, childRow: number): void {
    if (childRow < 0) return;
    if (parentRow >= 0) {
      const { rows } = samples;
      const from = childRow * rowLength;
      const to = parentRow * rowLength;
      for (let i = 0; i < rowLength; i++) rows[to + i] = rows[to + i]! + rows[from + i]!;
    }
    close(childRow);
  }

  function close(row: number): void {
    if (row >= 0) free.push(row);
  }

  /** Keeps the row of a request due in `window` that ended well. */
  function keep(row: number, classId: number, window: number, responseNs: number): void {
    const draw = samples.rows[row * rowLength]!;
    if (draw >= thresholds[classId]!) return; // the threshold has fallen since it began
    const copy = samples.rows.slice(row * rowLength, (row + 1) * rowLength);
    copy[0] = responseNs;
    finished[classId]!.push(copy);
    draws[classId]!.push(draw);
    windows[classId]!.push(window);
    while (finished[classId]!.length > SAMPLES_MAX) thin(classId);
  }

  function thin(classId: number): void {
    const threshold = thresholds[classId]! / 2;
    const drawn = draws[classId]!;
    thresholds[classId] = threshold;
    const isKept = (_: unknown, index: number): boolean => drawn[index]! < threshold;
    finished[classId] = finished[classId]!.filter(isKept);
    windows[classId] = windows[classId]!.filter(isKept);
    draws[classId] = drawn.filter((draw) => draw < threshold);
  }

  /** Adds a stretch of time to a part of a layer. */
  function book(row: number, layer: number, part: number, ns: number): void {
    const at = row * rowLength + 1 + layer * PARTS + part;
    samples.rows[at] = samples.rows[at]! + ns;
  }

  function take(draw: number): number {
    const row = free.pop() ?? samples.used++;
    const end = (row + 1) * rowLength;
    if (end > samples.rows.length) {
      const longer = new Float64Array(Math.max(1024, end * 2));
      longer.set(samples.rows);
      samples.rows = longer;
    }
    samples.rows.fill(0, end - rowLength, end);
    samples.rows[row * rowLength] = draw;
    return row;
  }

  return { open, openChild, merge, close, keep, book };
}
