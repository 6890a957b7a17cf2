/** Writing observations into histogram banks and the tables of outcomes. */
import type { HistogramBank, SparseBank } from '../banks.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';

export type Recording = ReturnType<typeof makeRecording>;

/** All record `m.observedNs[0]`, in ns. */
export function makeRecording(kit: Kit, m: Machine) {
  const { BINS, SUB_BITS, WINDOW_BINS, WINDOW_SUB_BITS } = kit;
  const FINE_SHIFT = 20 - SUB_BITS;
  const FINE_BASE = (1023 << SUB_BITS) - 1;
  const COARSE_SHIFT = 20 - WINDOW_SUB_BITS;
  const COARSE_BASE = (1023 << WINDOW_SUB_BITS) - 1;
  const { observedNs, observedWords: words, state, model } = m;
  const { groupHistograms, classHistograms, windowHistograms, operationHistograms } = state;
  const { counts: groupCounts, momentsNs: groupMomentsNs } = groupHistograms;
  const { counts: classCounts, momentsNs: classMomentsNs } = classHistograms;
  const { counts: windowCounts, momentsNs: windowMomentsNs } = windowHistograms;
  const { counts: operationCounts, momentsNs: operationMomentsNs } = operationHistograms;
  const { rowOf, classCount } = state;
  const operations = model.operations.length;

  // The bin comes from the high word of the double (see measure/histogram.ts); spelled out here because it is hot.
  function recordFine(counts: HistogramBank['counts'], momentsNs: Float64Array, histogram: number): void {
    const valueNs = observedNs[0]!;
    let bin = (words[1]! >> FINE_SHIFT) - FINE_BASE;
    if (bin < 0) bin = 0;
    else if (bin >= BINS) bin = BINS - 1;
    const at = histogram * BINS + bin;
    counts[at] = counts[at]! + 1;
    const moment = histogram * 2;
    momentsNs[moment] = momentsNs[moment]! + valueNs;
    if (valueNs > momentsNs[moment + 1]!) momentsNs[moment + 1] = valueNs;
  }

  function recordCoarse(counts: SparseBank['counts'], momentsNs: Float64Array, histogram: number): void {
    const valueNs = observedNs[0]!;
    let bin = (words[1]! >> COARSE_SHIFT) - COARSE_BASE;
    if (bin < 0) bin = 0;
    else if (bin >= WINDOW_BINS) bin = WINDOW_BINS - 1;
    const bins = (counts[histogram] ??= new Uint32Array(WINDOW_BINS));
    bins[bin] = bins[bin]! + 1;
    const moment = histogram * 2;
    momentsNs[moment] = momentsNs[moment]! + valueNs;
    if (valueNs > momentsNs[moment + 1]!) momentsNs[moment + 1] = valueNs;
  }

  function recordWait(group: number): void {
    recordFine(groupCounts, groupMomentsNs, (state.groupRowNow + group) * 2);
  }

  /** A wait of 0: one more in the first bin; sum and maximum stay. */
  function recordNoWait(group: number): void {
    const at = (state.groupRowNow + group) * 2 * BINS;
    groupCounts[at] = groupCounts[at]! + 1;
  }

  function recordSojourn(group: number): void {
    recordFine(groupCounts, groupMomentsNs, (state.groupRowNow + group) * 2 + 1);
  }

  /** Sojourn time of an operation. */
  function recordOperation(operation: number): void {
    recordFine(operationCounts, operationMomentsNs, state.rowNow * operations + operation);
  }

  /** Response time of a good request of the window it was due in. */
  function recordResponse(window: number, classId: number): void {
    recordFine(classCounts, classMomentsNs, rowOf[window]! * classCount + classId);
    recordCoarse(windowCounts, windowMomentsNs, window * classCount + classId);
  }

  return { recordWait, recordNoWait, recordSojourn, recordOperation, recordResponse };
}
