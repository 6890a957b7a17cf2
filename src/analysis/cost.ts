import type { RequestFinding, CostFinding } from './findings.ts';
import type { Context } from './context.ts';
import { lengthNs } from './spans.ts';

const HOUR_NS = 3600e9;

/** What the replicas cost, per currency; what has no price is in no sum, and named. */
export function findCost(context: Context, requests: readonly RequestFinding[]): CostFinding[] {
  const { model } = context;
  const currencies = [...new Set(model.stations.flatMap((each) => each.pricePerReplicaHour?.currency ?? []))];
  const simulatedNs = context.spans[0] === undefined ? 0 : lengthNs(context.spans[0]);
  const orders = countOrders(context, requests);
  const unpriced = model.layers.flatMap((layer) => unpricedOf(context, layer));
  return currencies.map((currency) => {
    const byLayer = model.layers.flatMap((layer) => layerCost(context, layer, currency));
    const perHour = byLayer.reduce((sum, each) => sum + each.perHour, 0);
    const duringRun = (perHour * simulatedNs) / HOUR_NS;
    return {
      currency,
      perHour,
      byLayer,
      unpriced,
      duringRun,
      per10kOrders: orders === null || orders.count === 0 ? null : (duringRun / orders.count) * 10_000,
      orders: orders?.count ?? 0,
      orderValue: orders?.value ?? null,
    };
  });
}

function layerCost({ model }: Context, layer: string, currency: string): CostFinding['byLayer'] {
  const priced = model.stations.filter(
    (each) => each.layer === layer && each.pricePerReplicaHour?.currency === currency,
  );
  if (priced.length === 0) return [];
  const replicas = priced.reduce((sum, each) => sum + each.replicas, 0);
  const perHour = priced.reduce(
    (sum, each) => sum + each.replicas * (each.pricePerReplicaHour?.amount ?? 0),
    0,
  );
  return [{ layer, replicas, perHour }];
}

/** The layer when none of its stations has a price, else those without. */
function unpricedOf({ model }: Context, layer: string): string[] {
  const inside = model.stations.filter((each) => each.layer === layer);
  const without = inside.filter(({ pricePerReplicaHour }) => pricePerReplicaHour === null);
  return without.length === inside.length ? [layer] : without.map(({ name }) => name);
}

/** Good requests of the classes with a value, and what they are worth together if that is one currency. */
function countOrders(
  { model }: Context,
  requests: readonly RequestFinding[],
): { count: number; value: CostFinding['orderValue'] } | null {
  const valued = model.classes.flatMap(({ name, value }) => {
    const row = requests.find(({ request, phase }) => request === name && phase === null);
    return value === null || row === undefined ? [] : [{ good: row.good, value }];
  });
  const currency = valued[0]?.value.currency;
  if (currency === undefined) return null;
  const count = valued.reduce((sum, { good }) => sum + good, 0);
  if (valued.some(({ value }) => value.currency !== currency)) return { count, value: null };
  const amount = valued.reduce((sum, { good, value }) => sum + good * value.amount, 0);
  return { count, value: { amount, currency } };
}
