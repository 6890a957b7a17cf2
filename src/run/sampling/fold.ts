import { BINS, type HistogramBank } from '../banks.ts';
import type { State } from '../state.ts';

/** Moves all that is kept in one row to another: rows of histograms, sums of calls, failures and work. */
export function foldRow(state: State, from: number, to: number): void {
  const { model, classCount, instanceCount } = state;
  foldBank(state.groupHistograms, model.groups.length * 2, from, to);
  foldBank(state.classHistograms, classCount, from, to);
  foldBank(state.operationHistograms, model.operations.length, from, to);
  const { operationFailures, callSums, workNs } = state;
  foldSums(operationFailures, model.operations.length, from, to);
  foldSums(callSums, callSums.length / state.rowCount, from, to);
  foldSums(workNs, instanceCount, from, to);
}

function foldBank({ counts, momentsNs }: HistogramBank, width: number, from: number, to: number): void {
  for (let nth = 0; nth < width; nth++) {
    const source = (from * width + nth) * 2;
    const target = (to * width + nth) * 2;
    momentsNs[target] = momentsNs[target]! + momentsNs[source]!;
    momentsNs[target + 1] = Math.max(momentsNs[target + 1]!, momentsNs[source + 1]!);
    momentsNs.fill(0, source, source + 2);
  }
  foldSums(counts, width * BINS, from, to);
}

function foldSums(sums: Float64Array | Uint32Array, width: number, from: number, to: number): void {
  const source = from * width;
  const target = to * width;
  for (let i = 0; i < width; i++) {
    const here = sums[source + i]!;
    if (here !== 0) sums[target + i] = sums[target + i]! + here;
  }
  sums.fill(0, source, source + width);
}
