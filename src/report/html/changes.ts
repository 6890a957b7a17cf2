/** What changed since the last review: inputs beside results, and which input brought which about. */
import type {
  AttributedMeasure,
  Attribution,
  Comparison,
  Difference,
  InputChange,
  MeasureName,
} from '../../study/comparison.ts';
import { measureName, movedMeasures } from '../changes.ts';
import { formatAgainst, formatByUnit, formatMargin, formatShare } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { mark, numberColumn, plainColumn, section, table, textColumn, type Column } from './parts.ts';
import { fillLine } from './studies.ts';

/** Rows of one table. */
const ROWS_MAX = 40;
/** Parts of a change that are named. */
const PARTS_MAX = 3;

export function changesSection(
  comparison: Comparison | null,
  texts: Texts,
  { file, chart }: { readonly file: string; readonly chart: Content },
): Markup {
  const { title, question } = texts.review.changes;
  if (comparison === null) {
    const line = fillLine(
      texts.review.fillChanges,
      { command: `hongfeng compare LAST ${file} --attribute --out .`, document: 'comparison.json' },
      texts,
    );
    return section('changes', title, question, line);
  }
  return section('changes', title, question, [
    inputsBlock(comparison.inputs, texts),
    outputsBlock(comparison, texts, chart),
  ]);
}

function inputsBlock(inputs: readonly InputChange[] | null, { review }: Texts): Markup {
  const { inputs: title, noInputs, unknownInputs, inputHeads: heads, kind } = review.changes;
  const columns: Column<InputChange>[] = [
    textColumn(heads.input, ({ path }) => path),
    textColumn(heads.kind, (each) => kind[each.kind]),
    textColumn(heads.before, ({ before }) => before?.text ?? '–'),
    textColumn(heads.after, ({ after }) => after?.text ?? '–'),
    textColumn(heads.where, ({ before, after }) => after?.at ?? before?.at ?? ''),
  ];
  const content =
    inputs === null
      ? html`<p>${unknownInputs}</p>`
      : inputs.length === 0
        ? html`<p>${noInputs}</p>`
        : table(columns, inputs.slice(0, ROWS_MAX), { caption: title });
  return html`<h3>${title}</h3>
    ${content}`;
}

function outputsBlock(comparison: Comparison, texts: Texts, chart: Content): Markup {
  const { outputs: title, noOutputs, noise, unpaired } = texts.review.changes;
  const { differences, unpairedBecause } = comparison;
  const rows = movedMeasures(differences).slice(0, ROWS_MAX);
  const count = (verdict: Difference['verdict']): number =>
    differences.filter((each) => each.verdict === verdict).length;
  return html`<h3>${title}</h3>
    ${
      rows.length === 0
        ? html`<p>${noOutputs}</p>`
        : [chart, table(outputColumns(comparison, texts), rows, { caption: title, isSortable: true })]
    }
    ${unpairedBecause.length === 0 ? [] : html`<p class="note">${unpaired}</p>`}
    <p class="note">${noise(count('within-noise'), count('equal'))}</p>`;
}

function outputColumns({ attribution, inputs }: Comparison, texts: Texts): Column<Difference>[] {
  const { outputHeads: heads, verdict } = texts.review.changes;
  const side = (value: number | null, row: Difference, other: number | null): string =>
    other === null ? formatByUnit(value, row.unit) : formatAgainst(value, other, row.unit);
  return [
    plainColumn('', (row) => mark({ sign: 'Δ', tone: 'warn' }, verdict[row.verdict])),
    textColumn(heads.measure, (row) => measureName(row, texts)),
    numberColumn(
      heads.before,
      ({ before }) => before,
      (value, _digits, row) => side(value, row, row.after),
    ),
    numberColumn(
      heads.after,
      ({ after }) => after,
      (value, _digits, row) => side(value, row, row.before),
    ),
    numberColumn(heads.change, ({ relativeDifference }) => relativeDifference, formatMargin),
    ...(attribution === null
      ? []
      : [textColumn<Difference>(heads.by, (row) => becauseText(row, attribution, inputs ?? [], texts))]),
  ];
}

/** `layers.order.replicas 91.0 %, …`: the largest shares first. */
function becauseText(
  row: MeasureName,
  { parts, measures }: Attribution,
  inputs: readonly InputChange[],
  { review }: Texts,
): string {
  const found = measures.find((each) => isSame(each, row));
  if (found === undefined) return '';
  const named = found.parts
    .map(({ share }, nth) => ({
      share: share ?? 0,
      name: (parts[nth]?.inputs ?? []).map((index) => inputs[index]?.path ?? '').join(' + '),
    }))
    .filter(({ share }) => share !== 0)
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .slice(0, PARTS_MAX)
    .map(({ name, share }) => `${name} ${formatShare(share)}`);
  const rest = found.interaction ?? 0;
  return [
    ...named,
    ...(Math.abs(rest) < 0.05 ? [] : [`${review.changes.together} ${formatShare(rest)}`]),
  ].join(', ');
}

function isSame(a: AttributedMeasure, b: MeasureName): boolean {
  return a.target === b.target && a.metric === b.metric && a.phase === b.phase && a.spanNs === b.spanNs;
}
