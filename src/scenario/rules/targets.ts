/** Every target of a call or path must exist, and have something to do. */
import { problem, type Problem } from '../problem.ts';
import { originAt } from '../tree.ts';
import { nameHelp, type Mention, type SiteView } from './site-view.ts';

export function checkTargets(site: SiteView): Problem[] {
  return site.mentions.flatMap((mention) => checkTarget(site, mention));
}

function checkTarget(site: SiteView, { target, path, verb }: Mention): Problem[] {
  const [station = '', operation, ...more] = target.split('.');
  if (more.length > 0) return [];
  const origin = originAt(site.tree, path);
  if (!site.stations.has(station)) {
    if (site.stations.size === 0) return [];
    const help = nameHelp('station', station, site.stations.keys());
    return [problem('HF301', origin, `unknown station ${JSON.stringify(station)}`, help)];
  }
  const operations = site.operationsOf(station);
  if (site.isOpaque(station)) return [];
  if (operation !== undefined) {
    if (operations.has(operation) && verb !== 'at') return [];
    if (verb === 'at')
      return [problem('HF301', origin, `at: names a station, not an operation`, `write at: ${station}`)];
    const help =
      operations.size === 0
        ? `${station} has no operations: write ${station}`
        : nameHelp('operation', operation, operations);
    return [problem('HF301', origin, `unknown operation ${JSON.stringify(operation)} of ${station}`, help)];
  }
  if (verb === 'at' || site.has(station, 'service')) return [];
  const help =
    operations.size === 0
      ? `give ${station} a service: or operations:`
      : `write ${station}.${[...operations][0] ?? ''}`;
  return [problem('HF301', origin, `${station} has no service of its own to visit`, help)];
}
