/** Budgets: ids are unique, targets exist and have the measure, for the time it is asked over and in its currency. */
import { parseFloor } from '../budget-expression.ts';
import { grainOf, metricsOf, metricUnit, TARGET_KINDS, type TargetKind } from '../budget-metrics.ts';
import type { MetricUnit } from '../budget-types.ts';
import { problem, type Problem } from '../problem.ts';
import { child, type Tree } from '../tree.ts';
import { wildcard } from '../wildcard.ts';
import { kindOf, placedConditions, type PlacedCondition } from './budget-conditions.ts';
import { checkAbort } from './budget-aborts.ts';
import { checkPrices } from './budget-prices.ts';
import { checkGrain, checkWindow } from './budget-windows.ts';
import { nameHelp, withArticle, type SiteView } from './site-view.ts';

export function checkBudgets(site: SiteView): Problem[] {
  const list = child(site.tree, 'budgets');
  const budgets = list?.kind === 'list' ? list.items : [];
  const seen = new Set<string>();
  const names = targetNames(site);
  return [
    ...checkWindow(site, ['budgetDefaults', 'window']),
    ...budgets.flatMap((budget, i) => [
      ...checkId('budget', child(budget, 'id'), seen),
      ...checkTarget(site, child(budget, 'target'), names),
      ...placedConditions(budget).flatMap((placed) => checkCondition(site, budget, i, placed)),
      ...checkWindow(site, ['budgets', i, 'window']),
      ...checkAbort(site, i),
      ...checkFloor(budget),
    ]),
  ];
}

export function checkId(what: string, id: Tree | undefined, seen: Set<string>): Problem[] {
  if (id?.kind !== 'scalar') return [];
  const word = String(id.value);
  if (seen.has(word)) {
    const message = `a second ${what} ${JSON.stringify(word)}`;
    return [problem('HF304', id.origin, message, `give each ${what} an id of its own`)];
  }
  seen.add(word);
  return [];
}

/** A floor that nothing is measured by was meant for something else. */
function checkFloor(budget: Tree): Problem[] {
  const floor = child(child(budget, 'baseline'), 'floor');
  const window = child(budget, 'window');
  const isOfSlices = window?.kind === 'map' && window.entries.has('slices');
  const units = isOfSlices
    ? ['ratio']
    : placedConditions(budget).map(({ condition }) => metricUnit(condition.metric));
  const texts = floor?.kind === 'list' ? floor.items : floor === undefined ? [] : [floor];
  return texts.flatMap((text) => {
    const parsed = text.kind === 'scalar' ? parseFloor([String(text.value)]) : null;
    const [unit] = parsed?.ok ? Object.keys(parsed.value) : [];
    if (text.kind !== 'scalar' || unit === undefined || units.includes(unit as MetricUnit)) return [];
    const message = `no condition of this budget is of the kind of ${String(text.value)}`;
    return [problem('HF313', text.origin, message, 'write a floor in the unit of what the budget limits')];
  });
}

export type Names = ReadonlyMap<string, ReadonlySet<string>>;

export function targetNames(site: SiteView): Names {
  return new Map(TARGET_KINDS.map((kind) => [kind, new Set(namesOf(site, kind))]));
}

export function checkTarget(site: SiteView, target: Tree | undefined, namesByKind: Names): Problem[] {
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
  if (isThere) return [];
  const help = nameHelp(kind, name, names);
  return [problem('HF309', target.origin, `unknown ${kind} ${JSON.stringify(name)}`, help)];
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

function checkCondition(site: SiteView, budget: Tree, index: number, placed: PlacedCondition): Problem[] {
  const kind = kindOf(child(budget, 'target'));
  if (kind === null) return [];
  const missing = checkMetric(kind, placed);
  if (missing.length > 0) return missing;
  return [...checkGrain(site, index, kind, placed), ...checkPrices(site, placed)];
}

export function checkMetric(kind: TargetKind, { condition: { metric }, tree }: PlacedCondition): Problem[] {
  if (grainOf(kind, metric) !== null) return [];
  const what = `${withArticle(kind === '*' ? 'request' : kind)} has no ${metric}`;
  return [problem('HF311', tree.origin, what, `it has ${metricsOf(kind).join(', ')}`)];
}
