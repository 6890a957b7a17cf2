/** Sections about requests: what each class got, and where its time goes. */
import type {
  AnatomyPart,
  CauseName,
  Findings,
  RequestFinding,
  WorstFinding,
} from '../../analysis/findings.ts';
import { formatCount, formatDuration, formatInterval, formatRate, formatShare } from '../format.ts';
import { anatomyRequest, requestsBusiestFirst } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import {
  folded,
  numberColumn,
  percentileColumn,
  rangeMarkup,
  section,
  table,
  textColumn,
  type Column,
} from './parts.ts';

const CAUSES: readonly CauseName[] = ['shed', 'rejected', 'abandoned', 'timedOut', 'failed'];
const PARTS = ['waitNs', 'serviceNs', 'delayNs', 'retryNs'] as const;

export function requestsSection(findings: Findings, texts: Texts): Markup {
  const { requests } = findings;
  const { title, question, note, none, byPhase, ends, endsNote, endsByPhase, heads } = texts.page.requests;
  const ofClass = textColumn<RequestFinding>(heads.request, ({ request }) => request);
  const ofPhase = textColumn<RequestFinding>(heads.phase, ({ phase }) => phase ?? '');
  const rows = requestsBusiestFirst(requests);
  const ofPhases = requests.filter(({ phase }) => phase !== null);
  const measures = measureColumns(texts);
  const counts = endColumns(texts);
  const sortable = (caption: string) => ({ caption, isSortable: true });
  const phases = (caption: string, columns: readonly Column<RequestFinding>[]) =>
    ofPhases.length === 0
      ? null
      : folded(caption, table([ofClass, ofPhase, ...columns], ofPhases, sortable(caption)));
  const content: Content =
    requests.length === 0
      ? html`<p>${none}</p>`
      : [
          html`<p class="note">${note}</p>`,
          table([ofClass, ...measures], rows, sortable(title)),
          phases(byPhase, measures),
          worstTable(findings, texts),
          html`<h3>${ends}</h3>`,
          html`<p class="note">${endsNote}</p>`,
          table([ofClass, ...counts], rows, sortable(ends)),
          phases(endsByPhase, counts),
        ];
  return section('requests', title, question, content);
}

function measureColumns({ page }: Texts): Column<RequestFinding>[] {
  const { heads } = page.requests;
  return [
    numberColumn(heads.offered, ({ offeredPerSec }) => offeredPerSec, formatRate),
    numberColumn(heads.admitted, ({ admittedPerSec }) => admittedPerSec, formatRate),
    numberColumn(heads.completed, ({ completedPerSec }) => completedPerSec, formatRate),
    numberColumn(heads.good, ({ goodPerSec }) => goodPerSec, formatRate),
    numberColumn(
      heads.availability,
      ({ availability }) => availability,
      formatShare,
      ({ intervals }) => intervals?.availability,
    ),
    numberColumn(
      heads.mean,
      ({ latency }) => latency.meanNs,
      formatDuration,
      ({ latency }) => latency.intervals?.meanNs,
    ),
    percentileColumn(heads.p50, ({ latency }) => latency, 'p50Ns'),
    percentileColumn(heads.p90, ({ latency }) => latency, 'p90Ns'),
    percentileColumn(heads.p95, ({ latency }) => latency, 'p95Ns'),
    percentileColumn(heads.p99, ({ latency }) => latency, 'p99Ns'),
    percentileColumn(heads.p999, ({ latency }) => latency, 'p999Ns'),
    numberColumn(
      heads.max,
      ({ latency }) => latency.maxNs,
      formatDuration,
      ({ latency }) => latency.intervals?.maxNs,
    ),
    numberColumn(heads.unloaded, ({ unloaded }) => unloaded.meanNs, formatDuration),
    percentileColumn(heads.unloadedP99, ({ unloaded }) => unloaded, 'p99Ns'),
  ];
}

/** The worst ten seconds of each class: one row a class, one column a measure. */
function worstTable({ worst }: Findings, { page }: Texts): Content {
  const { heads, worstOf } = page.requests;
  const classes = [...new Set(worst.map(({ request }) => request))];
  const spanNs = worst[0]?.spanNs;
  if (spanNs === undefined || worst.every(({ value }) => value === null)) return null;
  const find = (request: string, measure: WorstFinding['measure']) =>
    worst.find((each) => each.request === request && each.measure === measure);
  const column = (measure: WorstFinding['measure'], head: string, format: typeof formatDuration) =>
    numberColumn<string>(
      head,
      (request) => find(request, measure)?.value ?? null,
      format,
      (request) => find(request, measure)?.interval,
    );
  const caption = worstOf(formatDuration(spanNs));
  return [
    html`<h3>${caption}</h3>`,
    table(
      [
        textColumn<string>(heads.request, (request) => request),
        column('availability', heads.availability, formatShare),
        column('p50Ns', heads.p50, formatDuration),
        column('p95Ns', heads.p95, formatDuration),
        column('p99Ns', heads.p99, formatDuration),
        column('p999Ns', heads.p999, formatDuration),
      ],
      classes,
      { caption, isSortable: true },
    ),
  ];
}

/** How many requests ended in which way: the columns behind the first add up to it. Below a count its share. */
function endColumns({ page, words }: Texts): Column<RequestFinding>[] {
  const { heads } = page.requests;
  return [
    numberColumn(heads.offered, ({ offered }) => offered, formatCount),
    numberColumn(heads.good, ({ good }) => good, formatCount),
    ...CAUSES.map((cause) => causeColumn(words.cause[cause], cause)),
    numberColumn(heads.censored, ({ censored }) => censored, formatCount),
  ];
}

function causeColumn(head: string, cause: CauseName): Column<RequestFinding> {
  return {
    head,
    isNumber: true,
    cell: ({ offered, failures, intervals }) => {
      const count = failures[cause];
      if (count === 0) return { show: formatCount(count), sort: count };
      const range = formatInterval(intervals?.failureShares[cause] ?? null, formatShare);
      const share = html`<small class="ci">${formatShare(count / offered)}</small>`;
      const below = intervals === undefined ? share : html`<small class="ci">${rangeMarkup(range)}</small>`;
      return { show: [formatCount(count), below], sort: count };
    },
  };
}

export function anatomySection(findings: Findings, texts: Texts, charts: Content): Markup {
  const { title, question, none } = texts.page.anatomy;
  const focus = anatomyRequest(findings);
  const classes = [...new Set(findings.anatomy.map(({ request }) => request))];
  const tables = classes.map((request) => anatomyTable(findings, request, texts, request === focus));
  const content = [classes.length === 0 ? html`<p>${none}</p>` : null, charts, tables];
  return section('anatomy', title, question, content);
}

interface AnatomyRow {
  readonly layer: string;
  readonly unloaded: { readonly serviceNs: number; readonly delayNs: number } | undefined;
  readonly parts: readonly (AnatomyPart | undefined)[];
}

function anatomyTable(
  { anatomy, unloaded }: Findings,
  request: string,
  { page, words }: Texts,
  isOpen: boolean,
): Markup {
  const texts = page.anatomy;
  const ofClass = anatomy.filter((each) => each.request === request);
  const apart = ofClass.filter(({ of }) => of !== 'mean');
  const findings = apart.length === 0 ? ofClass : apart;
  const terms = unloaded.filter((each) => each.request === request);
  const layers = [
    ...new Set([...terms, ...findings.flatMap(({ parts }) => parts)].map(({ layer }) => layer)),
  ];
  const rows = layers.map((layer): AnatomyRow => ({
    layer,
    unloaded: terms.find((each) => each.layer === layer),
    parts: findings.map(({ parts }) => parts.find((each) => each.layer === layer)),
  }));
  const columns: Column<AnatomyRow>[] = [
    textColumn(texts.heads.layer, ({ layer }) => layer),
    numberColumn(texts.heads.unloadedService, (row) => row.unloaded?.serviceNs ?? null, formatDuration),
    numberColumn(texts.heads.unloadedDelay, (row) => row.unloaded?.delayNs ?? null, formatDuration),
    ...findings.flatMap(({ of, parts: taken }, nth) =>
      PARTS.filter((part) => taken.some((each) => each[part] > 0)).map((part) =>
        numberColumn<AnatomyRow>(
          texts.heads.part(words.anatomyOf[of], words.anatomyPart[part]),
          ({ parts }) => parts[nth]?.[part] ?? null,
          formatDuration,
        ),
      ),
    ),
  ];
  const samples = ofClass.find(({ of }) => of === 'mean')?.samples ?? ofClass[0]?.samples ?? 0;
  const summary = texts.classSummary(request, samples);
  const few = findings.some(({ of }) => of === 'slowest') ? null : html`<p>${texts.fewSlowest(samples)}</p>`;
  return folded(summary, html`${table(columns, rows, { caption: summary })} ${few}`, isOpen);
}
