import { describe, expect, test } from 'vitest';
import { load } from './load.ts';

const site = (disturbances: string): string => `scenario: site
clock: { lasts: 60s }
traffic: { rate: 100/s }
stations:
  app: { operations: { run: [{ call: db }, { call: disk }, { call: vendor }] } }
  db: { servers: 4, service: 5ms, layer: storage }
  disk: { servers: 1, service: 1ms, layer: storage }
  vendor: { servers: unlimited, service: 9ms }
requests: { ask: { path: [app.run] } }
disturbances: ${disturbances}
`;

const DIP = '{ id: dip, at: 20s, lasts: 2s, station: db, capacity: 20% }';

test('a disturbance is read into inside units', () => {
  const { scenario, diagnostics } = load(
    site(`[${DIP}, { id: slow, at: 30s, lasts: 1m, layer: storage, capacity: 0% }]`),
  );
  expect(diagnostics).toEqual([]);
  expect(scenario?.disturbances).toEqual([
    { id: 'dip', atNs: 20e9, lastsNs: 2e9, target: { kind: 'station', name: 'db' }, capacityRatio: 0.2 },
    { id: 'slow', atNs: 30e9, lastsNs: 60e9, target: { kind: 'layer', name: 'storage' }, capacityRatio: 0 },
  ]);
});

test('a scenario without disturbances has none', () => {
  expect(load(site('[]')).scenario?.disturbances).toEqual([]);
});

describe('what cannot be meant is refused where it stands', () => {
  const problems = (disturbances: string): (readonly [string, number, string | null])[] =>
    load(site(disturbances)).diagnostics.map(({ code, col, help }) => [code, col, help] as const);
  const at = (text: string, word: string): number => `disturbances: ${text}`.indexOf(word) + 1;

  test.each([
    ['an unknown station, with one of a similar name', 'HF318', DIP.replace('db', 'bd'), 'bd', '"db"'],
    ['an unknown layer', 'HF318', DIP.replace('station: db', 'layer: disc'), 'disc', 'known'],
    ['a station without servers', 'HF319', DIP.replace('station: db', 'station: app'), 'app', 'servers'],
    ['unlimited servers', 'HF319', DIP.replace('station: db', 'station: vendor'), 'vendor', 'servers'],
    ['neither station nor layer', 'HF203', DIP.replace('station: db, ', ''), '{ id', 'station:'],
    ['both', 'HF203', DIP.replace('station: db', 'station: db, layer: storage'), '{ id', 'station:'],
    ['no length', 'HF202', DIP.replace('lasts: 2s', 'lasts: 0ms'), '0ms', '2s'],
    ['more than all of it', 'HF201', DIP.replace('20%', '120%'), '120%', '100'],
    ['a share without %', 'HF201', DIP.replace('20%', '0.2'), '0.2', '%'],
    ['the end before the beginning', 'HF313', DIP.replace('20s', '60s'), '60s', '1m'],
    ['nothing taken away', 'HF313', DIP.replace('20%', '100%'), '100%', '20%'],
  ])('%s', (_, code, text, word, help) => {
    expect(problems(`[${text}]`)).toEqual([
      [code, at(`[${text}]`, word), expect.stringContaining(help) as unknown],
    ]);
  });

  test('a second one of the same id', () => {
    const text = `[${DIP}, ${DIP.replace('20s', '30s')}]`;
    expect(problems(text)).toMatchObject([['HF304', expect.any(Number), expect.any(String)]]);
  });

  test('two of one station at once, also through its layer; one right behind the other is fine', () => {
    const second = (from: string): string =>
      `[${DIP}, { id: two, at: ${from}, lasts: 1s, layer: storage, capacity: 50% }]`;
    expect(problems(second('21s')).map(([code]) => code)).toEqual(['HF320']);
    expect(problems(second('19.5s')).map(([code]) => code)).toEqual(['HF320']);
    expect(problems(second('22s'))).toEqual([]);
    expect(problems(second('19s'))).toEqual([]);
  });
});
