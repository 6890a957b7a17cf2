/** What would carry the planned traffic, where the plan does not hold and something is too small for it. */
import type { Findings, PlannedLoad, Sizing, SizingChange } from '../analysis/findings.ts';
import { formatRate as exactRate } from '../base/format.ts';
import { formatFactor, formatMoney, formatRate, formatShare } from './format.ts';
import { setOptions, type Override } from './rerun.ts';
import type { Texts } from './texts/en.ts';

/** Of arithmetic. */
const ROUNDING = 1e-6;

/** Where queues grow so long that it is as good as full. */
const ALMOST_FULL = 0.95;

/** null where there is nothing to propose. */
export function proposedSizing({ verdict, sizing }: Findings): Sizing | null {
  if (verdict.status !== 'does-not-hold' || sizing === null) return null;
  return sizing.changes.length + stillTooBusy(sizing).length === 0 ? null : sizing;
}

/** What stays too busy: what its busiest replica gets is too much, however many there are. */
export function stillTooBusy({ loads, target }: Sizing): PlannedLoad[] {
  return loads.filter(({ kind, loadAfter }) => kind !== 'limiter' && loadAfter > target * (1 + ROUNDING));
}

/** What to change, what it costs, what is the fullest then, and how to try it. */
export function sizingSteps(sizing: Sizing, { sizing: texts }: Texts): string[] {
  const { offeredPerSec, changes, target } = sizing;
  const fullest = fullestAfter(sizing);
  const overrides = sizingOverrides(sizing);
  const phrases = changes.map((change) => changePhrase(change, texts));
  const cost = costPhrase(sizing, texts);
  return [
    ...(changes.length === 0 ? [] : [texts.step(formatRate(offeredPerSec), phrases, cost)]),
    stillTooBusy(sizing).length > 0
      ? unevenSentence(sizing, texts)
      : texts.then(formatShare(target), {
          name: fullest.name,
          used: formatShare(fullest.loadAfter),
          factor: formatFactor(1 / fullest.loadAfter),
        }),
    ...(overrides === null || overrides.length === 0 ? [] : [texts.tryIt(setOptions(overrides).join(' '))]),
  ];
}

/** '' where all are relieved. */
export function unevenSentence(sizing: Sizing, texts: Texts['sizing']): string {
  const names = stillTooBusy(sizing).map(({ name, loadAfter }) => `${name} (${formatShare(loadAfter)})`);
  return names.length === 0 ? '' : texts.uneven(names.join(', '));
}

export function changePhrase({ of, what, before, after }: SizingChange, texts: Texts['sizing']): string {
  const isRate = what === 'limit' || what === 'limit-each';
  const [from, to] = [before, after].map((each) => (isRate ? exactRate(each) : String(each)));
  return texts.change[what](of, from ?? '', to ?? '');
}

/** Of the replicas added, an hour; null where none is added. */
export function costPhrase({ extraPerHour, unpriced }: Sizing, texts: Texts['sizing']): string | null {
  const sums = extraPerHour.map(({ amount, currency }) => formatMoney(amount, currency));
  return sums.length + unpriced.length === 0 ? null : texts.cost(sums.join(' + '), unpriced);
}

/** What is full first if only the limits are raised; none where no limit is, or where that is enough. */
export function fullBehindLimits({ loads, changes }: Sizing): { limits: string[]; full: PlannedLoad[] } {
  const limits = changes.filter(({ what }) => what === 'limit' || what === 'limit-each').map(({ of }) => of);
  const full = loads.filter(({ kind, load }) => kind !== 'limiter' && load > ALMOST_FULL);
  return { limits, full: limits.length === 0 ? [] : full };
}

/** What is next to break, limiters too. There is a load, as there is a change. */
function fullestAfter({ loads }: Sizing): PlannedLoad {
  return loads.reduce((most, each) => (each.loadAfter > most.loadAfter ? each : most));
}

/** As `--set` takes them; null where not every change can be set. */
export function sizingOverrides({ changes }: Sizing): Override[] | null {
  if (changes.some(({ paths }) => paths.length === 0)) return null;
  return changes.flatMap(({ what, paths, after }) => {
    const value = what === 'limit' || what === 'limit-each' ? exactRate(after) : String(after);
    return paths.map((path) => ({ path, value }));
  });
}
