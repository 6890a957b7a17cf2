import type { Texts } from '../texts/en.ts';
import type { Paint } from './style.ts';

/** What every block of the summary needs. */
export interface TextContext {
  readonly paint: Paint;
  readonly texts: Texts;
  readonly columns: number;
}
