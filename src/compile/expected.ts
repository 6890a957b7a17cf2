import type { ExpectedTraffic } from '../model/model.ts';
import type { Scenario } from '../scenario/types.ts';
import { Peaks } from './advice/peaks.ts';
import { Demands } from './demands.ts';
import { requestTotals } from './demands/volumes.ts';
import type { Files } from './parts/csv.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { inlineRequest } from './tree/inline.ts';
import { makeSite } from './tree/site.ts';

export interface ExpectedOptions {
  readonly slice: number;
  readonly files: Files;
  readonly position?: PositionOf;
}

/**
 * How much of a scenario a run with traffic thinned to 1/k meets, by arithmetic. Inside at once by Little's law: rate ×
 * unloaded response time at the peak of open traffic, and all users of closed populations; those of traces are not
 * counted.
 */
export function expectedTraffic(
  scenario: Scenario,
  { slice, files, position = nowhere }: ExpectedOptions,
): ExpectedTraffic {
  const site = makeSite(scenario, position);
  const names = Object.keys(scenario.requests);
  const trees = names.map((name) => inlineRequest(site, name));
  const demands = new Demands(site, files);
  const peaks = new Peaks(site, trees, demands);
  const { warmUpNs, lastsNs } = scenario.clock;
  const totals = requestTotals(scenario, demands.volume, { fromNs: -warmUpNs, toNs: lastsNs });
  const users = scenario.traffic.reduce((sum, each) => sum + (each.model === 'closed' ? each.users : 0), 0);
  const open = peaks.of(({ unloadedNs }) => unloadedNs / 1e9).offered;
  return {
    requests: names.map((name) => (totals.get(name) ?? 0) / slice),
    insideMax: (open + users) / slice,
  };
}
