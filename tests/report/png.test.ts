import { describe, expect, test } from 'vitest';
import { slideCharts, SLIDES } from '../../src/report/charts/slides.ts';
import { renderPngs } from '../../src/report/png.ts';
import { EN } from '../../src/report/texts/en.ts';
import { chineseNames, doubleEleven, singleDesk, unmeasured, withoutData } from './example-findings.ts';
import { capacityDocument, comparisonDocument } from './example-review.ts';
import { FONTS } from './page-files.ts';

/** Width and height from the header of a PNG file. */
function sizeOf(bytes: Uint8Array): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

const slidesOf = (result: ReturnType<typeof doubleEleven>) => slideCharts({ result }, EN);
const all = () =>
  slideCharts({ result: doubleEleven(), capacity: capacityDocument(), comparison: comparisonDocument() }, EN);

describe('slides', () => {
  test('have fixed names; those without data are left out', () => {
    expect(all().map(({ id }) => id)).toEqual(SLIDES);
    expect(slidesOf(doubleEleven()).map(({ id }) => id)).toEqual([
      ...['verdict', 'headroom', 'event', 'anatomy', 'cost'],
    ]);
    expect(slidesOf(singleDesk()).map(({ id }) => id)).not.toContain('cost');
    expect(slidesOf(unmeasured()).map(({ id }) => id)).toEqual(['verdict']);
    expect(slidesOf(withoutData()).map(({ id }) => id)).toEqual(['verdict', 'cost']);
  });

  test('are PNG pictures of twice the size, one each, and the same every time', async () => {
    const charts = all();
    const files = await renderPngs(charts, FONTS);
    expect(files.map(({ name }) => name)).toEqual(SLIDES.map((id) => `${id}.png`));
    files.forEach(({ bytes }, index) => {
      expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect(sizeOf(bytes)).toEqual([charts[index]!.width * 2, charts[index]!.height * 2]);
    });
    const [again] = await renderPngs(charts.slice(-1), FONTS);
    expect(Buffer.compare(again!.bytes, files.at(-1)!.bytes)).toBe(0);
  }, 30_000);

  test('draw Chinese names with the fonts handed in', async () => {
    const charts = slidesOf(chineseNames()).slice(0, 2);
    const drawn = await renderPngs(charts, FONTS);
    const tofu = await renderPngs(charts, FONTS.slice(0, 1));
    drawn.forEach(({ bytes }, nth) => {
      expect(Buffer.compare(bytes, tofu[nth]!.bytes)).not.toBe(0);
    });
  });

  test('a file that is no font is refused', async () => {
    await expect(renderPngs([], [...FONTS, { bytes: new Uint8Array(8) }])).rejects.toThrow('font 2');
  });
});
