import { expect, test } from 'vitest';
import { load } from './world.ts';

test('a value outside its plausible range hides no other warning', () => {
  const text = `
scenario: site
clock: { lasts: 1s }
traffic: { rate: 1/s }
layers:
  shop: { kind: java-service, replicas: 1, threads: 5000, service: 1ms }
stations:
  nobody: { servers: 1, service: 1ms }
requests:
  view: { path: [shop] }
`;
  expect(load({ text }).diagnostics.map(({ code }) => code)).toEqual(['HF204', 'HF303']);
});
