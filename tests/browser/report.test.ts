import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as examples from '../report/example-findings.ts';
import { renderPage } from '../report/page-files.ts';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const EXAMPLES = {
  'double-11': examples.doubleEleven,
  large: examples.largeSite,
  chinese: examples.chineseNames,
  hostile: examples.hostileNames,
  empty: examples.withoutData,
  unmeasured: examples.unmeasured,
  desk: examples.singleDesk,
} as const;
type Example = keyof typeof EXAMPLES;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  for (const [name, build] of Object.entries(EXAMPLES)) {
    writeFileSync(join(folder, `${name}.html`), await renderPage(build()));
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

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

describe.each(Object.keys(EXAMPLES) as Example[])('%s', (example) => {
  test.each([
    ['desk', DESK],
    ['phone', PHONE],
    ['dark', { ...DESK, colorScheme: 'dark' as const }],
  ])('%s: no error, one request, no sideways scrolling', async (_, options) => {
    const { page, problems, requests } = await open(example, options);
    expect(problems).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await evaluate(page, 'document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.close();
  });
});

test('every chart is drawn', async () => {
  const { page } = await open('double-11', DESK);
  const inked = await evaluate<number[]>(
    page,
    `[...document.querySelectorAll('canvas')].map((canvas) =>
      new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size)`,
  );
  expect(inked).toHaveLength(8);
  for (const colours of inked) expect(colours).toBeGreaterThan(10);
  await page.close();
});

test('verdict, value and margin of a budget are seen on a phone without scrolling', async () => {
  const { page } = await open('double-11', PHONE);
  const heads = await page.locator('#budgets thead').first().locator('th').all();
  const boxes = await Promise.all(heads.slice(0, 3).map((head) => head.boundingBox()));
  for (const box of boxes) expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  await page.close();
});

test.each(['double-11', 'large', 'chinese', 'hostile'] as const)(
  'names of layers are whole on a phone: %s',
  async (example) => {
    const { page } = await open(example, PHONE);
    const spare = await evaluate<number>(
      page,
      `(() => {
        const { y } = Chart.getChart('canvas-headroom').scales;
        const lines = y.ticks.flatMap(({ label }) => label);
        return y.width - Math.max(...lines.map((line) => y.ctx.measureText(line).width));
      })()`,
    );
    expect(spare).toBeGreaterThanOrEqual(0);
    await page.close();
  },
);

test('what is cut off scrolls in a box of its own, its names staying in sight', async () => {
  const { page } = await open('double-11', PHONE);
  const box = `document.querySelector('#stations .scroll')`;
  await evaluate(page, `${box}.scrollLeft = 1e6`);
  const name = await page.locator('#stations tbody td').first().boundingBox();
  expect(name?.x).toBeGreaterThanOrEqual(0);
  expect(await evaluate<number>(page, `${box}.scrollLeft`)).toBeGreaterThan(100);
  await page.close();
});

test('the tables of requests fit a desk', async () => {
  const { page } = await open('double-11', DESK);
  const excess = await evaluate<number[]>(
    page,
    `[...document.querySelectorAll('#requests > .scroll')].map((each) => each.scrollWidth - each.clientWidth)`,
  );
  expect(excess).toEqual([0, 0]);
  await page.close();
});

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

test('without scripts: verdict, budgets, tables, and the charts as pictures', async () => {
  const { page, problems } = await open('double-11', { ...DESK, javaScriptEnabled: false });
  expect(problems).toEqual([]);
  expect(await page.getByText('DOES NOT HOLD').isVisible()).toBe(true);
  expect(await page.locator('#budgets tbody tr').count()).toBe(6);
  expect(await page.locator('#stations tbody tr').count()).toBe(14);
  const pictures = page.locator('figure img');
  expect(await pictures.count()).toBe(8);
  for (const picture of await pictures.all()) {
    const box = await picture.boundingBox();
    expect(box?.height).toBeGreaterThan(100);
  }
  expect(await page.locator('canvas').first().isVisible()).toBe(false);
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
