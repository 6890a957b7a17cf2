import type { AlertRule, Condition } from '../scenario/types.ts';
import { holds } from './budgets/conditions.ts';
import { parseMetric, type Metric } from './budgets/metric.ts';
import type { Subject } from './budgets/reading.ts';
import { subjectsOf } from './budgets/subjects.ts';
import type { Context, Measured } from './context.ts';
import type { AlertFinding, AlertFiring } from './findings.ts';
import { CONFIDENCE_LEVEL } from './intervals.ts';

/** Firings that are listed. */
const FIRINGS_MAX = 20;

/**
 * When each alert would fire, as Prometheus evaluates its rules: at every edge of a window the condition is asked of what
 * lies `over` before it (at the beginning, of what there is); once it has held for `for` without a break the alert fires, and
 * resolves at the first edge at which it does not hold. What has no value, such as a percentile of too few, does not hold.
 * Each replication is a night of its own. Where time was left out of a run, the edges before and after are neighbours.
 */
export function findAlerts(context: Context, runs: readonly Measured[]): AlertFinding[] {
  return context.scenario.alerts.flatMap((rule) => {
    const subjects = subjectsOf(
      { model: context.model, figures: new Map(), currency: undefined },
      rule.target,
    );
    const metrics = rule.when.map(({ metric }) => parseMetric(metric));
    const kept = rule.target.includes('*')
      ? subjects.filter((subject) => metrics.every((metric) => subject.has(metric)))
      : subjects;
    return kept.map((subject) => findAlert(rule, subject, runs));
  });
}

function findAlert(rule: AlertRule, subject: Subject, runs: readonly Measured[]): AlertFinding {
  const ofEach = runs.map((run) => firingsOf(rule, subject, run));
  const firing = ofEach.filter((firings) => firings.length > 0);
  const firsts = firing.flatMap(([first]) => (first === undefined ? [] : [first.firedNs]));
  const { id, when, overNs, forNs, severity, why } = rule;
  return {
    ...{ id, target: subject.target, when: when.map(({ text }) => text).join(' and ') },
    ...{ overNs, forNs, severity, why },
    firesIn: firing.length,
    firstFiredNs: firsts.length === 0 ? null : firsts.reduce((sum, ns) => sum + ns, 0) / firsts.length,
    firings: (firing[0] ?? []).slice(0, FIRINGS_MAX),
  };
}

function firingsOf(rule: AlertRule, subject: Subject, run: Measured): AlertFiring[] {
  const held = rule.when.flatMap((condition) =>
    rule.overNs.map((overNs) => holdsAtEdges(condition, subject, run, overNs)),
  );
  const firings: AlertFiring[] = [];
  let pendingNs: number | null = null;
  let isFiring = false;
  run.windows.forEach(({ toNs }, index) => {
    if (!held.every((edges) => edges[index] === true)) {
      const last = isFiring ? firings.pop() : undefined;
      if (last !== undefined) firings.push({ ...last, resolvedNs: toNs });
      [pendingNs, isFiring] = [null, false];
      return;
    }
    pendingNs ??= toNs;
    if (isFiring || toNs - pendingNs < rule.forNs) return;
    isFiring = true;
    firings.push({ pendingNs, firedNs: toNs, resolvedNs: null });
  });
  return firings;
}

/** By window: whether the condition holds at its end, over so long before. */
function holdsAtEdges(condition: Condition, subject: Subject, run: Measured, overNs: number): boolean[] {
  const metric: Metric = parseMetric(condition.metric);
  const { windows } = run;
  let first = 0;
  return windows.map(({ toNs }, index) => {
    while (first < index && (windows[first]?.fromNs ?? toNs) < toNs - overNs) first++;
    const stretch = { windows: windows.slice(first, index + 1), phases: null };
    const { value } = subject.read(run, { metric, level: CONFIDENCE_LEVEL, at: () => stretch });
    return value !== null && holds(condition, value);
  });
}
