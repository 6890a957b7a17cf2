/** Budgets on costs: there must be prices in their currency, and orders to share them. */
import { parseHourlyPrice } from '../../base/units.ts';
import { problem, type Problem } from '../problem.ts';
import { child, entriesOf } from '../tree.ts';
import type { PlacedCondition } from './budget-conditions.ts';
import type { SiteView } from './site-view.ts';

export function checkPrices(site: SiteView, { condition, tree }: PlacedCondition): Problem[] {
  const { metric, currency } = condition;
  if (currency === undefined) return [];
  const known = currenciesOf(site);
  if (!known.includes(currency)) {
    const message =
      known.length === 0 ? 'nothing here has a price' : `nothing here has a price in ${currency}`;
    const help =
      known.length === 0
        ? `give stations or hosts one, e.g. price: 1.6 ${currency}/h`
        : `prices are in ${known.join(', ')}`;
    return [problem('HF323', tree.origin, message, help)];
  }
  const isShared = [...site.requests.values()].some((each) => child(each, 'value') !== undefined);
  if (metric !== 'cost.per10k' || isShared) return [];
  return [
    problem(
      'HF323',
      tree.origin,
      'no request counts as an order',
      `give a request class a value, e.g. value: 100 ${currency}`,
    ),
  ];
}

function currenciesOf(site: SiteView): string[] {
  const priced = [
    ...site.stations.values(),
    ...entriesOf(child(site.tree, 'hosts')).map(([, { value }]) => value),
  ];
  const found = priced.flatMap((each) => {
    const price = child(each, 'price');
    const parsed =
      price?.kind === 'scalar' && typeof price.value === 'string' ? parseHourlyPrice(price.value) : null;
    return parsed?.ok ? [parsed.value.currency] : [];
  });
  return [...new Set(found)];
}
