/** Sections about what the site has: cost, stations, protections. */
import type { CostFinding, Findings, StationFinding } from '../../analysis/findings.ts';
import { clockOf, type ClockText } from '../clock.ts';
import { formatCount, formatFactor, formatMoney, formatRate, formatShare, NO_DATA } from '../format.ts';
import { pricesOf, stationsTightestFirst } from '../select.ts';
import { costPhrases } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import {
  folded,
  ledgerLink,
  numberColumn,
  paragraphs,
  percentileColumn,
  section,
  table,
  textColumn,
  type Column,
} from './parts.ts';

export function costSection(findings: Findings, texts: Texts, chart: Content): Markup {
  const { cost } = findings;
  const { title, question, none } = texts.page.cost;
  const content =
    cost.length === 0
      ? html`<p>${none}</p>`
      : [
          cost.map((each) => html`<p>${costPhrases(each, texts).join(texts.words.between.clauses)}</p>`),
          assumedPricesNote(findings, texts),
          chart,
          cost.map((each) => costBlock(each, texts)),
        ];
  return section('cost', title, question, content);
}

function assumedPricesNote(findings: Findings, texts: Texts): Content {
  const prices = pricesOf(findings);
  const assumed = prices.filter(({ confidence }) => confidence === 'assumed').length;
  if (assumed === 0) return null;
  return html`<p>
    <strong>${texts.page.cost.assumed(assumed, prices.length)}</strong> ${ledgerLink(texts)}
  </p>`;
}

/** Layers with their price; below them, in which the sum has no part. */
function costBlock(cost: CostFinding, texts: Texts): Content {
  const { currency, byLayer, unpriced } = cost;
  const { heads, title, unpriced: without } = texts.page.cost;
  const columns: Column<CostFinding['byLayer'][number]>[] = [
    textColumn(heads.layer, ({ layer }) => layer),
    numberColumn(heads.replicas, ({ replicas }) => replicas, formatCount),
    numberColumn(
      heads.perHour,
      (row) => row.perHour,
      (value) => formatMoney(value, currency),
    ),
  ];
  const rows = byLayer.toSorted((a, b) => b.perHour - a.perHour);
  return [
    folded(texts.page.cost.layers(rows.length), table(columns, rows, { caption: title, isSortable: true })),
    unpriced.length === 0 ? null : folded(without(unpriced.length), html`<p>${unpriced.join(', ')}</p>`),
  ];
}

export function stationsSection({ stations, scenario }: Findings, texts: Texts): Markup {
  const { title, question, note, none } = texts.page.stations;
  const rows = stationsTightestFirst(stations);
  const content =
    rows.length === 0
      ? html`<p>${none}</p>`
      : [
          html`<p class="note">${note}</p>`,
          table(stationColumns(texts, clockOf(scenario)), rows, { caption: title, isSortable: true }),
        ];
  return section('stations', title, question, content);
}

function stationColumns({ page, words }: Texts, clock: ClockText): Column<StationFinding>[] {
  const { heads, unlimited } = page.stations;
  return [
    textColumn(heads.layer, ({ layer }) => layer),
    textColumn(heads.group, ({ group }) => group),
    textColumn(heads.role, ({ role }) => words.role[role]),
    numberColumn(
      heads.size,
      ({ replicas, serverCount }) => replicas * (serverCount ?? Number.MAX_VALUE),
      (_value, _digits, { replicas, serverCount }) =>
        `${formatCount(replicas)} × ${serverCount === null ? unlimited : formatCount(serverCount)}`,
    ),
    numberColumn(
      heads.peak,
      ({ utilizationPeak }) => utilizationPeak,
      formatShare,
      ({ intervals }) => intervals?.utilizationPeak,
    ),
    numberColumn(
      heads.peakAt,
      ({ utilizationPeakAtNs }) => utilizationPeakAtNs,
      (atNs) => (atNs === null ? NO_DATA : clock(atNs)),
    ),
    numberColumn(
      heads.mean,
      ({ utilization }) => utilization,
      formatShare,
      ({ intervals }) => intervals?.utilization,
    ),
    numberColumn(heads.hottest, ({ utilizationHottestReplica }) => utilizationHottestReplica, formatShare),
    numberColumn(heads.waitingMean, ({ waitingJobsMean }) => waitingJobsMean, formatCount),
    numberColumn(heads.waitingMax, ({ waitingJobsMax }) => waitingJobsMax, formatCount),
    percentileColumn(heads.waitP99, ({ wait }) => wait, 'p99Ns'),
    percentileColumn(heads.sojournP99, ({ sojourn }) => sojourn, 'p99Ns'),
    numberColumn(heads.refused, ({ rejected }) => rejected, formatCount),
    numberColumn(heads.abandoned, ({ abandoned }) => abandoned, formatCount),
    numberColumn(heads.throughput, ({ throughputPerSec }) => throughputPerSec, formatRate),
    textColumn(heads.state, ({ state }) => stateText(state, { page, words }, clock)),
  ];
}

function stateText(
  { verdict, sinceNs, drainedNs, replications: count }: StationFinding['state'],
  { page, words }: Pick<Texts, 'page' | 'words'>,
  clock: ClockText,
): string {
  const some = count === undefined || verdict === 'stable' ? '' : ` ${page.stations.inRuns(count)}`;
  const word = words.state[verdict] + some;
  if (sinceNs === null) return word;
  const { since, drained } = page.stations;
  return `${word} ${drainedNs === null ? since(clock(sinceNs)) : drained(clock(sinceNs), clock(drainedNs))}`;
}

export function protectionsSection(findings: Findings, texts: Texts): Markup {
  const { title, question, none, scope } = texts.page.protections;
  const blocks = [limiterTable(findings, texts), callTable(findings, texts)].filter((each) => each !== null);
  const content =
    blocks.length === 0 ? html`<p>${none}</p>` : [paragraphs(engagedSentences(findings, texts)), blocks];
  return section('protections', title, question, [content, html`<p class="caption">${scope}</p>`]);
}

/** Which limiters were needed, which were not, and what retries made of the calls. */
function engagedSentences({ limiters, calls, scenario }: Findings, { review }: Texts): string[] {
  const { limiterEngaged, limiterIdle, retries } = review.protections;
  const clock = clockOf(scenario);
  const whole = limiters.filter(({ phase }) => phase === null);
  const engaged = whole.flatMap(({ limiter, firstShedNs: atNs, shedRatio }) =>
    atNs === null ? [] : [limiterEngaged(limiter, clock(atNs), formatShare(shedRatio))],
  );
  const idle = whole.filter(({ firstShedNs }) => firstShedNs === null).map(({ limiter }) => limiter);
  const repeated = calls
    .filter((each) => each.retries > 0)
    .map((each) => retries(each.call, formatFactor(amplification(each))));
  return [...engaged, ...(idle.length === 0 ? [] : [limiterIdle(idle.join(', '))]), ...repeated];
}

/** Attempts per first attempt over the whole run. */
function amplification({ attempts, retries }: Findings['calls'][number]): number {
  return attempts === retries ? 1 : attempts / (attempts - retries);
}

function limiterTable({ limiters, scenario }: Findings, { page }: Texts): Markup | null {
  if (limiters.length === 0) return null;
  const { limiters: title, limiterHeads: heads } = page.protections;
  const clock = clockOf(scenario);
  const columns: Column<Findings['limiters'][number]>[] = [
    textColumn(heads.limiter, ({ limiter }) => limiter),
    textColumn(heads.phase, ({ phase }) => phase ?? page.budgets.wholeRun),
    numberColumn(heads.capacity, ({ capacityPerSec }) => capacityPerSec, formatRate),
    numberColumn(heads.asked, ({ asked }) => asked, formatCount),
    numberColumn(heads.shed, ({ shed }) => shed, formatCount),
    numberColumn(heads.share, ({ shedRatio }) => shedRatio, formatShare),
    textColumn(heads.first, ({ firstShedNs: atNs, replications: count }) => {
      if (atNs === null) return NO_DATA;
      return count === undefined ? clock(atNs) : `${clock(atNs)} ${page.stations.inRuns(count)}`;
    }),
  ];
  return html`<h3>${title}</h3>
    ${table(columns, limiters, { caption: title, isSortable: true })}`;
}

function callTable({ calls }: Findings, { page, review }: Texts): Markup | null {
  if (calls.length === 0) return null;
  const { calls: title, callHeads: heads } = page.protections;
  const columns: Column<Findings['calls'][number]>[] = [
    textColumn(heads.call, ({ call }) => call),
    numberColumn(heads.attempts, ({ attempts }) => attempts, formatCount),
    numberColumn(heads.retries, ({ retries }) => retries, formatCount),
    numberColumn(review.protections.amplification, amplification, (value) =>
      value === null ? NO_DATA : formatFactor(value),
    ),
    numberColumn(heads.denied, ({ deniedByBudget }) => deniedByBudget, formatCount),
    numberColumn(heads.timedOut, ({ timedOut }) => timedOut, formatCount),
    numberColumn(heads.failed, ({ failed }) => failed, formatCount),
  ];
  return html`<h3>${title}</h3>
    ${table(columns, calls, { caption: title, isSortable: true })}`;
}
