/** The files that the command line hands to pictures: fonts. */
import { readFileSync } from 'node:fs';

export const FONTS = ['latin', 'chinese-simplified'].map((subset) => ({
  bytes: readFileSync(`assets/fonts/noto-sans-sc-${subset}-400-normal.woff2`),
}));
