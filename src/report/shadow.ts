/** Closed forms beside simulated values: which to show first, and how they are written. */
import type { Findings, ShadowQuantity, ShadowRow } from '../analysis/findings.ts';
import { formatCount, formatDuration, formatShare, significant } from './format.ts';
import type { Texts } from './texts/en.ts';

/** Largest differences first; those without a standard error last. */
export function largestFirst(rows: readonly ShadowRow[]): ShadowRow[] {
  const size = ({ differenceSe }: ShadowRow): number => (differenceSe === null ? -1 : Math.abs(differenceSe));
  return rows.toSorted((a, b) => size(b) - size(a));
}

/** One line: how many stations can be checked, and the largest difference. */
export function shadowSummary(
  { shadow, stations }: Findings,
  { shadow: texts, page, words }: Texts,
): string[] {
  const groups = new Set(stations.filter(({ role }) => role === 'servers').map(({ group }) => group));
  const checked = new Set(shadow.rows.map(({ group }) => group));
  const withWaits = new Set(
    shadow.rows.filter(({ formula }) => formula !== 'G/G/c').map(({ group }) => group),
  );
  if (groups.size === 0) return [];
  const { clauses } = words.between;
  const summary = texts.summary(checked.size, withWaits.size, groups.size);
  const [largest] = largestFirst(shadow.rows);
  if (largest === undefined) return [summary];
  if (largest.differenceSe === null) return [summary + clauses + texts.noError];
  const { group, quantity, phase, differenceSe } = largest;
  const during = shadow.rows.every((row) => row.phase === null) ? null : (phase ?? page.budgets.wholeRun);
  const size = significant(Math.abs(differenceSe), 2);
  return [summary + clauses + texts.largest(size, group, texts.quantity[quantity], during)];
}

/** A warning when a difference is no chance. */
export function shadowAlarms({ shadow: { rows } }: Findings, { shadow: texts }: Texts): string[] {
  const suspicious = largestFirst(rows.filter((row) => row.suspicious));
  const [worst] = suspicious;
  if (worst === undefined) return [];
  const size = significant(Math.abs(worst.differenceSe ?? 0), 2);
  return [texts.alarm(suspicious.length, worst.group, texts.quantity[worst.quantity], size)];
}

/** With enough digits to see a difference of a fraction of a per cent. */
const DIGITS = 4;

export function formatQuantity(value: number | null, quantity: ShadowQuantity): string {
  switch (quantity) {
    case 'waitNsMean':
    case 'waitNsP95':
    case 'waitNsP99':
      return formatDuration(value, DIGITS);
    case 'busyServers':
      return formatCount(value);
    default:
      return formatShare(value, DIGITS);
  }
}
