/** Languages of reports. */
import { EN, type Texts } from './en.ts';

export const LANGS = ['en', 'zh'] as const;
export type Lang = (typeof LANGS)[number];

const TEXTS: Readonly<Record<Lang, Texts>> = { en: EN, zh: EN };

export function textsOf(lang: Lang): Texts {
  return TEXTS[lang];
}
