/** HTML by template: what is put into a template is escaped, unless it came out of one. */
import { escapeHtml } from '../escape.ts';

/** Safe HTML. Made only by `html` and `trusted`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | null | readonly Content[];

/** `html\`<p>${name}</p>\``: strings and numbers are escaped, null is nothing, lists are put together. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(
    parts.reduce((text, part, index) => text + toText(contents[index - 1] ?? null) + part, ''),
  );
}

/** Our own text that is HTML, CSS or script already. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function toText(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  return content.map(toText).join('');
}
