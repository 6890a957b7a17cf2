/** Rules that tie one part of a scenario to another. They read the plain tree, so they also work on a broken one. */
import { severityOf, type PlacedProblem, type Problem } from '../problem.ts';
import type { Tree } from '../tree.ts';
import { SiteView } from './site-view.ts';
import { checkAlerts } from './alerts.ts';
import { checkBudgets } from './budgets.ts';
import { checkCalls } from './call-graph.ts';
import { checkDisturbances } from './disturbances.ts';
import { checkShares } from './shares.ts';
import { checkStations } from './stations.ts';
import { checkTargets } from './targets.ts';
import { checkTime } from './time.ts';

/** `broken`: what the shape already says; what follows from it alone is left out. */
export function checkReferences(tree: Tree, broken: readonly PlacedProblem[]): Problem[] {
  const site = new SiteView(tree, broken);
  const checks = [
    checkTargets,
    checkCalls,
    checkShares,
    checkStations,
    checkBudgets,
    checkAlerts,
    checkDisturbances,
    checkTime,
  ];
  const found = checks.flatMap((check) => check(site));
  // What a misspelt key or target would have reached is no news.
  const isGuess =
    broken.some((each) => severityOf(each.problem.code) === 'error') ||
    found.some(({ code }) => code === 'HF301');
  return isGuess ? found.filter(({ code }) => code !== 'HF303') : found;
}
