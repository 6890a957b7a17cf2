import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import type { CapacityDocument } from '../../src/study/capacity-document.ts';
import type { CheckDocument } from '../../src/study/gate/gate-check.ts';
import { half } from '../study/half.ts';
import { fakeIo, run, type FakeIo } from './fake-io.ts';

const ABORTED = half('target: "request:customer", expect: errors < 20%, abort: { after: 10s }').concat(
  '  - { id: late, target: "*", expect: errors < 90%, window: late }\n',
);

function withScenario(text: string): FakeIo {
  const io = fakeIo();
  io.writeText('site.yaml', text);
  return io;
}

describe('run', () => {
  test('writes everything of the time up to there, marked, and exits 0', async () => {
    const io = withScenario(ABORTED);
    const { code, stdout, stderr } = await run(io, 'run', 'site.yaml');
    expect(code).toBe(0);
    expect(stderr).toContain('HF601');
    expect(stdout).toContain(
      '! ABORTED at t+00:14 by the budget fast: share of errors of customer had come to',
    );
    expect(stdout).toContain('DOES NOT HOLD');
    expect(stdout).toMatch(/no data\s+late .* aborted before/);
    expect(stdout).toContain('Take the abort out of fast to see the rest: 1 budget without data so far.');
    const { stop } = JSON.parse(io.readText('reports/half/result.json')) as Findings;
    expect(stop).toMatchObject({ reason: 'aborted', atNs: 14e9, abort: { id: 'fast' } });
    expect(io.readText('reports/half/timeline.csv').trim().split('\n').length).toBeGreaterThan(14);
    const page = io.readText('reports/half/report.html');
    expect(page).toMatch(/class="alarm" role="alert">! ABORTED at/);
    expect(page).toMatch(/class="dipname"[^>]*>ABORTED</);
    expect(io.names()).toContain('reports/half/charts/event.png');
    expect(JSON.parse(io.readText('reports/half/run.json'))).toMatchObject({ stop: 'aborted' });
  });

  test('the same bytes whatever -j, and a saved result draws the same page', async () => {
    const [one, two] = [withScenario(ABORTED), withScenario(ABORTED)];
    await run(one, 'run', 'site.yaml', '--no-charts', '-j', '1');
    await run(two, 'run', 'site.yaml', '--no-charts', '-j', '2');
    expect(two.readText('reports/half/result.json')).toBe(one.readText('reports/half/result.json'));
  });

  test('in Chinese', async () => {
    const io = withScenario(ABORTED);
    const { stdout } = await run(io, 'run', 'site.yaml', '--no-charts', '--lang', 'zh');
    expect(stdout).toContain('因预算 fast 中止');
    expect(stdout).toContain('此前已中止');
  });

  test('explain says that the budget ended the run, of the other that it did not come to it', async () => {
    const io = withScenario(ABORTED);
    await run(io, 'run', 'site.yaml', '--no-charts');
    const from = io.stdout.text().length;
    const { stdout } = await run(io, 'explain', 'fast', '--result', 'reports/half/result.json');
    expect(stdout.slice(from)).toContain('ABORTED at');
    const then = io.stdout.text().length;
    const { stdout: other } = await run(io, 'explain', 'late', '--result', 'reports/half/result.json');
    expect(other.slice(then)).not.toContain('ABORTED at');
    expect(other.slice(then)).toMatch(/the run was\s+aborted before/);
  });
});

test('compare takes no result of an aborted run, and simulates a scenario to its end', async () => {
  const io = withScenario(ABORTED);
  await run(io, 'run', 'site.yaml', '--no-charts');
  const { code, stderr } = await run(io, 'compare', 'reports/half/result.json', 'site.yaml');
  expect(code).toBe(104);
  expect(stderr).toContain('that run was aborted by the budget fast');
  const whole = await run(io, 'compare', 'site.yaml', 'site.yaml', '--json', '--reps', '2');
  expect(whole.code).toBe(0);
  const same = withScenario(ABORTED.replace(', abort: { after: 10s }', ''));
  const other = await run(same, 'compare', 'site.yaml', 'site.yaml', '--json', '--reps', '2');
  const pairs = (text: string): unknown =>
    (JSON.parse(text.slice(text.lastIndexOf('\n{\n') + 1)) as { pairs: unknown }).pairs;
  expect(pairs(whole.stdout.slice(whole.stdout.indexOf('{')))).toEqual(
    pairs(other.stdout.slice(other.stdout.indexOf('{'))),
  );
});

describe('check', () => {
  test('exits 99 and names the budget first, in every output', async () => {
    const io = withScenario(ABORTED);
    const { code, stdout } = await run(io, 'check', 'site.yaml', '--no-charts');
    expect(code).toBe(99);
    expect(stdout).toMatch(/✗ FAILS\n\s+ABORTED at/);
    const found = JSON.parse(io.readText('reports/half/check.json')) as CheckDocument;
    expect(found.scenarios[0]?.budgets.map(({ budget, abort }) => [budget.id, abort?.atNs])).toEqual([
      ['fast', 14e9],
      ['late', undefined],
    ]);
    expect(io.readText('reports/half/junit.xml')).toMatch(/<failure message="ABORTED at [^"]*" type="fail">/);
    const summary = io.readText('reports/half/summary.md');
    expect(summary).toMatch(/\nABORTED at .*\n/);
    expect(summary.indexOf('`fast`')).toBeLessThan(summary.indexOf('`late`'));
  });

  test('a budget that is not asked for ends nothing', async () => {
    const io = withScenario(ABORTED);
    const { code } = await run(io, 'check', 'site.yaml', '--no-charts', '--budgets', 'late');
    expect(code).toBe(0);
    const { stop } = JSON.parse(io.readText('reports/half/result.json')) as Findings;
    expect(stop.reason).toBe('completed');
  });

  test('the baseline file stays as it is', async () => {
    const io = withScenario(ABORTED);
    const { code, stderr } = await run(io, 'check', 'site.yaml', '--no-charts', '--update-baseline');
    expect(code).toBe(99);
    expect(stderr).toContain('warning: the baseline file stays as it is: the run was aborted by fast');
    expect(io.names()).not.toContain('reports/baseline/half.json');
  });

  test('beside a baseline of the whole time nothing is said to be beyond chance', async () => {
    const io = withScenario(ABORTED.replace('20%', '70%'));
    await run(io, 'check', 'site.yaml', '--no-charts', '--update-baseline');
    io.writeText('site.yaml', ABORTED);
    const { code } = await run(io, 'check', 'site.yaml', '--no-charts');
    expect(code).toBe(99);
    const found = JSON.parse(io.readText('reports/half/check.json')) as CheckDocument;
    expect(found.scenarios[0]?.baseline?.notes).toEqual(['other-span']);
  });
});

test('capacity finds the same with abort as without: each load is judged on the whole of it', async () => {
  const search = async (text: string): Promise<CapacityDocument> => {
    const io = withScenario(text);
    const asked = ['--reps', '2', '--to', '4', '--precision', '10%'];
    const { code } = await run(io, 'capacity', 'site.yaml', ...asked);
    expect(code).toBe(0);
    return JSON.parse(io.readText('reports/burst/capacity.json')) as CapacityDocument;
  };
  // Of the burst in the first 5 s three quarters are shed, of the whole time less than half.
  const BURST = `scenario: burst
clock: { lasts: 40s, warmUp: 1s }
traffic:
  curve: [{ at: 0s, rate: 200/s, phase: burst }, { at: 5s, rate: 20/s, shape: step, phase: calm }]
stations:
  gate: { limit: { rate: 50/s, burst: 10, scope: service }, servers: 20, service: { exponential: 1ms } }
requests:
  r: { path: [gate] }
budgets:
  - { id: whole, target: "*", expect: shed < 60%, minSamples: 10, abort: { after: 2s } }
`;
  const found = await search(BURST);
  expect(found.bound.kind).toBe('bound');
  expect(found.bound.multiplier).toBeGreaterThan(1.2);
  const without = await search(BURST.replace(', abort: { after: 2s }', ''));
  expect([found.bound, found.points]).toEqual([without.bound, without.points]);
});
