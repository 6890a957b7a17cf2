import { describe, expect, test } from 'vitest';
import type { AlertFinding, Findings } from '../../src/analysis/findings.ts';
import { displayWidth } from '../../src/base/width.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderText } from '../../src/report/text.ts';
import { doubleEleven, HOSTILE } from './example-findings.ts';

const S = 1e9;

function withAlerts(...alerts: Partial<AlertFinding>[]): Findings {
  const silent: AlertFinding = {
    ...{ id: 'quiet', target: '*', when: 'errors > 10%', overNs: [300 * S], forNs: 120 * S },
    ...{ severity: 'warning', why: null, firesIn: 0, firstFiredNs: null, firings: [] },
  };
  const base = doubleEleven();
  return { ...base, alerts: alerts.map((each) => ({ ...silent, ...each })) };
}

const FIRED: Partial<AlertFinding> = {
  ...{ id: 'loud', severity: 'critical', firesIn: 1, firstFiredNs: 402 * S, why: 'nobody can buy' },
  firings: [{ pendingNs: 282 * S, firedNs: 402 * S, resolvedNs: null }],
};

const textOf = (findings: Findings): string => renderText(findings, { colour: false, files: [] });

describe('alerts', () => {
  test('those that fire come first, with since when and until when', () => {
    const text = textOf(withAlerts({}, FIRED));
    const [, block = ''] = /\nALERTS\n([^]*?)\n\n/.exec(text) ?? [];
    expect(block.replace(/\s+/g, ' ')).toBe(
      ' ● loud (critical): 00:04:42; true since 00:02:42, to the end; errors > 10% over 5min for 2min, * ' +
        '○ quiet (warning): never; errors > 10% over 5min for 2min, *',
    );
    for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  });

  test('without any there is nothing of them', () => {
    expect(textOf(withAlerts())).not.toContain('ALERTS');
    expect(renderHtml({ result: withAlerts() }, { file: 'x' })).not.toContain('id="alerts"');
  });

  test('the page has them beside the budgets, and their names stay names', () => {
    const page = renderHtml(
      { result: withAlerts(FIRED, { id: HOSTILE, why: HOSTILE, severity: HOSTILE }) },
      { file: 'x' },
    );
    const [, section = ''] = /id="budgets"([^]*?)<\/section>/.exec(page) ?? [];
    expect(section).toContain('id="alerts"');
    expect(section).toContain('nobody can buy');
    expect(section).not.toContain('<img src=x');
  });

  test('how many replications it fires in, and how often', () => {
    const base = withAlerts({
      ...FIRED,
      firings: [
        { pendingNs: 402 * S, firedNs: 402 * S, resolvedNs: 410 * S },
        { pendingNs: 420 * S, firedNs: 420 * S, resolvedNs: 430 * S },
      ],
    });
    const text = textOf({ ...base, replications: { ...base.replications, done: 5 } }).replace(/\s+/g, ' ');
    expect(text).toContain('00:04:42, in 1 of 5 runs; until 00:04:50, 2 times;');
  });
});
