import { expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { fakeIo, run } from './fake-io.ts';

const SITE = `scenario: small
clock: { lasts: 5s, warmUp: 0s }
traffic:
  curve: [{ at: 0s, rate: 50/s, phase: 预热 }, { at: 2s, rate: 50/s, phase: 零点 }]
  mix: { 下单: 30%, 浏览: 70% }
stations:
  网关: { servers: 4, service: 2ms, limit: { rate: 500/s, burst: 50, scope: global, name: 全站限流 } }
  库存: { servers: 2, threads: 20, layer: 存储, operations: { 扣减: [{ serve: 1ms }, { delay: 1ms, label: 磁盘 }] } }
requests:
  下单: { path: [网关, 库存.扣减] }
  浏览: { path: [网关] }
budgets: [{ id: 下单延迟, target: "request:下*", expect: mean < 1s, window: 零点, minSamples: 10 }]
`;

test('Chinese names pass through every file of a run', { timeout: 30_000 }, async () => {
  const io = fakeIo();
  io.writeText('site.yaml', SITE);
  const { code, stdout } = await run(io, 'run', 'site.yaml', '--set', 'stations.库存.servers=3');
  expect(code).toBe(0);
  expect(stdout).toContain('下单延迟');
  const result = JSON.parse(io.readText('reports/small/result.json')) as Findings;
  expect(result.budgets.map(({ target, verdict }) => [target, verdict])).toEqual([['request:下单', 'pass']]);
  expect(result.stations.find(({ group }) => group === '库存')?.serverCount).toBe(3);
  expect(io.readText('reports/small/timeline.csv').split('\n')[0]).toContain('下单.p99_ms');
  expect(io.readText('reports/small/stations.csv')).toContain('\n存储,库存,');
  const page = io.readText('reports/small/report.html');
  for (const name of ['下单', '网关', '全站限流', '零点']) expect(page).toContain(name);
  // Files and anchors are named by us.
  expect(io.names().filter((name) => /[^\x20-\x7e]/.test(name))).toEqual([]);
  expect(
    [...page.matchAll(/\s(?:id|href)="([^"]*)"/g)].filter(([, at]) => /[^\x20-\x7e]/.test(at ?? '')),
  ).toEqual([]);
});
