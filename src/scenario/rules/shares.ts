/** Shares sum to 100 %, and are of classes and regions that exist. */
import { formatShare, parseShare } from '../../base/units.ts';
import { problem, type Problem } from '../problem.ts';
import { child, entriesOf, keyOriginAt, nodeAt, originAt, type Tree } from '../tree.ts';
import type { Path } from '../types.ts';
import { nameHelp, type SiteView } from './site-view.ts';

const SUM_ERROR_MAX = 1e-6;

export function checkShares(site: SiteView): Problem[] {
  return [
    ...trafficPaths(site).flatMap((path) => checkTraffic(site, path)),
    ...checkNeverAsked(site),
    ...checkSteps(site),
  ];
}

/** Paths of the traffic sources: one map or a list of them. */
export function trafficPaths(site: SiteView): Path[] {
  const traffic = child(site.tree, 'traffic');
  return traffic?.kind === 'list'
    ? traffic.items.map((_, i) => ['traffic', i])
    : traffic === undefined
      ? []
      : [['traffic']];
}

function checkTraffic(site: SiteView, path: Path): Problem[] {
  const regions = regionNames(site);
  return [
    ...shareMaps(site, [...path, 'mix']).flatMap((at) => [
      ...checkSum(site, at),
      ...checkNames(site, at, 'request class', [...site.requests.keys()], 'HF306'),
    ]),
    ...shareMaps(site, [...path, 'regions']).flatMap((at) => [
      ...checkSum(site, at),
      ...checkNames(site, at, 'region', regions, 'HF308'),
    ]),
    ...checkInstants(site, [...path, 'mix']),
    ...checkInstants(site, [...path, 'regions']),
  ];
}

/** Regions that have a distance. Without `network` regions are labels only, and any will do. */
function regionNames(site: SiteView): string[] {
  const rtt = nodeAt(site.tree, ['network', 'rtt']);
  return [
    ...new Set(entriesOf(rtt).flatMap(([name, { value }]) => [name, ...entriesOf(value).map(([to]) => to)])),
  ];
}

/** A single map of shares, or the `shares` of each point of a list. */
function shareMaps(site: SiteView, path: Path): Path[] {
  const node = nodeAt(site.tree, path);
  if (node?.kind === 'list') return node.items.map((_, i) => [...path, i, 'shares']);
  return node?.kind === 'map' ? [path] : [];
}

function checkSum(site: SiteView, path: Path): Problem[] {
  const shares = entriesOf(nodeAt(site.tree, path)).map(([, { value }]) => value);
  return sumProblem(shares, keyOriginAt(site.tree, path));
}

function sumProblem(shares: readonly (Tree | undefined)[], origin: Tree['origin']): Problem[] {
  let sum = 0;
  for (const share of shares) {
    const parsed = share?.kind === 'scalar' ? parseShare(String(share.value)) : null;
    if (!parsed?.ok) return [];
    sum += parsed.value;
  }
  if (Math.abs(sum - 1) <= SUM_ERROR_MAX) return [];
  const left = sum < 1 ? `${formatShare(1 - sum)} are missing` : `${formatShare(sum - 1)} are too much`;
  return [problem('HF305', origin, `shares sum to ${formatShare(sum)}, not 100%`, left)];
}

function checkNames(
  site: SiteView,
  path: Path,
  what: string,
  names: readonly string[],
  code: 'HF306' | 'HF308',
): Problem[] {
  if (names.length === 0) return [];
  const known = new Set(names);
  return entriesOf(nodeAt(site.tree, path)).flatMap(([name, { key }]) => {
    if (known.has(name)) return [];
    return [problem(code, key, `unknown ${what} ${JSON.stringify(name)}`, nameHelp(what, name, names))];
  });
}

/** A list of shares over time begins at 0 and goes forward. */
function checkInstants(site: SiteView, path: Path): Problem[] {
  const list = nodeAt(site.tree, path);
  if (list?.kind !== 'list') return [];
  let before = -1;
  return list.items.flatMap((_, i) => {
    const at = site.durationAt([...path, i, 'at']);
    if (at === null) return [];
    const origin = originAt(site.tree, [...path, i, 'at']);
    const isLate = i === 0 && at !== 0;
    const isBack = at <= before;
    before = at;
    if (isLate) return [problem('HF203', origin, 'the first shares hold from 0s on', 'write at: 0s')];
    return isBack ? [problem('HF203', origin, 'points follow each other in time', 'sort them by at')] : [];
  });
}

/** A class that has no share anywhere never arrives; a trace may bring any class. */
function checkNeverAsked(site: SiteView): Problem[] {
  const paths = trafficPaths(site);
  if (site.requests.size < 2 || paths.some((path) => nodeAt(site.tree, [...path, 'trace']) !== undefined))
    return [];
  const mixes = paths.flatMap((path) => shareMaps(site, [...path, 'mix']));
  if (mixes.length === 0) return [];
  const asked = new Set(mixes.flatMap((path) => entriesOf(nodeAt(site.tree, path)).map(([name]) => name)));
  return [...site.requests.keys()].flatMap((name) => {
    if (asked.has(name)) return [];
    return [
      problem(
        'HF314',
        keyOriginAt(site.tree, ['requests', name]),
        `${name} has no share of the traffic`,
        'name it in mix:',
      ),
    ];
  });
}

function checkSteps(site: SiteView): Problem[] {
  return site.steps.flatMap(({ step, path }) => {
    const choose = child(step, 'choose');
    const cache = child(child(step, 'cache'), 'for');
    const shares = choose?.kind === 'list' ? choose.items.map((option) => child(option, 'share')) : [];
    const names = cache?.kind === 'list' ? cache.items : [];
    return [
      ...(shares.length === 0 ? [] : sumProblem(shares, keyOriginAt(site.tree, [...path, 'choose']))),
      ...names.flatMap((name) => {
        const word = name.kind === 'scalar' ? String(name.value) : '';
        if (site.requests.has(word) || site.requests.size === 0) return [];
        const help = nameHelp('request class', word, site.requests.keys());
        return [problem('HF306', name.origin, `unknown request class ${JSON.stringify(word)}`, help)];
      }),
    ];
  });
}
