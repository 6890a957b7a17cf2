/** Charts as PNG files, drawn with the fonts handed in, so that every machine draws the same bytes. */
import { GlobalFonts } from '@napi-rs/canvas';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { toConfig, type Plan } from './charts/kit.ts';
import type { Chart } from './charts/plan.ts';
import type { Theme } from './charts/theme.ts';

export interface FontFile {
  /** File content: woff2, ttf or otf. */
  readonly bytes: Uint8Array;
}

export interface PngFile {
  /** `event.png` */
  readonly name: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

const PIXEL_RATIO = 2;

const LOOK: Omit<Theme, 'title' | 'caption' | 'font'> = {
  text: '#1b1f24',
  muted: '#57606a',
  grid: '#e4e7eb',
  band: '#f4f5f7',
  fontSize: 13,
};

/**
 * Draws each chart, later fonts filling the glyphs that earlier ones lack.
 * @throws {Error} when a font cannot be read.
 */
export async function renderPngs(
  charts: readonly Chart<Plan>[],
  fonts: readonly FontFile[],
): Promise<PngFile[]> {
  const font = registerFonts(fonts);
  const canvases = new Map<string, ChartJSNodeCanvas>();
  const files: PngFile[] = [];
  for (const { id, title, caption, width, height, plan } of charts) {
    const size = `${width}x${height}`;
    // A canvas service keeps its own copy of Chart.js, which is never freed: one for each size.
    const canvas = canvases.get(size) ?? createCanvas(width, height);
    canvases.set(size, canvas);
    const bytes = await canvas.renderToBuffer(toConfig(plan, { ...LOOK, font, title, caption }));
    files.push({ name: `${id}.png`, id, bytes });
  }
  return files;
}

function createCanvas(width: number, height: number): ChartJSNodeCanvas {
  return new ChartJSNodeCanvas({
    width,
    height,
    backgroundColour: 'white',
    chartCallback: (chartJs) => {
      chartJs.defaults.devicePixelRatio = PIXEL_RATIO;
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
