/** Writing observations into histogram banks and the tables of outcomes. */
import { SUB_BITS, WINDOW_SUB_BITS } from '../measure/histogram.ts';
import { BINS, WINDOW_BINS, type HistogramBank, type SparseBank } from './banks.ts';
import type { State } from './state.ts';

const FINE_SHIFT = 20 - SUB_BITS;
const FINE_BASE = (1023 << SUB_BITS) - 1;
const COARSE_SHIFT = 20 - WINDOW_SUB_BITS;
const COARSE_BASE = (1023 << WINDOW_SUB_BITS) - 1;

/** [0] The value to record, in ns: put here by the caller, because a double passed as argument is boxed. */
export const observedNs = new Float64Array(1);
// The bin comes from the high word of the double (see measure/histogram.ts); spelled out here because it is hot.
const words = new Int32Array(observedNs.buffer);

function recordFine(bank: HistogramBank, histogram: number): void {
  const valueNs = observedNs[0]!;
  let bin = (words[1]! >> FINE_SHIFT) - FINE_BASE;
  if (bin < 0) bin = 0;
  else if (bin >= BINS) bin = BINS - 1;
  const at = histogram * BINS + bin;
  const { counts, momentsNs } = bank;
  counts[at] = counts[at]! + 1;
  const moment = histogram * 2;
  momentsNs[moment] = momentsNs[moment]! + valueNs;
  if (valueNs > momentsNs[moment + 1]!) momentsNs[moment + 1] = valueNs;
}

function recordCoarse(bank: SparseBank, histogram: number): void {
  const valueNs = observedNs[0]!;
  let bin = (words[1]! >> COARSE_SHIFT) - COARSE_BASE;
  if (bin < 0) bin = 0;
  else if (bin >= WINDOW_BINS) bin = WINDOW_BINS - 1;
  const { momentsNs } = bank;
  const counts = (bank.counts[histogram] ??= new Uint32Array(WINDOW_BINS));
  counts[bin] = counts[bin]! + 1;
  const moment = histogram * 2;
  momentsNs[moment] = momentsNs[moment]! + valueNs;
  if (valueNs > momentsNs[moment + 1]!) momentsNs[moment + 1] = valueNs;
}

/** Records `observedNs` as a wait. */
export function recordWait(state: State, group: number): void {
  recordFine(state.groupHistograms, (state.groupRowNow + group) * 2);
}

/** A wait of 0: one more in the first bin; sum and maximum stay. */
export function recordNoWait(state: State, group: number): void {
  const { counts } = state.groupHistograms;
  const at = (state.groupRowNow + group) * 2 * BINS;
  counts[at] = counts[at]! + 1;
}

/** Records `observedNs` as a sojourn time. */
export function recordSojourn(state: State, group: number): void {
  recordFine(state.groupHistograms, (state.groupRowNow + group) * 2 + 1);
}

/** Records `observedNs` as the sojourn time of an operation. */
export function recordOperation(state: State, operation: number): void {
  recordFine(state.operationHistograms, state.phaseNow * state.model.operations.length + operation);
}

/** Records `observedNs` as the response time of a good request of the window it was due in. */
export function recordResponse(state: State, window: number, classId: number): void {
  recordFine(state.classHistograms, state.phaseOf[window]! * state.classCount + classId);
  recordCoarse(state.windowHistograms, window * state.classCount + classId);
}
