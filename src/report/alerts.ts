/** Alerts as a reader sees them, alike on the terminal and in the page. */
import type { AlertFinding, Findings } from '../analysis/findings.ts';
import { exactDuration } from '../base/format.ts';
import { clockOf } from './clock.ts';
import type { Look } from './looks.ts';
import type { Texts } from './texts/en.ts';

export interface AlertRow {
  readonly look: Look;
  readonly id: string;
  readonly severity: string;
  /** When it first fires, and in how many replications; or that it never does. */
  readonly fires: string;
  /** Since when the condition held, and until when it did, of the first firing; how many there are. */
  readonly details: string;
  readonly rule: string;
  readonly target: string;
  readonly why: string | null;
}

const FIRING: Look = { sign: '●', tone: 'bad' };
const SILENT: Look = { sign: '○', tone: 'good' };

/** Those that fire first, in order of time. */
export function alertRows(findings: Findings, texts: Texts): AlertRow[] {
  const time = ({ firstFiredNs }: AlertFinding): number => firstFiredNs ?? Number.MAX_VALUE;
  return findings.alerts
    .toSorted((a, b) => time(a) - time(b))
    .map((alert): AlertRow => {
      const { id, severity, target, firstFiredNs, why } = alert;
      return {
        look: firstFiredNs === null ? SILENT : FIRING,
        ...{ id, severity, target, why },
        fires: firesText(alert, findings, texts),
        details: detailsText(alert, findings, texts),
        rule: ruleText(alert, texts),
      };
    });
}

function firesText(
  { firstFiredNs, firesIn }: AlertFinding,
  { scenario, replications: { done } }: Findings,
  { alerts }: Texts,
): string {
  if (firstFiredNs === null) return alerts.never;
  const at = clockOf(scenario)(firstFiredNs);
  return firesIn < done ? alerts.inSome(at, firesIn, done) : alerts.fired(at);
}

function detailsText({ firings }: AlertFinding, { scenario }: Findings, { alerts }: Texts): string {
  const [first] = firings;
  if (first === undefined) return '';
  const clock = clockOf(scenario);
  const { pendingNs, firedNs, resolvedNs } = first;
  return [
    ...(pendingNs === firedNs ? [] : [alerts.pending(clock(pendingNs))]),
    resolvedNs === null ? alerts.lasting : alerts.resolved(clock(resolvedNs)),
    ...(firings.length > 1 ? [alerts.times(firings.length)] : []),
  ].join(', ');
}

function ruleText({ when, overNs, forNs }: AlertFinding, { alerts }: Texts): string {
  const over = overNs.map(exactDuration).join(alerts.and);
  return alerts.rule(when, over, forNs === 0 ? null : exactDuration(forNs));
}
