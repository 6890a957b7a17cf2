/** Instants against the length of the run. */
import { formatDuration } from '../../base/units.ts';
import { DEFAULTS } from '../defaults.ts';
import { problem, type Problem } from '../problem.ts';
import { child, nodeAt, originAt } from '../tree.ts';
import type { Path } from '../types.ts';
import { trafficPaths } from './shares.ts';
import type { SiteView } from './site-view.ts';

export function checkTime(site: SiteView): Problem[] {
  const lasts = site.durationAt(['clock', 'lasts']);
  if (lasts === null) return [];
  return [
    ...checkWarmUp(site, lasts),
    ...checkWindows(site, lasts),
    ...trafficPaths(site).flatMap((path) => checkCurve(site, path, lasts)),
    ...checkPhases(site),
  ];
}

/** Most of such a run is thrown away: the two were mixed up, or `lasts` was made shorter. */
function checkWarmUp(site: SiteView, lasts: number): Problem[] {
  const warmUp = site.durationAt(['clock', 'warmUp']);
  if (warmUp === null || warmUp <= lasts) return [];
  const origin = originAt(site.tree, ['clock', 'warmUp']);
  const what = `a warm-up longer than what is measured, ${formatDuration(lasts)}`;
  return [problem('HF204', origin, what, `write at most ${formatDuration(lasts)}, or a longer clock.lasts`)];
}

function checkWindows(site: SiteView, lasts: number): Problem[] {
  const window = site.durationAt(['clock', 'window']);
  if (window === null || window === 0 || lasts / window <= DEFAULTS.windowsMax) return [];
  const origin = originAt(site.tree, ['clock', 'window']);
  const least = formatDuration(lasts / DEFAULTS.windowsMax);
  return [problem('HF316', origin, `more than ${DEFAULTS.windowsMax} windows`, `write at least ${least}`)];
}

/** Points behind the end are never reached; a phase that begins there has nothing in it. */
function checkCurve(site: SiteView, path: Path, lasts: number): Problem[] {
  const curve = nodeAt(site.tree, [...path, 'curve']);
  if (curve?.kind !== 'list') return [];
  return curve.items.flatMap((point, i) => {
    const at = site.durationAt([...path, 'curve', i, 'at']);
    const hasPhase = child(point, 'phase') !== undefined;
    if (at === null || at < lasts || (at === lasts && !hasPhase)) return [];
    const origin = originAt(site.tree, [...path, 'curve', i, hasPhase ? 'phase' : 'at']);
    const what = hasPhase ? 'this phase begins when the run is over' : 'the run is over before this point';
    return [problem('HF313', origin, what, `clock.lasts is ${formatDuration(lasts)}`)];
  });
}

/** One name is one stretch of time: a budget could not tell two apart. */
function checkPhases(site: SiteView): Problem[] {
  return trafficPaths(site).flatMap((path) => {
    const curve = nodeAt(site.tree, [...path, 'curve']);
    const seen = new Set<string>();
    return (curve?.kind === 'list' ? curve.items : []).flatMap((point) => {
      const phase = child(point, 'phase');
      if (phase?.kind !== 'scalar' || typeof phase.value !== 'string') return [];
      const isTwice = seen.has(phase.value);
      seen.add(phase.value);
      return isTwice
        ? [
            problem(
              'HF304',
              phase.origin,
              `a second phase ${JSON.stringify(phase.value)}`,
              'give each phase a name of its own',
            ),
          ]
        : [];
    });
  });
}
