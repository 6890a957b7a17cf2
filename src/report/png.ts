/** Charts as PNG files, drawn with the fonts handed in, so that every machine draws the same bytes. */
import { GlobalFonts } from '@napi-rs/canvas';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import type { Chart } from './charts/plan.ts';
import { toConfig } from './charts/kit.ts';
import type { Theme } from './charts/theme.ts';

export interface FontFile {
  /** File content: woff2, ttf or otf. */
  readonly bytes: Uint8Array;
}

export interface PngFile {
  /** `traffic.png` */
  readonly name: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A file travels alone and is projected: it is fine and carries its title. In the page the title is text. */
export type PngPurpose = 'file' | 'page';

const PIXEL_RATIOS: Readonly<Record<PngPurpose, number>> = { file: 2, page: 1 };

const PRINT_THEME: Omit<Theme, 'title' | 'caption' | 'font'> = {
  text: '#1b1f24',
  muted: '#57606a',
  grid: '#e4e7eb',
  band: '#f4f5f7',
  fontSize: 13,
  isResponsive: false,
};

/**
 * Draws each chart, later fonts filling the glyphs that earlier ones lack.
 * @throws {Error} when a font cannot be read.
 */
export async function renderPngs(
  charts: readonly Chart[],
  fonts: readonly FontFile[],
  purpose: PngPurpose = 'file',
): Promise<PngFile[]> {
  const theme = { ...PRINT_THEME, font: registerFonts(fonts) };
  const canvases = new Map<string, ChartJSNodeCanvas>();
  const files: PngFile[] = [];
  for (const { id, title, caption, width, height, plan } of charts) {
    const size = `${width}x${height}`;
    // A canvas service keeps its own copy of Chart.js, which is never freed: one for each size.
    const canvas = canvases.get(size) ?? createCanvas(width, height, PIXEL_RATIOS[purpose]);
    canvases.set(size, canvas);
    const heading = purpose === 'file' ? { title, caption } : { title: null, caption: null };
    const bytes = await canvas.renderToBuffer(toConfig(plan, { ...theme, ...heading }));
    files.push({ name: `${id}.png`, id, bytes });
  }
  return files;
}

function createCanvas(width: number, height: number, pixelRatio: number): ChartJSNodeCanvas {
  return new ChartJSNodeCanvas({
    width,
    height,
    backgroundColour: 'white',
    chartCallback: (chartJs) => {
      chartJs.defaults.devicePixelRatio = pixelRatio;
    },
  });
}

/** Registers every font under a name of its own and returns the family list. */
function registerFonts(fonts: readonly FontFile[]): string {
  const families = fonts.map(({ bytes }, index) => {
    const family = `Report ${index}`;
    if (!GlobalFonts.has(family) && GlobalFonts.register(Buffer.from(bytes), family) === null) {
      throw new Error(`font ${index} cannot be read`);
    }
    return `"${family}"`;
  });
  return [...families, 'sans-serif'].join(', ');
}
