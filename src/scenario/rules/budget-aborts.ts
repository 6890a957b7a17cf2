/** Aborts of budgets: there is something to watch for, window by window, while there is something left to stop. */
import { formatDuration } from '../../base/units.ts';
import { grainOf, type TargetKind } from '../budget-metrics.ts';
import { problem, type Problem } from '../problem.ts';
import { child, nodeAt, originAt, type Tree } from '../tree.ts';
import type { Path } from '../types.ts';
import { kindOf, placedConditions, type PlacedCondition } from './budget-conditions.ts';
import { beginningOf } from './budget-windows.ts';
import type { SiteView } from './site-view.ts';

export function checkAbort(site: SiteView, index: number): Problem[] {
  const budget = nodeAt(site.tree, ['budgets', index]);
  const abort = child(budget, 'abort');
  if (budget === undefined || abort === undefined) return [];
  const kind = kindOf(child(budget, 'target'));
  return [
    ...checkLevel(site, budget, abort),
    ...checkAfter(site, index),
    ...(kind === null ? [] : placedConditions(budget, ['expect']).flatMap((each) => checkKept(kind, each))),
  ];
}

/** What is not required stops nothing. */
function checkLevel(site: SiteView, budget: Tree, abort: Tree): Problem[] {
  const level = child(budget, 'level') ?? nodeAt(site.tree, ['budgetDefaults', 'level']);
  if (level?.kind !== 'scalar' || level.value !== 'warn') return [];
  const help = 'write level: error, or leave abort out';
  return [problem('HF313', abort.origin, 'a budget that is not required aborts nothing', help)];
}

/** The time line is what is watched. */
function checkKept(kind: TargetKind, { condition: { metric }, tree }: PlacedCondition): Problem[] {
  const grain = grainOf(kind, metric);
  if (grain === null || grain === 'window') return [];
  const what = `${metric} of ${kind === '*' ? '*' : `${kind}s`} is not kept by window: nothing tells when it breaks`;
  const help = 'leave abort out, or give it to a budget of what the time line has: see docs/scenario.md';
  return [problem('HF322', tree.origin, what, help)];
}

function checkAfter(site: SiteView, index: number): Problem[] {
  const path: Path = ['budgets', index, 'abort', 'after'];
  const own: Path = ['budgets', index, 'window'];
  const window = nodeAt(site.tree, own) === undefined ? ['budgetDefaults', 'window'] : own;
  const [afterNs, lastsNs] = [site.durationAt(path), site.durationAt(['clock', 'lasts'])];
  const beginsNs = beginningOf(site, window);
  if (afterNs === null || lastsNs === null || beginsNs + afterNs < lastsNs) return [];
  const begins = beginsNs === 0 ? '' : ` that begins at ${formatDuration(beginsNs)}`;
  const what = `${formatDuration(afterNs)} after the beginning of a window${begins} the run is over`;
  const help =
    beginsNs < lastsNs ? `write less than ${formatDuration(lastsNs - beginsNs)}` : 'leave abort out';
  return [problem('HF324', originAt(site.tree, path), what, help)];
}
