/** Writing observations into histogram banks and the tables of outcomes. */
import { SUB_BITS, WINDOW_SUB_BITS } from '../measure/histogram.ts';
import { BINS, WINDOW_BINS, type HistogramBank, type State } from './state.ts';

const FINE_SHIFT = 20 - SUB_BITS;
const FINE_BASE = (1023 << SUB_BITS) - 1;
const COARSE_SHIFT = 20 - WINDOW_SUB_BITS;
const COARSE_BASE = (1023 << WINDOW_SUB_BITS) - 1;

// The bin comes from the high word of the double (see measure/histogram.ts); spelled out here because it is hot.
const asFloat = new Float64Array(1);
const asWords = new Int32Array(asFloat.buffer);

function recordFine(bank: HistogramBank, histogram: number, valueNs: number): void {
  asFloat[0] = valueNs;
  let bin = (asWords[1]! >> FINE_SHIFT) - FINE_BASE;
  if (bin < 0) bin = 0;
  else if (bin >= BINS) bin = BINS - 1;
  const at = histogram * BINS + bin;
  bank.counts[at] = bank.counts[at]! + 1;
  bank.sumsNs[histogram] = bank.sumsNs[histogram]! + valueNs;
  if (valueNs > bank.maximaNs[histogram]!) bank.maximaNs[histogram] = valueNs;
}

function recordCoarse(bank: HistogramBank, histogram: number, valueNs: number): void {
  asFloat[0] = valueNs;
  let bin = (asWords[1]! >> COARSE_SHIFT) - COARSE_BASE;
  if (bin < 0) bin = 0;
  else if (bin >= WINDOW_BINS) bin = WINDOW_BINS - 1;
  const at = histogram * WINDOW_BINS + bin;
  bank.counts[at] = bank.counts[at]! + 1;
  bank.sumsNs[histogram] = bank.sumsNs[histogram]! + valueNs;
  if (valueNs > bank.maximaNs[histogram]!) bank.maximaNs[histogram] = valueNs;
}

export function recordWait(state: State, group: number, waitNs: number): void {
  recordFine(state.groupHistograms, (state.phaseNow * state.model.groups.length + group) * 2, waitNs);
}

export function recordSojourn(state: State, group: number, sojournNs: number): void {
  recordFine(state.groupHistograms, (state.phaseNow * state.model.groups.length + group) * 2 + 1, sojournNs);
}

export function recordOperation(state: State, operation: number, sojournNs: number): void {
  recordFine(
    state.operationHistograms,
    state.phaseNow * state.model.operations.length + operation,
    sojournNs,
  );
}

/** Response time of a good request of the window it was due in. */
export function recordResponse(state: State, window: number, classId: number, responseNs: number): void {
  const classes = state.model.classes.length;
  recordFine(state.classHistograms, state.windows[window]!.phase * classes + classId, responseNs);
  recordCoarse(state.windowHistograms, window * classes + classId, responseNs);
}
