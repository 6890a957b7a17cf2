import type { Findings } from '../../analysis/findings.ts';
import { burnRows, type BurnRow } from '../burn.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Markup } from './markup.ts';
import { folded, mark, plainColumn, table, textColumn, type Column } from './parts.ts';

/** Rows that are seen without opening anything. */
const OPEN_MAX = 8;

/** Error budgets: how much of each is burnt, and by when; null where there is none. */
export function burnBlock(findings: Findings, texts: Texts): Markup | null {
  const rows = burnRows(findings, texts);
  if (rows.length === 0) return null;
  const { burn } = texts.budgets;
  const { heads, title, caption } = burn;
  const columns: Column<BurnRow>[] = [
    plainColumn(heads.burnt, ({ look, burnt }) => mark(look, burnt)),
    textColumn(heads.half, ({ half }) => half ?? '–'),
    textColumn(heads.all, ({ all }) => all ?? '–'),
    textColumn(heads.lost, ({ lost }) => lost),
    textColumn(heads.allowed, ({ allowed }) => allowed),
    textColumn(heads.condition, ({ condition }) => condition),
    textColumn(heads.budget, ({ id }) => id),
    textColumn(heads.of, ({ of }) => of),
  ];
  const [open, rest] = [rows.slice(0, OPEN_MAX), rows.slice(OPEN_MAX)];
  const more = texts.terminal.more(rest.length);
  return html`<h3 id="burn">${title}</h3>
    ${table(columns, open, { caption })}
    ${rest.length === 0 ? null : folded(more, table(columns, rest, { caption: more }))}`;
}
