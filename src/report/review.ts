/** What a review is drawn from: one result, and the studies that stand beside it. */
import type { Findings } from '../analysis/findings.ts';
import type { CapacityDocument } from '../study/capacity-document.ts';
import type { Comparison } from '../study/comparison.ts';
import type { SensitivityDocument } from '../study/sensitivity-document.ts';

export interface ReviewDocuments {
  readonly result: Findings;
  readonly capacity?: CapacityDocument | null;
  readonly sensitivity?: SensitivityDocument | null;
  /** Of the last review with this one. */
  readonly comparison?: Comparison | null;
}
