/** Sections about the run itself: contradictions of the plan, how far to believe it, how to repeat it, words. */
import type { CheckFinding, Findings } from '../../analysis/findings.ts';
import { formatCount, formatDuration, formatShare, significant } from '../format.ts';
import type { SensitivityDocument } from '../../study/sensitivity-document.ts';
import type { ReviewDocuments } from '../review.ts';
import { assumedInputs, isMeasured, ledgerByEffect, type LedgerRow } from '../select.ts';
import { rerunCommand } from '../rerun.ts';
import { modeSentences } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { sensitivityCommand } from './sensitivity.ts';
import { shadowBlock } from './shadow.ts';
import { fillLine } from './studies.ts';
import {
  folded,
  foreign,
  mark,
  numberColumn,
  paragraphs,
  plainColumn,
  section,
  table,
  textColumn,
  type Column,
  commandCode,
} from './parts.ts';

export function claimsSection({ claims }: Findings, { page }: Texts): Markup {
  const { title, question, heads, none } = page.claims;
  const columns: Column<Findings['claims'][number]>[] = [
    plainColumn(heads.says, ({ says }) => says),
    plainColumn(heads.finding, ({ finding }) => finding),
    textColumn(heads.source, ({ source }) => source),
  ];
  const content = claims.length === 0 ? html`<p>${none}</p>` : table(columns, claims, { caption: title });
  return section('claims', title, question, content);
}

export function beliefSection(
  { result: findings, sensitivity = null }: ReviewDocuments,
  texts: Texts,
  file: string,
): Markup {
  const { title, question } = texts.page.belief;
  return section('belief', title, question, [
    isMeasured(findings)
      ? html`<p class="lead">${plainly(findings, texts).join(texts.words.between.sentences)}</p>`
      : null,
    paragraphs(modeSentences(findings, texts)),
    sliceTables(findings, texts),
    checksBlock(findings, texts),
    isMeasured(findings) ? shadowBlock(findings, texts) : null,
    adviceBlock(findings, texts),
    ledgerBlock(findings, sensitivity, texts, file),
  ]);
}

/** The answer before its reasons: whether the arithmetic holds, how much was simulated, what the inputs are worth. */
function plainly(findings: Findings, { page }: Texts): string[] {
  const { checks, ledger, mode, replications } = findings;
  const { arithmetic, simulated, inputs } = page.belief;
  const broken = checks.filter(({ holds }) => !holds).length;
  return [
    arithmetic(broken, checks.length),
    simulated(mode.mode, replications.done),
    inputs(assumedInputs(findings).length, ledger.length),
  ];
}

function sliceTables({ mode }: Findings, { page }: Texts): Content {
  const { sliceGroups, sliceHeads, errors, errorHeads } = page.belief;
  const groups = table<(typeof mode.groups)[number]>(
    [
      textColumn(sliceHeads.station, ({ station }) => station),
      numberColumn(sliceHeads.replicas, ({ replicas }) => replicas, formatCount),
      numberColumn(sliceHeads.simulated, ({ simulated }) => simulated, formatCount),
      numberColumn(sliceHeads.background, ({ backgroundRatio }) => backgroundRatio, formatShare),
    ],
    mode.groups,
    { caption: sliceGroups, isSortable: true },
  );
  const measured = table<(typeof mode.errors)[number]>(
    [
      textColumn(errorHeads.station, ({ station }) => station),
      textColumn(errorHeads.policy, ({ policy }) => policy),
      numberColumn(errorHeads.simulated, ({ simulated }) => simulated, formatCount),
      numberColumn(errorHeads.p50, ({ p50 }) => p50, formatShare),
      numberColumn(errorHeads.p95, ({ p95 }) => p95, formatShare),
      numberColumn(errorHeads.p99, ({ p99 }) => p99, formatShare),
    ],
    mode.errors,
    { caption: errors, isSortable: true },
  );
  return [
    mode.slice === 1 ? null : folded(sliceGroups, groups),
    mode.errors.length === 0 ? null : folded(errors, measured),
  ];
}

function checksBlock({ checks }: Findings, { page, words }: Texts): Markup {
  const texts = page.belief;
  const heads = texts.checkHeads;
  const broken = checks.filter(({ holds }) => !holds).length;
  const brokenFirst = checks.toSorted((a, b) => Number(a.holds) - Number(b.holds));
  const side = (value: number | null) => (value === null ? '' : significant(value, 7));
  const columns: Column<CheckFinding>[] = [
    plainColumn(heads.holds, ({ holds }) =>
      holds
        ? mark({ sign: '✓', tone: 'good' }, texts.checkHolds)
        : mark({ sign: '✗', tone: 'bad' }, texts.checkBroken),
    ),
    textColumn(heads.law, ({ law }) => words.law[law]),
    textColumn(heads.of, ({ of }) => of),
    numberColumn(heads.left, ({ left }) => left, side),
    numberColumn(heads.right, ({ right }) => right, side),
  ];
  const summary = broken === 0 ? texts.checks(checks.length) : texts.checksBroken(broken, checks.length);
  return folded(summary, table(columns, brokenFirst, { caption: summary, isSortable: true }), broken > 0);
}

function adviceBlock({ advice }: Findings, texts: Texts): Content {
  if (advice.length === 0) return null;
  const { page, words } = texts;
  const { advice: title, adviceHeads: heads } = page.belief;
  const looks = {
    error: { sign: '✗', tone: 'bad' },
    warning: { sign: '!', tone: 'warn' },
    info: { sign: 'i', tone: 'good' },
  } as const;
  const columns: Column<Findings['advice'][number]>[] = [
    plainColumn(heads.severity, ({ severity }) => mark(looks[severity], words.severity[severity])),
    textColumn(heads.code, ({ code }) => code),
    plainColumn(heads.message, (each) => texts.advice(each)?.message ?? foreign(each.message, texts)),
    plainColumn(heads.help, (each) => texts.advice(each)?.help ?? foreign(each.help, texts)),
    plainColumn(heads.at, ({ at }) => (at === null ? null : html`<code>${at}</code>`)),
  ];
  return html`<h3>${title}</h3>
    ${table(columns, advice, { caption: title })}`;
}

function ledgerBlock(
  findings: Findings,
  sensitivity: SensitivityDocument | null,
  texts: Texts,
  file: string,
): Content {
  const { page, words } = texts;
  const { ledger } = findings;
  if (ledger.length === 0) return null;
  const { ledger: summaryOf, ledgerHeads: heads } = page.belief;
  const summary = summaryOf(assumedInputs(findings).length, ledger.length);
  const looks = {
    assumed: { sign: '?', tone: 'warn' },
    cited: { sign: '✓', tone: 'good' },
    measured: { sign: '✓', tone: 'good' },
  } as const;
  const share = (value: number | null): string => (value === null ? '' : formatShare(value));
  const effects: Column<LedgerRow>[] = [
    numberColumn(heads.effect, ({ effect }) => effect, share),
    numberColumn(heads.reach, ({ reach }) => reach, share),
  ];
  const columns: Column<LedgerRow>[] = [
    plainColumn(heads.confidence, ({ entry: { confidence } }) =>
      mark(looks[confidence], words.confidence[confidence]),
    ),
    textColumn(heads.path, ({ entry }) => entry.path),
    textColumn(heads.value, ({ entry }) => entry.value),
    ...(sensitivity === null ? [] : effects),
    textColumn(heads.range, ({ entry }) => entry.range ?? ''),
    textColumn(heads.origin, ({ entry }) => entry.origin),
    plainColumn(heads.source, ({ entry }) => foreign(entry.source, texts)),
  ];
  const rows = ledgerByEffect(findings, sensitivity);
  const order =
    sensitivity === null
      ? fillLine(texts.review.fillLedger, sensitivityCommand(file), texts)
      : html`<p class="note">${page.belief.ledgerOrder(formatShare(sensitivity.step, 2))}</p>`;
  const content = [order, table(columns, rows, { caption: summary, isSortable: true })];
  return folded(summary, html`<div id="ledger">${content}</div>`);
}

export function reproduceSection(findings: Findings, { page }: Texts, file: string): Markup {
  const { title, question, note, heads, clock } = page.reproduce;
  const { scenario, tool } = findings;
  const entry = (head: string, show: Content) =>
    html`<dt>${head}</dt>
      <dd>${show}</dd>`;
  return section('reproduce', title, question, [
    html`<p>${note}</p>`,
    html`<dl class="words">
      ${entry(heads.command, commandCode(rerunCommand(findings, file)))}
      ${entry(heads.seed, html`<code>${scenario.seed}</code>`)}
      ${entry(heads.scenario, html`<code>${scenario.sha256}</code>`)}
      ${entry(heads.version, `${tool.name} ${tool.version}`)}
      ${entry(heads.clock, clock(formatDuration(scenario.lastsNs), formatDuration(scenario.warmUpNs)))}
      ${entry(heads.window, formatDuration(scenario.windowNs))}
    </dl>`,
  ]);
}

export function glossarySection({ page, glossary }: Texts): Markup {
  const { title, question } = page.glossary;
  const entries = glossary.map(
    ({ word, meaning }) =>
      html`<dt>${word}</dt>
        <dd>${meaning}</dd>`,
  );
  return section('glossary', title, question, html`<dl class="words">${entries}</dl>`);
}
