/** What broke, as sentences need it. */
import type { BreakFinding, Findings } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';
import { formatRate, formatShare } from './format.ts';
import type { BreakPhrase } from './texts/en-verdict.ts';
import type { Texts } from './texts/en.ts';

export function breakPhraseOf(each: BreakFinding, { scenario, limiters }: Findings): BreakPhrase {
  return {
    shed: each.kind === 'shedding' ? shedMost(each.name, limiters) : null,
    kind: each.kind,
    name: each.name,
    at: clockOf(scenario)(each.atNs),
    offered: formatRate(each.offeredPerSec),
    value: formatShare(each.value),
  };
}

function shedMost(name: string, limiters: Findings['limiters']): BreakPhrase['shed'] {
  const rows = limiters.filter(({ limiter }) => limiter === name);
  const ofPhases = rows.filter(({ phase }) => phase !== null);
  const [most] = (ofPhases.length > 0 ? ofPhases : rows).toSorted(
    (a, b) => (b.shedRatio ?? 0) - (a.shedRatio ?? 0),
  );
  return most === undefined ? null : { share: formatShare(most.shedRatio), phase: most.phase };
}

/** In how many replications it broke; null where in all of them. */
export function inSome(
  { replications: count }: BreakFinding,
  { replications: { done } }: Findings,
  { inSome: words }: Texts['terminal'],
): string | null {
  return count < done ? words(count, done) : null;
}
