import { expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import { renderSensitivity } from '../../src/report/sensitivity.ts';
import type {
  SensitivityDocument,
  SensitivityInput,
  SensitivitySide,
} from '../../src/study/sensitivity-document.ts';
import { doubleEleven, HOSTILE } from './example-findings.ts';

const MS = 1e6;
const { tool, scenario, mode } = doubleEleven();

const side = (
  p99: number,
  room: number,
  verdict: SensitivitySide['headroom']['verdict'],
): SensitivitySide => ({
  value: 'x',
  requests: [
    { request: 'quiet', p99Ns: MS, differenceNs: 0, relativeDifference: 0, interval: null, verdict: 'equal' },
    { request: 'create', p99Ns: MS, differenceNs: p99, relativeDifference: p99, interval: null, verdict },
  ],
  headroom: {
    factor: 1,
    group: 'redis',
    difference: room,
    relativeDifference: room,
    interval: null,
    verdict,
  },
});
const INPUT: SensitivityInput = {
  ...{ path: 'layers.redis.command', label: 'redis command', value: '{ mean: 14us, cv: 0.8 }' },
  ...{ origin: 'redis-cluster', source: null, range: null, reach: 0.2, effect: 0.12 },
  lower: side(-0.1, 0.25, 'significant'),
  higher: side(0.12, -0.2, 'significant'),
};
const FOUND: SensitivityDocument = {
  ...{ $schema: 'urn:hongfeng:sensitivity:1', schemaVersion: 1, tool, scenario, mode, step: 0.2 },
  replications: { done: 5, seeds: ['s'], level: 0.95, stoppedBy: null },
  base: {
    requests: [{ request: 'create', p99Ns: 100 * MS, interval: null }],
    headroom: { factor: 1.3, group: 'redis', interval: null },
  },
  inputs: [INPUT],
  leftOut: [{ path: 'layers.x.price', label: 'x price', value: '1 USD/h', reach: 0, because: 'no-effect' }],
};

const render = (extra: Partial<SensitivityDocument> = {}): string =>
  renderSensitivity({ ...FOUND, ...extra }, { colour: false, files: ['reports/sensitivity.json'] });

test('one row an input: the P99 that moves most and the headroom, with less of it and with more', () => {
  expect(render()).toMatch(/redis command {2}mean 14us, cv 0\.8 +−10\.0 % +\+12\.0 % +\+25\.0 % +−20\.0 %\n/);
  expect(render().replace(/\s+/g, ' ')).toContain('as written: P99 of create 100 ms; headroom 1.30× (redis)');
  expect(render()).toContain('no effect, by arithmetic: x price');
});

test('noise, exact equality and values that are not valid have signs of their own', () => {
  const inputs = [
    { ...INPUT, lower: side(0.01, 0.01, 'within-noise'), higher: side(0, 0, 'equal') },
    { ...INPUT, lower: null },
  ];
  const [noise, invalid] = render({ inputs })
    .split('\n')
    .filter((line) => line.includes('redis command'));
  expect(noise).toMatch(/= +≈ +=$|≈ +=$/);
  expect(invalid).toMatch(/0\.8 +– +\+12\.0 % +– +−20\.0 %$/);
});

test('hostile and long names are escaped and cut: 80 columns, no control characters', () => {
  const name = `${HOSTILE}洪峰\u202e${'x'.repeat(90)}`;
  const text = render({
    scenario: { ...scenario, title: name },
    inputs: [{ ...INPUT, label: name, value: name }],
    leftOut: [{ path: name, label: name, value: name, reach: 0, because: 'few-effects' }],
  });
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
});
