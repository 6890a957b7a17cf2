import { UNLIMITED, type RetryLoad } from '../../model/model.ts';
import { Demands } from '../demands.ts';
import { attemptsOf, eachVisit, type RequestTree } from '../tree/nodes.ts';
import type { Files } from './csv.ts';
import type { Parts } from './parts.ts';

/** What retries can add at each group of servers that they reach: expected demands without and with every retry. */
export function retryLoadsOf(
  { site, groups, infos }: Parts,
  trees: readonly RequestTree[],
  files: Files,
): RetryLoad[] {
  if (!trees.some(isRetried)) return [];
  const demands = new Demands(site, files);
  const once = demands.of(trees);
  const retried = demands.of(trees, { retried: true });
  return groups.flatMap(({ role, station, serverCount }, group): RetryLoad[] => {
    const { name } = infos[station]!;
    if (role !== 'servers' || serverCount === UNLIMITED) return [];
    const classes = once.map(({ stations }, index) => {
      const { visits = 0, workNs = 0 } = stations.get(name) ?? {};
      return { visits, workNs, retriedWorkNs: retried[index]!.stations.get(name)?.workNs ?? 0 };
    });
    return classes.some(({ workNs, retriedWorkNs }) => retriedWorkNs > workNs) ? [{ group, classes }] : [];
  });
}

function isRetried({ nodes }: RequestTree): boolean {
  let found = false;
  eachVisit(nodes, (visit) => {
    found ||= attemptsOf(visit) > 1;
  });
  return found;
}
