/** Budgets: ids are unique, targets and phases exist, and the target has the metric. */
import { metricUnit, parseExpression } from '../budget-expression.ts';
import { problem, type Problem } from '../problem.ts';
import { child, nodeAt, originAt, type Tree } from '../tree.ts';
import type { Path } from '../types.ts';
import { wildcard } from '../wildcard.ts';
import { trafficPaths } from './shares.ts';
import { nameHelp, withArticle, type SiteView } from './site-view.ts';

const REQUEST_METRICS = ['errors', 'shed', 'timeouts', 'availability', 'throughput', 'mean', 'max'];
/** Metrics beside percentiles that a kind of target has. */
const METRICS: Readonly<Record<string, readonly string[]>> = {
  '*': REQUEST_METRICS,
  request: REQUEST_METRICS,
  operation: ['errors', 'mean', 'max', 'throughput'],
  service: ['errors', 'mean', 'max', 'throughput', 'shed', 'util', 'queue.max'],
  station: ['mean', 'max', 'throughput', 'shed', 'util', 'queue.max'],
  layer: ['shed', 'util', 'queue.max'],
};

export function checkBudgets(site: SiteView): Problem[] {
  const list = child(site.tree, 'budgets');
  const budgets = list?.kind === 'list' ? list.items : [];
  const seen = new Set<string>();
  const phases = phaseNames(site);
  const names = new Map(Object.keys(METRICS).map((kind) => [kind, new Set(namesOf(site, kind))]));
  return [
    ...checkWindow(site, ['budgetDefaults', 'window'], phases),
    ...budgets.flatMap((budget, i) => [
      ...checkId(child(budget, 'id'), seen),
      ...checkTarget(site, budget, names),
      ...checkWindow(site, ['budgets', i, 'window'], phases),
    ]),
  ];
}

function checkId(id: Tree | undefined, seen: Set<string>): Problem[] {
  if (id?.kind !== 'scalar') return [];
  const word = String(id.value);
  if (seen.has(word))
    return [
      problem(
        'HF304',
        id.origin,
        `a second budget ${JSON.stringify(word)}`,
        'give each budget an id of its own',
      ),
    ];
  seen.add(word);
  return [];
}

export function phaseNames(site: SiteView): string[] {
  return trafficPaths(site).flatMap((path) => {
    const curve = nodeAt(site.tree, [...path, 'curve']);
    const points = curve?.kind === 'list' ? curve.items : [];
    return points.flatMap((point) => {
      const phase = child(point, 'phase');
      return phase?.kind === 'scalar' && typeof phase.value === 'string' ? [phase.value] : [];
    });
  });
}

function checkWindow(site: SiteView, path: Path, phases: readonly string[]): Problem[] {
  const window = nodeAt(site.tree, path);
  if (window?.kind !== 'scalar' || typeof window.value !== 'string' || window.value === 'all') return [];
  if (phases.includes(window.value)) return [];
  const help =
    phases.length === 0
      ? 'name one in a point of the curve: phase: peak'
      : nameHelp('phase', window.value, [...phases, 'all']);
  return [problem('HF310', originAt(site.tree, path), `unknown phase ${JSON.stringify(window.value)}`, help)];
}

function checkTarget(
  site: SiteView,
  budget: Tree,
  namesByKind: ReadonlyMap<string, ReadonlySet<string>>,
): Problem[] {
  const target = child(budget, 'target');
  if (target?.kind !== 'scalar' || typeof target.value !== 'string') return [];
  const [kind, name] = target.value === '*' ? ['*', '*'] : splitOnce(target.value);
  const names = namesByKind.get(kind);
  if (names === undefined || name === undefined) {
    const word = target.value;
    const meant = ['request', 'service', 'station'].find((each) => namesByKind.get(each)?.has(word));
    const help =
      meant === undefined
        ? 'write *, request:NAME, service:NAME, operation:NAME.OP, station:NAME or layer:NAME'
        : `write "${meant}:${word}"`;
    return [problem('HF309', target.origin, `not a target: ${JSON.stringify(word)}`, help)];
  }
  if (names.size === 0 && site.lacksRoot()) return [];
  const isThere =
    kind === '*' ||
    names.has(name) ||
    (name.includes('*') && [...names].some((each) => wildcard(name, each)));
  if (!isThere) {
    const help = nameHelp(kind, name, names);
    return [problem('HF309', target.origin, `unknown ${kind} ${JSON.stringify(name)}`, help)];
  }
  return checkMetrics(child(budget, 'expect'), kind, METRICS[kind] ?? []);
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf(':');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Names that a target of this kind may have. */
export function namesOf(site: SiteView, kind: string): string[] {
  const stations = [...site.stations];
  if (kind === 'request') return [...site.requests.keys()];
  if (kind === 'station') return stations.map(([name]) => name);
  if (kind === 'service')
    return stations.filter(([name]) => site.operationsOf(name).size > 0).map(([name]) => name);
  if (kind === 'operation')
    return stations.flatMap(([name]) =>
      [...site.operationsOf(name)].map((operation) => `${name}.${operation}`),
    );
  return stations.map(([name, tree]) => {
    const layer = child(tree, 'layer');
    return layer?.kind === 'scalar' ? String(layer.value) : name;
  });
}

function checkMetrics(expect: Tree | undefined, kind: string, metrics: readonly string[]): Problem[] {
  const texts = expect?.kind === 'list' ? expect.items : expect === undefined ? [] : [expect];
  return texts.flatMap((tree) => {
    const parsed =
      tree.kind === 'scalar' && typeof tree.value === 'string' ? parseExpression(tree.value) : null;
    if (!parsed?.ok) return [];
    return parsed.value.flatMap(({ metric }) => {
      const isPercentile = /^p\d/.test(metric);
      const has = metrics.includes(metric) || (isPercentile && metrics.includes('mean'));
      if (has || metricUnit(metric) === null) return [];
      const known = metrics.includes('mean') ? ['p99', ...metrics] : metrics;
      return [
        problem(
          'HF311',
          tree.origin,
          `${withArticle(kind === '*' ? 'request' : kind)} has no ${metric}`,
          `it has ${known.join(', ')}`,
        ),
      ];
    });
  });
}
