import { describe, expect, test } from 'vitest';
import { buildCharts } from '../../src/report/charts.ts';
import { renderPngs } from '../../src/report/png.ts';
import { chineseNames, doubleEleven, singleDesk, withoutData } from './example-findings.ts';
import { FONTS } from './page-files.ts';

/** Width and height from the header of a PNG file. */
function sizeOf(bytes: Uint8Array): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('chart files', () => {
  test('are PNG pictures of twice the size, one per chart, and the same every time', async () => {
    const charts = buildCharts(doubleEleven());
    const files = await renderPngs(charts, FONTS);
    expect(files.map(({ name }) => name)).toEqual(charts.map(({ id }) => `${id}.png`));
    files.forEach(({ bytes }, index) => {
      expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect(sizeOf(bytes)).toEqual([charts[index]!.width * 2, charts[index]!.height * 2]);
    });
    const [again] = await renderPngs(charts.slice(-1), FONTS);
    expect(Buffer.compare(again!.bytes, files.at(-1)!.bytes)).toBe(0);
  }, 30_000);

  test('draw Chinese names with the fonts handed in', async () => {
    const [chart] = buildCharts(chineseNames());
    const [drawn] = await renderPngs([chart!], FONTS, 'page');
    const [tofu] = await renderPngs([chart!], FONTS.slice(0, 1), 'page');
    expect(Buffer.compare(drawn!.bytes, tofu!.bytes)).not.toBe(0);
    expect(sizeOf(drawn!.bytes)).toEqual([chart!.width, chart!.height]);
  });

  test('exist for three windows, and none for no window', async () => {
    expect(await renderPngs(buildCharts(singleDesk()), FONTS, 'page')).toHaveLength(7);
    expect(await renderPngs(buildCharts(withoutData()), FONTS, 'page')).toEqual([]);
  });

  test('a file that is no font is refused', async () => {
    await expect(renderPngs([], [...FONTS, { bytes: new Uint8Array(8) }])).rejects.toThrow('font 2');
  });
});
