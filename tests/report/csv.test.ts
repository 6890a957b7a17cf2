import { describe, expect, test } from 'vitest';
import { renderStationsCsv, renderTimelineCsv } from '../../src/report/csv.ts';
import { chineseNames, doubleEleven, FORMULA, hostileNames, withoutData } from './example-findings.ts';

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('timeline.csv', () => {
  const findings = doubleEleven();
  const [heads, ...rows] = rowsOf(renderTimelineCsv(findings));
  const cell = (row: number, head: string) => rows[row]![heads!.indexOf(head)];

  test('has one row per window and as many cells as headings', () => {
    expect(rows).toHaveLength(720);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([heads!.length]));
    expect(new Set(heads).size).toBe(heads!.length);
  });

  test('holds the numbers of the findings, times in ms', () => {
    const create = findings.timeline.requests[0]!;
    expect(cell(500, 'from_s')).toBe('500');
    expect(cell(500, 'clock')).toBe('00:06:20');
    expect(cell(500, 'phase')).toBe('peak');
    expect(Number(cell(500, 'create.offered_per_sec'))).toBe(create.offeredPerSec[500]);
    expect(Number(cell(500, 'create.shed_per_sec'))).toBe(create.failedPerSec.shed[500]);
    expect(Number(cell(500, 'create.p99_ms'))).toBe(create.p99Ns[500]! / 1e6);
    expect(heads!.filter((head) => /^create\.p\d+_ms$/.test(head))).toEqual(
      ['p50', 'p95', 'p99', 'p999'].map((name) => `create.${name}_ms`),
    );
    expect(Number(cell(500, 'redis.utilization_ratio'))).toBe(
      findings.timeline.stations[10]!.utilization[500],
    );
  });

  test('leaves "no data" empty', () => {
    const { timeline } = findings;
    const none = timeline.fromNs.map(() => null);
    const gaps = { ...timeline.requests[0]!, p99Ns: none, p999Ns: [2.5e6, ...none.slice(1)] };
    const [gapHeads, first, second] = rowsOf(
      renderTimelineCsv({ ...findings, timeline: { ...timeline, requests: [gaps] } }),
    );
    expect(first![gapHeads!.indexOf('create.p99_ms')]).toBe('');
    expect(first![gapHeads!.indexOf('create.p999_ms')]).toBe('2.5');
    expect(second![gapHeads!.indexOf('create.p999_ms')]).toBe('');
  });

  test('without windows is a heading', () => {
    expect(renderTimelineCsv(withoutData())).toBe('from_s,to_s,clock,phase,weight\n');
  });

  test('keeps Chinese names', () => {
    expect(renderTimelineCsv(chineseNames()).split('\n')[0]).toContain('创建订单.offered_per_sec');
  });
});

describe('stations.csv', () => {
  test('has every group in every phase', () => {
    const findings = doubleEleven();
    const [heads, ...rows] = rowsOf(renderStationsCsv(findings));
    expect(rows).toHaveLength(findings.stations.length);
    expect(heads!.slice(0, 5)).toEqual(['layer', 'station', 'group', 'role', 'phase']);
    const redis = rows.find((row) => row[2] === 'redis' && row[4] === 'peak')!;
    expect(redis[heads!.indexOf('utilization_ratio')]).toBe('0.884');
    const threads = rows.find((row) => row[2] === 'redis.threads')!;
    for (const name of ['p99', 'p999']) expect(threads[heads!.indexOf(`sojourn_${name}_ms`)]).toBe('');
  });
});

test.each([
  ['timeline.csv', renderTimelineCsv],
  ['stations.csv', renderStationsCsv],
])('%s: no cell starts a formula, quotes are doubled', (_, render) => {
  const text = render(hostileNames());
  expect(text).toContain(`"'${FORMULA.replaceAll('"', '""')}`);
  expect(text).not.toMatch(/(^|,|\n)"?[=+@]/);
});
