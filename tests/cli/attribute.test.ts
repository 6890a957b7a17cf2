import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import type { Comparison } from '../../src/study/comparison.ts';
import { fakeIo, run, TINY, type FakeIo } from './fake-io.ts';

/** A desk at 85 % of its capacity behind a door that is hardly used. */
const BUSY = `scenario: busy
clock: { lasts: 200s, warmUp: 10s }
traffic: { rate: 680/s }
stations:
  door: { servers: 8, service: { exponential: 1ms } }
  desk: { servers: 4, service: { exponential: 5ms } }
requests:
  buy: { path: [door, desk] }
budgets:
  - { id: tail, target: "request:buy", expect: p99 < 1s }
`;

function withFiles(...texts: string[]): FakeIo {
  const io = fakeIo();
  texts.forEach((text, index) => {
    io.writeText(`${'abc'[index] ?? ''}.yaml`, text);
  });
  return io;
}

async function attributed(io: FakeIo, ...options: string[]): Promise<Comparison> {
  const { stdout, stderr } = await run(
    io,
    'compare',
    'a.yaml',
    'b.yaml',
    '--attribute',
    '--json',
    ...options,
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Comparison;
}

const p99Of = ({ attribution }: Comparison) =>
  attribution?.measures.find(
    ({ target, metric, phase }) => target === 'request:buy' && metric === 'p99' && phase === null,
  );

describe('attribution', () => {
  test('a P99 that is 6 % worse at 85 % load is put down to the right one of several changes', async () => {
    const worse = BUSY.replace('exponential: 5ms', 'exponential: 5.1ms')
      .replace('servers: 8', 'servers: 9')
      .replace('p99 < 1s', 'p99 < 2s')
      .replace('requests:', '  spare: { servers: 1, service: { exponential: 1ms } }\nrequests:');
    for (const seed of ['one', 'two', 'three']) {
      const found = await attributed(withFiles(BUSY, worse), '--seed', seed);
      const paths = (found.inputs ?? []).map(({ path }) => path);
      expect(paths).toEqual([
        ...['stations.door.servers', 'stations.desk.service.exponential'],
        ...['stations.spare', 'budgets.tail.expect'],
      ]);
      const p99 = found.differences.find(
        ({ target, metric }) => target === 'request:buy' && metric === 'p99',
      );
      expect(p99?.verdict).toBe('significant');
      expect(p99?.relativeDifference).toBeGreaterThan(0.02);
      expect(p99?.relativeDifference).toBeLessThan(0.15);
      const shares = p99Of(found)?.parts.map(({ share }) => share ?? Number.NaN) ?? [];
      expect(found.attribution?.parts).toEqual([{ inputs: [0] }, { inputs: [1] }, { inputs: [2] }]);
      expect(shares[1]).toBeGreaterThan(0.95);
      expect(shares[1]).toBeLessThan(1.05);
      expect(Math.abs(shares[0] ?? 1)).toBeLessThan(0.05);
      // What nobody visits changes nothing, to the last bit.
      expect(shares[2]).toBe(0);
      expect(found.attribution?.leftOut).toEqual([3]);
    }
  });

  test('changes that make no valid scenario alone are applied together', async () => {
    const before = TINY.replace(
      'service: { exponential: 20ms }',
      'on: box, operations: { ask: [{ serve: { exponential: 20ms } }] }',
    )
      .replace('servers: 2, ', '')
      .replace('path: [desk]', 'path: [desk.ask]')
      .replace('stations:', 'hosts: { box: { sockets: 1, cores: 2, smt: 1 } }\nstations:');
    const after = before.replaceAll('box', 'crate').replace('cores: 2', 'cores: 4');
    const found = await attributed(withFiles(before, after), '--reps', '3');
    expect((found.inputs ?? []).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      ...['removed hosts.box', 'added hosts.crate', 'changed stations.desk.on'],
    ]);
    expect(found.attribution?.parts).toEqual([{ inputs: [0, 1, 2] }]);
    for (const { interaction } of found.attribution?.measures ?? []) expect(interaction).toBe(0);
  });

  test('the text has inputs, differences and shares in 80 columns; a folder gets comparison.json', async () => {
    const io = withFiles(TINY, TINY.replace('20ms', '24ms').replace('servers: 2', 'servers: 3'));
    const { stdout, code } = await run(io, 'compare', 'a.yaml', 'b.yaml', '--attribute', '--out', 'both');
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/INPUTS {2}2 differences\n/);
    expect(stdout).toMatch(/~ {2}stations\.desk\.servers +2 +3 +b\.yaml:6/);
    expect(stdout).toMatch(/utilization desk −[\d.]+ points: [\d.]+ % stations\.desk\.servers, −[\d.]+ %/);
    const saved = JSON.parse(io.readText('both/comparison.json')) as Comparison;
    expect(saved.inputs?.[1]).toEqual({
      ...{ path: 'stations.desk.service.exponential', kind: 'changed', of: 'value' },
      ...{ before: { text: '20ms', at: 'a.yaml:6' }, after: { text: '24ms', at: 'b.yaml:6' } },
    });
    expect(saved.attribution).not.toBeNull();
  });

  test('without a difference there is nothing to put down to anything', async () => {
    const found = await attributed(withFiles(TINY, TINY), '--reps', '2');
    expect(found.inputs).toEqual([]);
    expect(found.attribution).toEqual({ parts: [], measures: [], leftOut: [] });
  });
});

test('of several each is beside the first', async () => {
  const io = withFiles(TINY, TINY.replace('20ms', '22ms'), TINY.replace('servers: 2', 'servers: 3'));
  const all = await run(io, 'compare', 'a.yaml', 'b.yaml', 'c.yaml', '--json', '--reps', '3');
  const { further, inputs, differences } = JSON.parse(all.stdout) as Comparison;
  expect(inputs?.map(({ path }) => path)).toEqual(['stations.desk.service.exponential']);
  expect(further.map((each) => each.inputs?.map(({ path }) => path))).toEqual([['stations.desk.servers']]);
  const alone = await run(
    withFiles(TINY, TINY.replace('servers: 2', 'servers: 3')),
    'compare',
    'a.yaml',
    'b.yaml',
    '--json',
    '--reps',
    '3',
  );
  expect(further[0]?.differences).toEqual((JSON.parse(alone.stdout) as Comparison).differences);
  expect(further[0]?.differences).not.toEqual(differences);
  const text = await run(
    withFiles(TINY, TINY, TINY.replace('servers: 2', 'servers: 3')),
    'compare',
    'a.yaml',
    'b.yaml',
    'c.yaml',
    '--all',
  );
  expect(text.stdout).toMatch(/after {3}b\.yaml[^]*all exactly equal|after {3}b\.yaml/);
  expect(text.stdout).toMatch(/after {3}c\.yaml[^]*stations\.desk\.servers/);
  expect(text.stdout).toMatch(/= {2}buy +P99 /);
});
