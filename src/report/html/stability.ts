/** Section about stability: the run as a whole, every disturbance, and what retries leave of each capacity. */
import type { Findings, RetryLoadFinding } from '../../analysis/findings.ts';
import { formatRate, significant } from '../format.ts';
import { recoverySentences, runSentence } from '../stability.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Markup } from './markup.ts';
import { numberColumn, paragraphs, section, table, textColumn, type Column } from './parts.ts';

export function stabilitySection(findings: Findings, texts: Texts): Markup {
  const { title, question, loadsTitle } = texts.stability;
  const { retryLoads } = findings.stability;
  const recoveries = recoverySentences(findings, texts).map((line) => html`<li>${line}</li>`);
  return section('stability', title, question, [
    paragraphs([runSentence(findings, texts)]),
    recoveries.length === 0
      ? null
      : html`<ul>
          ${recoveries}
        </ul>`,
    retryLoads.length === 0
      ? null
      : [html`<h3>${loadsTitle}</h3>`, table(loadColumns(texts), retryLoads, { caption: loadsTitle })],
  ]);
}

function loadColumns({ stability: { loadHeads: heads, load } }: Texts): Column<RetryLoadFinding>[] {
  return [
    textColumn(heads.group, ({ group }) => group),
    textColumn(heads.layer, ({ layer }) => layer),
    numberColumn(
      heads.attempts,
      ({ attempts }) => attempts,
      (_value, _digits, { attempts }) => significant(attempts),
    ),
    numberColumn(heads.capacity, ({ capacityPerSec }) => capacityPerSec, formatRate),
    numberColumn(heads.hidden, ({ hiddenPerSec }) => hiddenPerSec, formatRate),
    numberColumn(heads.offered, ({ offeredPeakPerSec }) => offeredPeakPerSec, formatRate),
    textColumn(heads.status, ({ status }) => load[status]),
  ];
}
