/** What a scenario comes to by arithmetic alone, to tell how far a change of one input may reach. */
import type { Scenario } from '../scenario/types.ts';
import { limitersOf } from './advice/limiter-loads.ts';
import { Peaks } from './advice/peaks.ts';
import { Demands } from './demands.ts';
import { bendsOf } from './demands/offered.ts';
import type { Files } from './parts/csv.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { loadsOf } from './sampling/loads.ts';
import { inlineRequest } from './tree/inline.ts';
import { makeSite } from './tree/site.ts';

/** Unloaded response times (ns) by class, then the highest load of every resource and limiter. */
export type Figures = readonly number[];

export function figuresOf(
  scenario: Scenario,
  { files, position = nowhere }: { readonly files: Files; readonly position?: PositionOf },
): Figures {
  const site = makeSite(scenario, position);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const demands = new Demands(site, files);
  const peaks = new Peaks(site, trees, demands);
  const loadsAt = loadsOf(site, demands, peaks);
  const moments = bendsOf(scenario).flatMap((at) => [loadsAt(at, 'before'), loadsAt(at, 'after')]);
  const resources = moments[0]?.map((_, index) => Math.max(...moments.map((each) => each[index]?.load ?? 0)));
  const limiters = limitersOf(site).map(
    (each) => peaks.ofLimiter(each).asked / (each.ratePerSec * each.instances),
  );
  return [...peaks.demands.map(({ unloadedNs }) => unloadedNs), ...(resources ?? []), ...limiters];
}

/** The largest relative change of any of them; infinite where there are others now. */
export function reachOf(base: Figures, changed: Figures): number {
  if (base.length !== changed.length) return Infinity;
  return base.reduce((most, before, index) => {
    const after = changed[index] ?? before;
    if (before === after) return most;
    return Math.max(most, before === 0 ? Infinity : Math.abs(after / before - 1));
  }, 0);
}
