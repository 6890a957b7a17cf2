/** The time that budgets are about: phases exist, edges and lengths fit the time line, the measure is kept for it. */
import { formatDuration } from '../../base/units.ts';
import { grainNeeded, grainOf, isFineEnough, type Grain, type TargetKind } from '../budget-metrics.ts';
import { defaultWindowNs } from '../finish.ts';
import { problem, type Problem } from '../problem.ts';
import { child, nodeAt, originAt, type Tree } from '../tree.ts';
import type { Path } from '../types.ts';
import type { PlacedCondition } from './budget-conditions.ts';
import { trafficPaths } from './shares.ts';
import { nameHelp, type SiteView } from './site-view.ts';

/** Where the phases begin, in order of the file. */
function phaseStarts(site: SiteView): { readonly name: string; readonly atNs: number | null }[] {
  return trafficPaths(site).flatMap((path) => {
    const curve = nodeAt(site.tree, [...path, 'curve']);
    const points = curve?.kind === 'list' ? curve.items : [];
    return points.flatMap((point, i) => {
      const phase = child(point, 'phase');
      const atNs = site.durationAt([...path, 'curve', i, 'at']);
      return phase?.kind === 'scalar' && typeof phase.value === 'string' ? [{ name: phase.value, atNs }] : [];
    });
  });
}

export function checkWindow(site: SiteView, path: Path): Problem[] {
  const window = nodeAt(site.tree, path);
  if (window === undefined) return [];
  if (window.kind === 'scalar') return checkPhase(site, path);
  const lengths = ['worst', 'slices'].flatMap((key) => checkLength(site, [...path, key]));
  return [
    ...checkPhase(site, [...path, 'within']),
    ...checkPhase(site, [...path, 'after']),
    ...lengths,
    ...checkRange(site, path),
    ...checkIsThere(site, path),
  ];
}

/** When a phase takes place, or the whole run (null); null where that cannot be told: phases of several sources cut each other. */
function timeOf(site: SiteView, name: string | null): { fromNs: number; toNs: number } | null {
  const lastsNs = site.durationAt(['clock', 'lasts']);
  if (lastsNs === null || name === null) return lastsNs === null ? null : { fromNs: 0, toNs: lastsNs };
  if (trafficPaths(site).length > 1) return null;
  const starts = phaseStarts(site);
  const index = starts.findIndex((each) => each.name === name);
  const [fromNs, nextNs] = [starts[index]?.atNs ?? null, starts[index + 1]?.atNs];
  if (index < 0 || fromNs === null || nextNs === null) return null;
  return { fromNs, toNs: Math.min(lastsNs, nextNs ?? lastsNs) };
}

/** When the time of a budget begins; 0 where that cannot be told. */
export function beginningOf(site: SiteView, path: Path): number {
  const after = textAt(site, [...path, 'after']);
  if (after !== null) return timeOf(site, after)?.toNs ?? 0;
  const phase = textAt(site, path) ?? textAt(site, [...path, 'within']);
  const time = timeOf(site, phase === 'all' ? null : phase);
  return site.durationAt([...path, 'from']) ?? time?.fromNs ?? 0;
}

/** A stretch longer than the time it lies in, or after the end, would never have any data. */
function checkIsThere(site: SiteView, path: Path): Problem[] {
  const refused = (key: string, what: string, help: string): Problem[] => [
    problem('HF324', originAt(site.tree, [...path, key]), what, help),
  ];
  const lastsNs = site.durationAt(['clock', 'lasts']);
  const after = timeOf(site, textAt(site, [...path, 'after']));
  if (textAt(site, [...path, 'after']) !== null && after !== null && after.toNs === lastsNs) {
    return refused('after', 'nothing comes after this phase: it lasts to the end', 'name an earlier phase');
  }
  const toNs = site.durationAt([...path, 'to']);
  if (toNs !== null && lastsNs !== null && toNs > lastsNs) {
    return refused(
      'to',
      `it ends after the run, which lasts ${formatDuration(lastsNs)}`,
      `write to: ${formatDuration(lastsNs)}`,
    );
  }
  const within = textAt(site, [...path, 'within']);
  const time = timeOf(site, within === 'all' ? null : within);
  return ['worst', 'slices'].flatMap((key) => {
    const lengthNs = site.durationAt([...path, key]);
    const roomNs = time === null ? null : time.toNs - time.fromNs;
    if (lengthNs === null || roomNs === null || lengthNs <= roomNs) return [];
    const where = within === null || within === 'all' ? 'the run' : `the phase ${within}`;
    const what = `${formatDuration(lengthNs)} is longer than ${where}, ${formatDuration(roomNs)}`;
    return refused(key, what, `write at most ${formatDuration(roomNs)}`);
  });
}

function textAt(site: SiteView, path: Path): string | null {
  const node = nodeAt(site.tree, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

function checkPhase(site: SiteView, path: Path): Problem[] {
  const node = nodeAt(site.tree, path);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value === 'all') return [];
  const phases = phaseStarts(site).map(({ name }) => name);
  if (phases.includes(node.value)) return [];
  const help =
    phases.length === 0
      ? 'name one in a point of the curve: phase: peak'
      : nameHelp('phase', node.value, [...phases, 'all']);
  return [problem('HF310', originAt(site.tree, path), `unknown phase ${JSON.stringify(node.value)}`, help)];
}

/** Length of one window of the time line, or null where the clock says nothing readable. */
function windowNsOf(site: SiteView): number | null {
  const lasts = site.durationAt(['clock', 'lasts']);
  const isSaid = nodeAt(site.tree, ['clock', 'window']) !== undefined;
  if (isSaid) return site.durationAt(['clock', 'window']);
  return lasts === null ? null : defaultWindowNs(lasts);
}

export function checkLength(site: SiteView, path: Path): Problem[] {
  const [lengthNs, windowNs] = [site.durationAt(path), windowNsOf(site)];
  if (lengthNs === null || windowNs === null || windowNs === 0 || lengthNs % windowNs === 0) return [];
  return [misfit(site, path, `${formatDuration(lengthNs)} is no multiple of`, lengthNs, windowNs)];
}

function misfit(site: SiteView, path: Path, what: string, ns: number, windowNs: number): Problem {
  const nearest = Math.max(1, Math.round(ns / windowNs)) * windowNs;
  const message = `${what} the ${formatDuration(windowNs)} of a window of the time line`;
  const help = `write ${formatDuration(nearest)}, or a clock.window that divides it`;
  return problem('HF321', originAt(site.tree, path), message, help);
}

function checkRange(site: SiteView, path: Path): Problem[] {
  const [fromNs, toNs] = [site.durationAt([...path, 'from']), site.durationAt([...path, 'to'])];
  const windowNs = windowNsOf(site);
  if (fromNs === null || toNs === null || windowNs === null || windowNs === 0) return [];
  if (fromNs >= toNs) {
    const help = `write from: ${formatDuration(toNs)}, to: ${formatDuration(fromNs)}, or the instants you mean`;
    return [problem('HF203', originAt(site.tree, [...path, 'to']), 'it ends before it begins', help)];
  }
  const edges = [...phaseStarts(site).map(({ atNs }) => atNs), site.durationAt(['clock', 'lasts'])];
  return (['from', 'to'] as const).flatMap((key) => {
    const atNs = key === 'from' ? fromNs : toNs;
    if (atNs % windowNs === 0 || edges.includes(atNs)) return [];
    return [
      misfit(
        site,
        [...path, key],
        `${formatDuration(atNs)} is no edge of a phase, and no multiple of`,
        atNs,
        windowNs,
      ),
    ];
  });
}

const KEPT: Readonly<Record<Grain, string>> = {
  window: 'by window',
  phase: 'by phase only: write a phase, { after }, or all',
  run: 'for the whole run only: write window: all',
};

/** A measure of the whole run is that of the whole run whatever budgetDefaults say; a window of the budget's own is refused. */
export function checkGrain(
  site: SiteView,
  index: number,
  kind: TargetKind,
  { condition: { metric } }: PlacedCondition,
): Problem[] {
  const own: Path = ['budgets', index, 'window'];
  const isOwn = nodeAt(site.tree, own) !== undefined;
  const path: Path = isOwn ? own : ['budgetDefaults', 'window'];
  const needed = grainOfTree(nodeAt(site.tree, path));
  const grain = grainOf(kind, metric);
  if (grain === null || needed === null || isFineEnough(grain, needed)) return [];
  if (!isOwn && grain === 'run') return [];
  const what = `${metric} of ${kind === '*' ? '*' : `${kind}s`} is not known for such a stretch of time`;
  return [problem('HF322', originAt(site.tree, path), what, `it is kept ${KEPT[grain]}`)];
}

function grainOfTree(window: Tree | undefined): Grain | null {
  if (window?.kind === 'scalar') return grainNeeded(window.value === 'all' ? null : String(window.value));
  if (window?.kind !== 'map') return null;
  return window.entries.has('after') ? 'phase' : 'window';
}
