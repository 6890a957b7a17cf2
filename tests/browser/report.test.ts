import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as examples from '../report/example-findings.ts';
import type { Findings, LatencySummary } from '../../src/analysis/findings.ts';
import { renderHtml } from '../../src/report/html.ts';
import type { ReviewDocuments } from '../../src/report/review.ts';
import { textsOf } from '../../src/report/texts/texts.ts';
import { capacityDocument, comparisonDocument, sensitivityDocument } from '../report/example-review.ts';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const alone = (build: () => ReviewDocuments['result']) => () => ({ result: build() });
const reviewed = (build: () => ReviewDocuments['result'], name?: string) => (): ReviewDocuments => ({
  result: build(),
  capacity: capacityDocument(name),
  sensitivity: sensitivityDocument(name),
  comparison: comparisonDocument(name),
});

/** Five replications, so that all values have intervals that take as much room as any. */
function replicated(): Findings {
  const base = examples.doubleEleven();
  const around = (value: number | null): [number, number] | null =>
    value === null ? null : [value * 0.99991, value * 1.00009];
  const ofLatency = (latency: LatencySummary): LatencySummary => {
    const { meanNs, p50Ns, p90Ns, p95Ns, p99Ns, p999Ns, maxNs } = latency;
    const values = { meanNs, p50Ns, p90Ns, p95Ns, p99Ns, p999Ns, maxNs };
    const entries = Object.entries(values).map(([key, value]) => [key, around(value)]);
    return { ...latency, intervals: Object.fromEntries(entries) as LatencySummary['intervals'] & {} };
  };
  return {
    ...base,
    replications: { ...base.replications, asked: 5, done: 5 },
    requests: base.requests.map((each) => ({
      ...each,
      latency: ofLatency(each.latency),
      intervals: {
        goodPerSec: around(each.goodPerSec),
        availability: [0.599_912, 0.600_034],
        failureShares: {
          shed: [0.399_91, 0.400_05],
          rejected: null,
          abandoned: null,
          timedOut: null,
          failed: null,
        },
      },
    })),
    stations: base.stations.map((each) => ({
      ...each,
      wait: ofLatency(each.wait),
      sojourn: each.sojourn === null ? null : ofLatency(each.sojourn),
      intervals: {
        utilization: around(each.utilization),
        utilizationPeak: around(each.utilizationPeak),
        throughputPerSec: around(each.throughputPerSec),
        waitingJobsMean: around(each.waitingJobsMean),
        waitingJobsMax: around(each.waitingJobsMax),
      },
    })),
  };
}

const EXAMPLES = {
  'double-11': reviewed(examples.doubleEleven),
  large: alone(examples.largeSite),
  chinese: reviewed(examples.chineseNames),
  hostile: reviewed(examples.hostileNames, examples.HOSTILE),
  empty: alone(examples.withoutData),
  unmeasured: alone(examples.unmeasured),
  desk: alone(examples.singleDesk),
  replicated: alone(replicated),
} as const;
type Example = keyof typeof EXAMPLES;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  for (const [name, build] of Object.entries(EXAMPLES)) {
    const texts = textsOf(name === 'chinese' ? 'zh' : 'en');
    writeFileSync(join(folder, `${name}.html`), renderHtml(build(), { file: 'site.yaml', texts }));
  }
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The opened page with what went wrong on the way. */
async function open(example: Example, options: BrowserContextOptions = {}) {
  const page = await browser.newPage(options);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(folder, `${example}.html`)).href);
  return { page, problems, requests };
}

const evaluate = <Value>(page: Page, script: string) => page.evaluate<Value>(script);

const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

describe.each(Object.keys(EXAMPLES) as Example[])('%s', (example) => {
  test.each([
    ['desk', DESK],
    ['phone', PHONE],
    ['dark desk', { ...DESK, colorScheme: 'dark' as const }],
    ['dark phone', { ...PHONE, colorScheme: 'dark' as const }],
  ])('%s: no error, one request, no sideways scrolling', async (_, options) => {
    const { page, problems, requests } = await open(example, options);
    expect(problems).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await evaluate(page, 'document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await evaluate<string[]>(page, LOW_CONTRAST)).toEqual([]);
    await page.close();
  });
});

/** Texts whose contrast with what is behind them is below WCAG's AA: 4.5 to 1, and 3 to 1 for large ones. */
const LOW_CONTRAST = `(() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((each) => each / 255)
    .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, nth) => sum + each * [0.2126, 0.7152, 0.0722][nth], 0);
  const ground = (node) => {
    for (let each = node; each !== null; each = each.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(each).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = new Set();
  for (const node of document.querySelectorAll('body *')) {
    const hasText = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim() !== '');
    const isSeen = node.checkVisibility() && node.getClientRects().length > 0;
    if (!hasText || !isSeen || node.closest('script, style, noscript')) continue;
    const style = getComputedStyle(node);
    const isDrawn = node.closest('svg') !== null;
    const [a, b] = [light(channels(isDrawn ? style.fill : style.color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.add(node.tagName + '.' + (node.getAttribute('class') ?? '') + ' ' + ratio.toFixed(2));
  }
  return [...found];
})()`;

test('the measure of contrast finds what is too faint', async () => {
  const { page } = await open('desk', DESK);
  await evaluate(page, `document.querySelector('.lead').style.color = '#bbb'`);
  expect(await evaluate<string[]>(page, LOW_CONTRAST)).toHaveLength(1);
  await page.close();
});

test('every section is there and every chart is drawn, without scripts too', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await open('double-11', { ...DESK, javaScriptEnabled });
    const sections = await evaluate<string[]>(
      page,
      `[...document.querySelectorAll('section')].map(({ id }) => id)`,
    );
    expect(sections).toEqual([
      ...['budgets', 'breaks', 'headroom', 'changes', 'cost', 'map', 'event', 'anatomy', 'requests'],
      ...['stations', 'protections', 'stability', 'sensitivity', 'claims', 'belief', 'reproduce', 'glossary'],
    ]);
    for (const area of await page.locator('.plot .area').all()) {
      const box = await area.boundingBox();
      expect(box?.height).toBeGreaterThan(100);
      expect(await area.locator('path.line').count()).toBeGreaterThan(0);
    }
    expect(await page.locator('.plot').count()).toBe(9);
    expect(await page.locator('.heat .strip rect').count()).toBeGreaterThan(20);
    expect(await page.locator('#map .box').count()).toBe(7);
    await page.close();
  }
});

const areas = (page: Page) => page.locator('#event .area');
const readings = (page: Page) => page.locator('#event output').allInnerTexts();
const ticks = (page: Page) => page.locator('#event .plot').first().locator('.xs span').allInnerTexts();

test('the cursor reads every chart over time at once', async () => {
  const { page } = await open('double-11', DESK);
  expect((await readings(page)).every((text) => text === '')).toBe(true);
  await areas(page).first().scrollIntoViewIfNeeded();
  await areas(page)
    .first()
    .hover({ position: { x: 600, y: 80 } });
  const texts = await readings(page);
  expect(texts.filter((text) => text !== '').length).toBe(texts.length);
  expect(texts[0]).toMatch(/^[\d.]+[kM]\/s$/);
  const cursors = page.locator('#event .cursor:visible');
  expect(await cursors.count()).toBe(6);
  expect(new Set(await cursors.allInnerTexts()).size).toBe(1);
  await page.close();
});

test('a drag zooms all charts over time and no other; the button shows all again', async () => {
  const { page } = await open('double-11', DESK);
  const whole = await ticks(page);
  const other = await page.locator('#anatomy .xs').first().innerText();
  await areas(page).nth(1).scrollIntoViewIfNeeded();
  const box = (await areas(page).nth(1).boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 60, { steps: 4 });
  await page.mouse.up();
  expect(await ticks(page)).not.toEqual(whole);
  const boxes = await evaluate<string[]>(
    page,
    `[...document.querySelectorAll('#event svg[preserveAspectRatio]')].map((each) => each.getAttribute('viewBox'))`,
  );
  expect(new Set(boxes).size).toBe(1);
  expect(boxes[0]).not.toBe('0 0 1000 1000');
  expect(await page.locator('#anatomy .xs').first().innerText()).toBe(other);
  await page.locator('[data-zoom=all]').click();
  expect(await areas(page).first().locator('> svg').getAttribute('viewBox')).toBe('0 0 1000 1000');
  await page.close();
});

test('charts are reached and used with the keyboard alone', async () => {
  const { page } = await open('double-11', DESK);
  await areas(page).first().focus();
  await page.keyboard.press('ArrowRight');
  const first = (await readings(page))[0];
  expect(first).not.toBe('');
  for (let nth = 0; nth < 3; nth++) await page.keyboard.press('Shift+ArrowLeft');
  expect((await readings(page))[0]).not.toBe(first);
  await page.keyboard.press('+');
  expect(await areas(page).first().locator('> svg').getAttribute('viewBox')).not.toBe('0 0 1000 1000');
  await page.keyboard.press('0');
  expect(await areas(page).first().locator('> svg').getAttribute('viewBox')).toBe('0 0 1000 1000');
  await page.keyboard.press('Tab');
  expect(await evaluate(page, `document.activeElement.classList.contains('area')`)).toBe(true);
  await page.close();
});

test('what can be used can be reached with Tab, and shows that it is', async () => {
  const { page } = await open('double-11', DESK);
  const unreachable = await evaluate<string[]>(
    page,
    `[...document.querySelectorAll('.area, .scroll, summary, button, table.live th, nav a')]
      .filter((each) => each.tabIndex < 0).map((each) => each.className)`,
  );
  expect(unreachable).toEqual([]);
  await areas(page).first().focus();
  await page.keyboard.press('Tab');
  expect(await evaluate(page, `getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid');
  await page.close();
});

test.each(['double-11', 'large', 'chinese', 'hostile', 'replicated'] as const)(
  'on a phone every row of a wide table is a card, each value in sight below its heading: %s',
  async (example) => {
    const { page } = await open(example, PHONE);
    const beside = await evaluate<string[]>(
      page,
      `[...document.querySelectorAll('.cards td')].filter((each) => each.checkVisibility())
        .filter((each) => each.getBoundingClientRect().right > innerWidth || each.scrollWidth > each.clientWidth + 1)
        .map((each) => each.textContent)`,
    );
    expect(beside).toEqual([]);
    const unnamed = await evaluate<number>(
      page,
      `document.querySelectorAll('.cards td:not([data-h])').length`,
    );
    expect(unnamed).toBe(0);
    const heading = `getComputedStyle(document.querySelector('#budgets td:nth-child(2)'), '::before').content`;
    expect(await evaluate(page, heading)).toBe(example === 'chinese' ? '"测得"' : '"measured"');
    await page.close();
  },
);

test('on a phone the headings of a table that sorts are the buttons for it', async () => {
  const { page } = await open('double-11', PHONE);
  const first = () => page.locator('#stations tbody tr').first().locator('td').nth(1).textContent();
  const before = await first();
  await page.locator('#stations th', { hasText: 'group' }).click();
  expect(await first()).not.toBe(before);
  await page.close();
});

test.each(['double-11', 'large', 'chinese', 'hostile'] as const)(
  'names and values beside bars are whole on a phone: %s',
  async (example) => {
    const { page } = await open(example, PHONE);
    const cut = await evaluate<string[]>(
      page,
      `[...document.querySelectorAll('.barname, .barvalue, .legend li, .tile dd')]
        .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent)`,
    );
    expect(cut).toEqual([]);
    await page.close();
  },
);

test('what is cut off scrolls in a box of its own, its names staying in sight', async () => {
  const { page } = await open('double-11', { viewport: { width: 700, height: 900 } });
  const box = `document.querySelector('#stations .scroll')`;
  await evaluate(page, `${box}.scrollLeft = 1e6`);
  const name = await page.locator('#stations tbody td').first().boundingBox();
  expect(name?.x).toBeGreaterThanOrEqual(0);
  expect(await evaluate<number>(page, `${box}.scrollLeft`)).toBeGreaterThan(100);
  await page.close();
});

test.each(['double-11', 'large', 'replicated'] as const)(
  'the tables of requests and stations fit a desk: %s',
  async (example) => {
    const { page } = await open(example, DESK);
    const excess = await evaluate<number[]>(
      page,
      `[...document.querySelectorAll('#requests > .scroll, #stations > .scroll')]
        .map((each) => each.scrollWidth - each.clientWidth)`,
    );
    expect(excess).toEqual([0, 0, 0]);
    await page.close();
  },
);

test('names from the scenario do not become scripts', async () => {
  const { page } = await open('hostile', DESK);
  expect(await evaluate(page, 'globalThis.hacked ?? 0')).toBe(0);
  expect(await page.locator('img[src=x]').count()).toBe(0);
  await page.close();
});

test('a click on a heading sorts by number, a second one the other way', async () => {
  const { page } = await open('double-11', DESK);
  const head = page.locator('#stations th', { hasText: 'waiting, most' });
  const column = () =>
    evaluate<number[]>(
      page,
      `[...document.querySelectorAll('#stations tbody tr')].map((row) => +row.cells[9].dataset.v)`,
    );
  await head.click();
  const down = await column();
  expect(down).toEqual(down.toSorted((a, b) => b - a));
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  await head.press('Enter');
  expect(await column()).toEqual(down.toSorted((a, b) => a - b));
  await page.close();
});

test('without scripts: verdict, budgets, chain and tables', async () => {
  const { page, problems } = await open('double-11', { ...DESK, javaScriptEnabled: false });
  expect(problems).toEqual([]);
  expect(await page.getByText('DOES NOT HOLD').isVisible()).toBe(true);
  expect(await page.locator('#budgets tbody tr').count()).toBe(6);
  expect(await page.locator('#stations tbody tr').count()).toBe(14);
  expect(await page.locator('.chain li').count()).toBe(7);
  expect(await page.locator('.zoom').isVisible()).toBe(false);
  await page.close();
});

test('on paper nothing is folded away or cut off', async () => {
  const { page } = await open('double-11', { ...DESK, colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  await evaluate(page, `dispatchEvent(new Event('beforeprint'))`);
  expect(await page.locator('details:not([open])').count()).toBe(0);
  expect(await evaluate(page, `getComputedStyle(document.querySelector('.scroll')).overflowX`)).toBe(
    'visible',
  );
  expect(await evaluate(page, 'getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  await page.close();
});
