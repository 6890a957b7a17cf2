/** Languages of reports. */
import { EN, type Texts } from './en.ts';
import { ZH } from './zh.ts';

export const LANGS = ['en', 'zh'] as const;
export type Lang = (typeof LANGS)[number];

const TEXTS: Readonly<Record<Lang, Texts>> = { en: EN, zh: ZH };

export function textsOf(lang: Lang): Texts {
  return TEXTS[lang];
}
