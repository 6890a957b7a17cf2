/** What broke, as sentences need it. */
import type { BreakFinding, Findings } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';
import { formatRate, formatShare } from './format.ts';
import type { BreakPhrase } from './texts/en-verdict.ts';
import type { Texts } from './texts/en.ts';

export function breakPhraseOf(each: BreakFinding, findings: Findings): BreakPhrase {
  const { scenario, limiters } = findings;
  return {
    shed: each.kind === 'shedding' ? shedMost(each.name, limiters) : null,
    admits: each.kind === 'shedding' ? admitsForEver(each, findings) : null,
    kind: each.kind,
    name: each.name,
    at: clockOf(scenario)(each.atNs),
    offered: formatRate(each.offeredPerSec),
    value: formatShare(each.value),
  };
}

/** A burst this much above the limit is worth a word. */
const BURST = 1.01;
/** Share of all requests from which on a limiter is asked by the whole site. */
const ALL = 0.99;

/** null where only a part of the site's requests asks it: their rate is not that of the limiter. */
function admitsForEver(
  { name, offeredPerSec }: BreakFinding,
  { limiters, requests }: Findings,
): string | null {
  const row = limiters.find(({ limiter, phase }) => limiter === name && phase === null);
  const offered = requests.reduce((sum, each) => sum + (each.phase === null ? each.offered : 0), 0);
  if (row === undefined || row.asked < ALL * offered) return null;
  return offeredPerSec > row.capacityPerSec * BURST ? formatRate(row.capacityPerSec) : null;
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
