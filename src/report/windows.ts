/** The time a budget is about, with its numbers as a reader sees them; the words are in texts/. */
import type { BudgetFinding, Findings } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';
import { formatDuration, formatShare } from './format.ts';

export type WindowPhrase =
  | { readonly kind: 'all' }
  | { readonly kind: 'phase' | 'after'; readonly phase: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'worst'; readonly length: string; readonly within: string | null }
  | {
      readonly kind: 'slices';
      readonly length: string;
      readonly within: string | null;
      readonly good: string;
    };

export function windowPhraseOf(
  window: BudgetFinding['window'],
  scenario: Findings['scenario'],
): WindowPhrase {
  if (window === null) return { kind: 'all' };
  if (typeof window === 'string') return { kind: 'phase', phase: window };
  switch (window.kind) {
    case 'after':
      return { kind: 'after', phase: window.phase };
    case 'range': {
      const clock = clockOf(scenario);
      return { kind: 'range', from: clock(window.fromNs), to: clock(window.toNs) };
    }
    case 'worst':
      return { kind: 'worst', length: formatDuration(window.lengthNs), within: window.within };
    case 'slices': {
      const { lengthNs, within, goodRatio } = window;
      return { kind: 'slices', length: formatDuration(lengthNs), within, good: formatShare(goodRatio) };
    }
  }
}
