import { describe, expect, test } from 'vitest';
import { load, siteText, sound } from './load.ts';

const alert = (keys: string): string =>
  `clock: { lasts: 10m }\nalerts:\n  - { id: a, target: "*", ${keys} }\n`;

function mistakes(text: string) {
  const whole = siteText(text);
  return load(whole).diagnostics.map(({ code, line, col }) => {
    const here = whole.split('\n')[line - 1]!.slice(col - 1);
    return [code, /^[^,}\]]+/.exec(here)?.[0].trim()];
  });
}

test('an alert has conditions, how far back it looks, and how long they must hold', () => {
  const rule =
    'when: [errors > 10%, p95 > 500ms], over: [5m, 1m], for: 2m, severity: critical, why: it hurts';
  expect(sound(alert(rule)).alerts).toMatchObject([
    {
      id: 'a',
      target: '*',
      when: [
        { metric: 'errors', op: '>', limit: 0.1 },
        { metric: 'p95', limit: 500e6 },
      ],
      overNs: [300e9, 60e9],
      forNs: 120e9,
      severity: 'critical',
      why: 'it hurts',
    },
  ]);
  expect(sound(alert('when: errors.perSec > 0.1/s, over: 5m')).alerts).toMatchObject([
    {
      when: [{ metric: 'errors.perSec', limit: 0.1 }],
      overNs: [300e9],
      forNs: 0,
      severity: 'warning',
      why: null,
    },
  ]);
});

test('it looks back over one window of the time line unless it says', () => {
  expect(sound(alert('when: errors > 1%')).alerts[0]?.overNs).toEqual([1e9]);
  const coarse = alert('when: errors > 1%').replace('lasts: 10m', 'lasts: 10m, window: 5s');
  expect(sound(coarse).alerts[0]?.overNs).toEqual([5e9]);
});

describe('refused', () => {
  test.each([
    ['when: errors > 10', 'HF205', 'errors > 10'],
    ['when: errrs > 10%', 'HF205', 'errrs > 10%'],
    ['when: headroom < 1x', 'HF322', 'headroom < 1x'],
    ['when: wait.p99 > 1s', 'HF311', 'wait.p99 > 1s'],
    ['when: errors > 1%, over: 1500ms', 'HF321', '1500ms'],
    ['when: errors > 1%, over: [5s, 1500ms]', 'HF321', '1500ms'],
    ['when: errors > 1%, over: 20m', 'HF324', '20m'],
    ['when: errors > 1%, for: 20m', 'HF324', '20m'],
    ['when: errors > 1%, for: 2', 'HF201', '2'],
  ])('%s', (keys, code, where) => {
    expect(mistakes(alert(keys))).toEqual([[code, where]]);
  });

  test('an unknown target, and a second of the same id', () => {
    const text = alert('when: errors > 1%');
    expect(mistakes(text.replace('"*"', 'request:nobody'))).toEqual([['HF309', 'request:nobody']]);
    expect(mistakes(`${text}  - { id: a, target: "*", when: errors > 2% }\n`)).toEqual([['HF304', 'a']]);
  });
});
