/** What would carry the plan: what fills at the planned traffic, what to change, and the command that simulates it. */
import type { Findings, PlannedLoad, Sizing } from '../../analysis/findings.ts';
import { formatFactor, formatRate, formatShare } from '../format.ts';
import { rerunCommand } from '../rerun.ts';
import {
  changePhrase,
  costPhrase,
  fullBehindLimits,
  proposedSizing,
  sizingOverrides,
  unevenSentence,
} from '../sizing.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { commandCode, numberColumn, plainColumn, table, textColumn, type Column } from './parts.ts';

/** Within rounding of what can be served. */
const FULL = 1 - 1e-9;

/** Rows beside those that ask for a change: what fills next. */
const OTHERS_MAX = 3;

export function sizingBlock(findings: Findings, texts: Texts, file: string): Content {
  const sizing = proposedSizing(findings);
  if (sizing === null) return null;
  const { title, step, note, simulate } = texts.sizing;
  const rate = formatRate(sizing.offeredPerSec);
  const { target, limitRoom, changes } = sizing;
  const overrides = sizingOverrides(sizing);
  const phrases = changes.map((change) => changePhrase(change, texts.sizing));
  return html`<h3 id="sizing">${title(rate)}</h3>
    <p>
      ${phrases.length === 0 ? null : step(rate, phrases, costPhrase(sizing, texts.sizing))}
      ${warnings(sizing, texts)}
    </p>
    ${loadsTable(sizing, texts)}
    <p class="caption">${note(formatShare(target), formatFactor(limitRoom))}</p>
    ${
      overrides === null || overrides.length === 0
        ? null
        : html`<p class="command">${simulate} ${commandCode(rerunCommand(findings, file, overrides))}</p>`
    }`;
}

function warnings(sizing: Sizing, { sizing: texts, words }: Texts): string {
  const { limits, full } = fullBehindLimits(sizing);
  const used = ({ name, load }: PlannedLoad) => `${name} (${formatShare(load)})`;
  return [
    full.length === 0 ? '' : texts.behindLimits(limits.join(', '), full.map(used).join(', ')),
    unevenSentence(sizing, texts),
  ]
    .filter((sentence) => sentence !== '')
    .join(words.between.sentences);
}

function loadsTable(sizing: Sizing, texts: Texts): Markup {
  const { title, heads } = texts.sizing;
  const { loads, changes, offeredPerSec } = sizing;
  const changeOf = ({ name }: PlannedLoad) => changes.filter(({ because }) => because.includes(name));
  const others = loads
    .filter((each) => changeOf(each).length === 0)
    .toSorted((a, b) => b.loadAfter - a.loadAfter)
    .slice(0, OTHERS_MAX);
  const rows = loads.filter((each) => others.includes(each) || changeOf(each).length > 0);
  const columns: Column<PlannedLoad>[] = [
    textColumn(heads.name, ({ name }) => name),
    numberColumn(heads.planned, ({ load }) => load, signed),
    numberColumn(heads.after, ({ loadAfter }) => loadAfter, signed),
    plainColumn(heads.change, (row) =>
      changeOf(row)
        .map((change) => changePhrase(change, texts.sizing))
        .join(', '),
    ),
  ];
  return table(columns, rows, { caption: title(formatRate(offeredPerSec)) });
}

/** A sign beside what cannot keep up: colour alone is not enough. */
function signed(load: number | null): string {
  return load !== null && load > FULL ? `✗ ${formatShare(load)}` : formatShare(load);
}
