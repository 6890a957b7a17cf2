/** An interval without an upper end, or a narrow one, is shown as what it is: in the terminal, in the page and in the chart. */
import { expect, test } from 'vitest';
import type { Band, Findings, LatencySummary } from '../../src/analysis/findings.ts';
import { displayWidth } from '../../src/base/width.ts';
import { latencyChart } from '../../src/report/charts/latency.ts';
import { formatDuration, formatInterval, formatShare, formatSpread } from '../../src/report/format.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderText } from '../../src/report/text.ts';
import { EN } from '../../src/report/texts/en.ts';
import { doubleEleven } from './example-findings.ts';

const MS = 1e6;

/** Five replications, whose P99 may lie anywhere above what it was seen to reach. */
function site(upper: number | null): Findings {
  const base = doubleEleven();
  const open = (latency: LatencySummary): LatencySummary => ({
    ...latency,
    intervals: {
      meanNs: null,
      maxNs: null,
      p50Ns: null,
      p90Ns: null,
      p95Ns: null,
      p999Ns: null,
      p99Ns: [90 * MS, upper],
    },
  });
  return {
    ...base,
    replications: { ...base.replications, asked: 5, done: 5 },
    requests: base.requests.map((each) => ({ ...each, latency: open(each.latency) })),
  };
}

const text = (findings: Findings): string => renderText(findings, { colour: false, files: [] });

test('as a number', () => {
  expect(formatInterval([181 * MS, 187 * MS], formatDuration)).toBe('181 ms – 187 ms');
  expect(formatInterval([181 * MS, null], formatDuration)).toBe('≥ 181 ms');
  expect(formatInterval([113.78 * MS, 113.85 * MS], formatDuration)).toBe('113.8 ms – 113.9 ms');
  expect(formatInterval([0.9999, 0.99991], formatShare)).toBe('99.99 % – 99.991 %');
  expect(formatInterval([0, 0], formatDuration)).toBe('±0');
  expect(formatSpread(100, [98, 102])).toBe('±2.0 %');
  expect(formatSpread(100, [98, null])).toBe('+∞');
});

test('terminal: +∞ stands where the half-width stands otherwise, and a line explains it', () => {
  expect(text(site(null))).toMatch(/create .* 268 ms +\+∞ /);
  expect(text(site(null))).toContain('the interval has no upper end');
  expect(text(site(300 * MS))).toMatch(/create .* 268 ms +±39 % /);
  expect(text(site(300 * MS))).not.toContain('+∞');
});

test.each([null, 90.1 * MS])(
  'terminal: 80 columns are enough for the half-widths (upper end %s)',
  (upper) => {
    for (const line of text(site(upper)).split('\n'))
      expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  },
);

test('terminal: goodput, which is what is available of the offered, gives way to the half-widths', () => {
  const heads = (columns: number): string =>
    renderText(site(90.1 * MS), { colour: false, files: [], columns })
      .split('\n')
      .find((line) => line.includes('class'))!;
  expect(heads(80)).not.toContain('good');
  expect(heads(100)).toContain('good');
});

test('the mean has its half-width on a wide terminal, its interval on the page', () => {
  const base = site(300 * MS);
  const requests = base.requests.map((each) => ({
    ...each,
    latency: {
      ...each.latency,
      meanNs: 100 * MS,
      intervals: { ...each.latency.intervals!, meanNs: [98 * MS, 102 * MS] as [number, number] },
    },
  }));
  const wide = renderText({ ...base, requests }, { colour: false, files: [], columns: 120 });
  expect(wide).toMatch(/class +offered +good +available +mean /);
  expect(wide).toMatch(/create .* 100 ms ±2\.0 % /);
  const page = renderHtml({ result: { ...base, requests } }, { file: 'site.yaml' });
  expect(page).toContain('<span>98.0 ms –</span> <span>102 ms</span>');
});

test('page: the lower end, or more', () => {
  const page = renderHtml({ result: site(null) }, { file: 'site.yaml' });
  expect(page).toContain('<small class="ci">≥ 90.0 ms</small>');
});

test('page: the ends of a narrow interval are told apart', () => {
  const page = renderHtml({ result: site(90.01 * MS) }, { file: 'site.yaml' });
  expect(page).toContain('<small class="ci"><span>90.00 ms –</span> <span>90.01 ms</span></small>');
});

test('chart: the band reaches up to the highest value, and the caption says so', () => {
  const charted = (upper: readonly (number | null)[]) => {
    const base = doubleEleven();
    const requests = base.timeline.requests.map((each) => {
      const lower = each.p99Ns.map((p99) => (p99 === null ? null : p99 / 2));
      const band: Band = { lower, upper };
      return { ...each, bands: { p50Ns: band, p95Ns: band, p99Ns: band, p999Ns: band, availability: band } };
    });
    const chart = latencyChart({ ...base, timeline: { ...base.timeline, requests } }, EN)!;
    const series = chart.plan.series;
    const points = series.map((each) => each.points.map(([, y]) => y ?? 0));
    return { caption: chart.caption, points };
  };
  const { p99Ns } = doubleEleven().timeline.requests[0]!;
  const closed = charted(p99Ns.map((p99) => (p99 === null ? null : p99 * 1.5)));
  expect(closed.caption).not.toContain('no upper end');
  const open = charted(p99Ns.map(() => null));
  expect(open.caption).toContain('no upper end');
  const top = Math.max(...open.points.slice(2).flat());
  expect(new Set(open.points[1])).toEqual(new Set([top]));
});
