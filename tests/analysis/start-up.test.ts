/** A site that begins empty: where its start-up ends, and what it does to the means. */
import { describe, expect, test, vi } from 'vitest';
import type { Findings, StartUpFinding } from '../../src/analysis/findings.ts';
import { renderText } from '../../src/report/text.ts';
import { findingsOf } from '../promises/world.ts';
import { findingsOf as madeFindings } from './builders.ts';

// Each case simulates some hundred thousand jobs, on machines that have other work too.
vi.setConfig({ testTimeout: 60_000 });

const site = (clock: string, traffic: string, station: string, more = ''): Findings =>
  findingsOf({
    text: `
scenario: start-up
clock: ${clock}
traffic: ${traffic}
stations: { desk: ${station} }
requests: { customer: { path: [desk] } }
${more}
`,
  });

const said = (findings: Findings): string =>
  renderText(findings, { colour: false, files: [] }).replace(/\s+/g, ' ');

/** 200 servers of 50 s at 75 %: they fill up like 1 − e^(−t/50 s). */
const FILLING = ['{ rate: 3/s }', '{ servers: 200, service: { exponential: 50s } }'] as const;

describe('servers that fill up', () => {
  const findings = site('{ lasts: 2000s, warmUp: 0s, window: 5s }', ...FILLING);
  const { refusal, cutNs, isTrusted, utilization, responseNs } = findings.startUp;

  test('MSER-5 cuts some time constants after the beginning', () => {
    expect({ refusal, isTrusted }).toEqual({ refusal: null, isTrusted: true });
    expect(cutNs! / 50e9).toBeGreaterThan(1);
    expect(cutNs! / 50e9).toBeLessThan(10);
  });

  test('the utilization of the whole run is too low by 50 s in 2000 s, within its error', () => {
    const { group, relative, standardError, whole, behindCut } = utilization!;
    expect(group).toBe('desk');
    expect(relative).toBeCloseTo(whole / behindCut - 1, 12);
    expect(Math.abs(relative + 50 / 2000)).toBeLessThan(4 * standardError!);
    expect(relative).toBeLessThan(0);
  });

  test('nobody waits, so the response time has no bias beyond its error', () => {
    expect(Math.abs(responseNs!.relative)).toBeLessThan(4 * responseNs!.standardError!);
  });

  test('the report says it in a sentence', () => {
    expect(said(findings)).toMatch(
      /MSER-5 would cut the first [\d.]+ (s|min); they change the mean response time by .* and the utilization of desk by −[\d.]+ % \(standard error [\d.]+ %\)/,
    );
  });
});

test('no rule judges the start of a run whose servers are disturbed, or whose queue only grows', () => {
  const servers = '{ servers: 10, service: { exponential: 10ms } }';
  const refusalOf = (rate: string, more?: string): unknown =>
    site('{ lasts: 60s, warmUp: 0s }', `{ rate: ${rate} }`, servers, more).startUp.refusal;
  expect(refusalOf('500/s')).toBeNull();
  const dip = '{ id: dip, at: 20s, lasts: 10s, station: desk, capacity: 10% }';
  expect(refusalOf('500/s', `disturbances: [${dip}]`)).toBe('inputs-vary');
  expect(refusalOf('1500/s')).toBe('saturated');
});

test('with a warm-up there is nothing to say, and nothing is said', () => {
  const findings = site('{ lasts: 500s, warmUp: 400s, window: 5s }', ...FILLING);
  expect(findings.startUp).toMatchObject({ isPilot: false, refusal: null });
  expect(said(findings)).not.toContain('MSER-5');
});

describe('refused', () => {
  const QUICK = '{ servers: 1, service: 1ms }';
  const ramp = '{ curve: [{ at: 0s, rate: 50/s }, { at: 100s, rate: 90/s }] }';
  const mix = '{ lasts: 100s, warmUp: 0s }';
  const cases: readonly (readonly [string, () => Findings, StartUpFinding['refusal'], string])[] = [
    [
      'a ramp',
      () => site(mix, ramp, QUICK),
      'inputs-vary',
      'the traffic or the speed of servers changes with time',
    ],
    [
      'few windows',
      () => site('{ lasts: 20s, warmUp: 0s }', '{ rate: 90/s }', QUICK),
      'few-windows',
      'too few or too empty',
    ],
    ['an empty window', () => site(mix, '{ rate: 0.5/s }', QUICK), 'few-windows', 'too few or too empty'],
  ];

  test.each(cases)('%s', (_title, build, refusal, sentence) => {
    const findings = build();
    expect(findings.startUp).toEqual({
      isPilot: false,
      refusal,
      cutNs: null,
      isTrusted: false,
      responseNs: null,
      utilization: null,
    });
    expect(said(findings)).toContain(sentence);
  });

  test('a run that was cut short', () => {
    const base = madeFindings();
    expect(base.startUp.refusal).toBe('few-windows');
    expect(said({ ...base, startUp: { ...base.startUp, refusal: 'cut-short' } })).toContain(
      'did not reach its end',
    );
  });
});
