import { expect, test } from 'vitest';
import { findingsOf, model, station } from './builders.ts';

const priced = { pricePerReplicaHour: { amount: 2, currency: 'CNY' } };

function costOf(stations: readonly ReturnType<typeof station>[]) {
  const layers = [...new Set(stations.map(({ layer }) => layer))];
  return findingsOf({ model: model({ stations, layers }) }).cost;
}

test('what has no price is in no sum, and named: the layer, or the station of a layer priced in part', () => {
  const stations = [
    station('shop', { replicas: 3, ...priced }),
    station('redis'),
    station('kafka-1', { layer: 'kafka' }),
    station('kafka-2', { layer: 'kafka' }),
    station('db', { layer: 'data', ...priced }),
    station('db-spare', { layer: 'data' }),
  ];
  expect(costOf(stations)).toMatchObject([
    { currency: 'CNY', perHour: 8, unpriced: ['redis', 'kafka', 'db-spare'] },
  ]);
});

test('a price in another currency is a price', () => {
  const usd = { pricePerReplicaHour: { amount: 1, currency: 'USD' } };
  const both = costOf([station('shop', priced), station('db', usd)]);
  expect(both.map(({ currency, unpriced }) => [currency, unpriced])).toEqual([
    ['CNY', []],
    ['USD', []],
  ]);
});

test('without any price there is no cost', () => {
  expect(costOf([station('shop')])).toEqual([]);
});
