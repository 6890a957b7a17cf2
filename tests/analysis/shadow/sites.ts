/** Small sites in station words, and what the shadow says of them. */
import type { ShadowFinding, ShadowRow } from '../../../src/analysis/findings.ts';
import { findingsOf } from '../../promises/world.ts';

export interface SiteParts {
  readonly clock?: string;
  readonly traffic?: string;
  readonly stations: string;
  readonly requests?: string;
  readonly more?: string;
}

/** 100 s of Poisson arrivals at 700/s, one request class through `desk`, unless said otherwise. */
export function siteText({ clock, traffic, stations, requests, more = '' }: SiteParts): string {
  return [
    'scenario: shadow',
    `clock: ${clock ?? '{ lasts: 100s, warmUp: 10s }'}`,
    `traffic: ${traffic ?? '{ rate: 700/s }'}`,
    `stations: ${stations}`,
    `requests: ${requests ?? '{ customer: { path: [desk] } }'}`,
    more,
  ].join('\n');
}

export function shadowOf(parts: SiteParts): ShadowFinding {
  return findingsOf({ text: siteText(parts) }).shadow;
}

/** Group, closed form and quantities of every row, e.g. `desk M/M/1: utilizationRatio waitNsMean`. */
export function formsOf({ rows }: ShadowFinding): string[] {
  const forms = new Map<string, string[]>();
  for (const { group, phase, formula, quantity } of rows) {
    const key = `${group}${phase === null ? '' : ` in ${phase}`} ${formula}`;
    forms.set(key, [...(forms.get(key) ?? []), quantity]);
  }
  return [...forms].map(([key, quantities]) => `${key}: ${quantities.join(' ')}`);
}

/** `desk noise customer` */
export function reasonsOf({ refusals }: ShadowFinding): string[] {
  return refusals.map(({ group, phase, reason, of }) =>
    [group, phase === null ? null : `in ${phase}`, reason, of].filter((part) => part !== null).join(' '),
  );
}

/** Rows that have a standard error and lie further than four of them from the theory. */
export function tooFar({ rows }: ShadowFinding): ShadowRow[] {
  return rows.filter(({ differenceSe }) => differenceSe !== null && Math.abs(differenceSe) > 4);
}
