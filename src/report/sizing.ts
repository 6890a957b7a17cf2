/** What would carry the planned traffic, where the plan does not hold and something is too small for it. */
import type { Findings, PlannedLoad, Sizing, SizingChange } from '../analysis/findings.ts';
import { formatRate as exactRate } from '../base/format.ts';
import { formatMoney, formatRate, formatShare } from './format.ts';
import { setOptions, type Override } from './rerun.ts';
import type { Texts } from './texts/en.ts';

/** Where queues grow so long that it is as good as full. */
const ALMOST_FULL = 0.95;

/** null where there is nothing to propose. */
export function proposedSizing({ verdict, sizing }: Findings): Sizing | null {
  if (verdict.status !== 'does-not-hold' || sizing === null || sizing.changes.length === 0) return null;
  return sizing;
}

/** What to change, what it costs, what is the fullest then, and how to try it. */
export function sizingSteps(sizing: Sizing, { sizing: texts }: Texts): string[] {
  const { offeredPerSec, changes, target } = sizing;
  const fullest = fullestAfter(sizing);
  const overrides = sizingOverrides(sizing);
  return [
    texts.step(
      formatRate(offeredPerSec),
      changes.map((change) => changePhrase(change, texts)),
      costPhrase(sizing, texts),
    ),
    texts.then(
      formatShare(target),
      fullest === undefined ? null : { name: fullest.name, used: formatShare(fullest.loadAfter) },
    ),
    ...(overrides === null ? [] : [texts.tryIt(setOptions(overrides).join(' '))]),
  ];
}

export function changePhrase({ of, what, before, after }: SizingChange, texts: Texts['sizing']): string {
  const isRate = what === 'limit' || what === 'limit-each';
  const [from, to] = [before, after].map((each) => (isRate ? exactRate(each) : String(each)));
  return texts.change[what](of, from ?? '', to ?? '');
}

/** Of the replicas added, an hour; null where none is added. */
export function costPhrase({ extraPerHour, unpriced }: Sizing, texts: Texts['sizing']): string | null {
  const sums = extraPerHour.map(({ amount, currency }) => formatMoney(amount, currency));
  return sums.length + unpriced.length === 0 ? null : texts.cost(sums.join(' + '), unpriced.join(', '));
}

/** What is full first if only the limits are raised; none where no limit is, or where that is enough. */
export function fullBehindLimits({ loads, changes }: Sizing): { limits: string[]; full: PlannedLoad[] } {
  const limits = changes.filter(({ what }) => what === 'limit' || what === 'limit-each').map(({ of }) => of);
  const full = loads.filter(({ kind, load }) => kind !== 'limiter' && load > ALMOST_FULL);
  return { limits, full: limits.length === 0 ? [] : full };
}

function fullestAfter({ loads }: Sizing): PlannedLoad | undefined {
  return loads.filter(({ kind }) => kind !== 'limiter').toSorted((a, b) => b.loadAfter - a.loadAfter)[0];
}

/** As `--set` takes them; null where not every change can be set. */
export function sizingOverrides({ changes }: Sizing): Override[] | null {
  if (changes.some(({ paths }) => paths.length === 0)) return null;
  return changes.flatMap(({ what, paths, after }) => {
    const value = what === 'limit' || what === 'limit-each' ? exactRate(after) : String(after);
    return paths.map((path) => ({ path, value }));
  });
}
