/** Alerts: ids are unique, targets exist and keep the measure by window, and they look back over whole windows of the run. */
import { formatDuration } from '../../base/units.ts';
import { grainOf, type TargetKind } from '../budget-metrics.ts';
import { problem, type Problem } from '../problem.ts';
import { child, originAt, type Tree } from '../tree.ts';
import type { Path } from '../types.ts';
import { kindOf, placedConditions, type PlacedCondition } from './budget-conditions.ts';
import { checkId, checkMetric, checkTarget, targetNames } from './budgets.ts';
import { checkLength } from './budget-windows.ts';
import type { SiteView } from './site-view.ts';

export function checkAlerts(site: SiteView): Problem[] {
  const list = child(site.tree, 'alerts');
  const alerts = list?.kind === 'list' ? list.items : [];
  const seen = new Set<string>();
  const names = targetNames(site);
  return alerts.flatMap((alert, index) => [
    ...checkId('alert', child(alert, 'id'), seen),
    ...checkTarget(site, child(alert, 'target'), names),
    ...checkConditions(alert),
    ...lengthsOf(alert, ['alerts', index, 'over']).flatMap((path) => [
      ...checkLength(site, path),
      ...checkFits(site, path),
    ]),
    ...checkFits(site, ['alerts', index, 'for']),
  ]);
}

function checkConditions(alert: Tree): Problem[] {
  const kind = kindOf(child(alert, 'target'));
  if (kind === null) return [];
  return placedConditions(alert, ['when']).flatMap((placed) => {
    const missing = checkMetric(kind, placed);
    return missing.length > 0 ? missing : checkKept(kind, placed);
  });
}

/** An alert is evaluated at every edge of a window. */
function checkKept(kind: TargetKind, { condition: { metric }, tree }: PlacedCondition): Problem[] {
  if (grainOf(kind, metric) === 'window') return [];
  const what = `${metric} of ${kind === '*' ? '*' : `${kind}s`} is not kept by window`;
  return [problem('HF322', tree.origin, what, 'an alert needs a measure that is: see docs/scenario.md')];
}

function lengthsOf(alert: Tree, path: Path): Path[] {
  const over = child(alert, 'over');
  return over?.kind === 'list' ? over.items.map((_, index) => [...path, index]) : [path];
}

/** Longer than the run it could never fire, or look at what it asks for. */
function checkFits(site: SiteView, path: Path): Problem[] {
  const [lengthNs, lastsNs] = [site.durationAt(path), site.durationAt(['clock', 'lasts'])];
  if (lengthNs === null || lastsNs === null || lengthNs <= lastsNs) return [];
  const what = `${formatDuration(lengthNs)} is longer than the run, ${formatDuration(lastsNs)}`;
  const help = `write at most ${formatDuration(lastsNs)}`;
  return [problem('HF324', originAt(site.tree, path), what, help)];
}
