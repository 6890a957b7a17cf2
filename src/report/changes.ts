/** Differences between two reviews in words. */
import type { Difference, MeasureName } from '../study/comparison.ts';
import type { Texts } from './texts/en.ts';

/** `P99 create, peak` */
export function measureName({ target, metric, phase }: MeasureName, { comparison }: Texts): string {
  const of = target === '*' ? '' : ` ${target.replace(/^(request|station):/, '')}`;
  return `${comparison.metric[metric]}${of}${phase === null ? '' : `, ${phase}`}`;
}

/** Significant ones, in order of weight. */
export function movedMeasures(differences: readonly Difference[]): Difference[] {
  return differences.filter(({ verdict }) => verdict === 'significant').toSorted(byWeight);
}

/** What requests see before what stations do, and of each the largest relative change first. */
export function byWeight(a: Difference, b: Difference): number {
  return rankOf(a) - rankOf(b) || sizeOf(b) - sizeOf(a);
}

function rankOf({ target }: Difference): number {
  return target.startsWith('station:') ? 1 : 0;
}

function sizeOf({ relativeDifference }: Difference): number {
  return relativeDifference === null ? Number.MAX_VALUE : Math.abs(relativeDifference);
}

/** Whether it is as large as a share of what it was, or, of what is a share itself, as many points; from or to nothing is. */
export function isAtLeast({ unit, difference, relativeDifference }: Difference, share: number): boolean {
  const size = unit === 'ratio' ? difference : relativeDifference;
  return size === null || Math.abs(size) >= share;
}
