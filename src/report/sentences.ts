/** The verdict and the next steps in sentences, alike for terminal and page. */
import type {
  BreakFinding,
  BudgetFinding,
  CostFinding,
  Findings,
  SamplingFinding,
} from '../analysis/findings.ts';
import { breakPhraseOf, inSome } from './breaks.ts';
import { clockOf } from './clock.ts';
import {
  DASH,
  formatAgainst,
  formatByUnit,
  formatCount,
  formatDuration,
  formatFactor,
  formatInterval,
  formatMarginSize,
  formatMoney,
  formatRate,
  formatShare,
} from './format.ts';
import { assumedInputs, isMeasured, longestPart } from './select.ts';
import { proposedSizing, sizingSteps } from './sizing.ts';
import { windowPhraseOf } from './windows.ts';
import type { BudgetPhrase } from './texts/en-verdict.ts';
import { stepAfterStorm } from './stability.ts';
import type { Texts } from './texts/en.ts';

/** What a phrase is made of: the row of a budget, or the condition that ended a run. */
export type Phrased = Pick<
  BudgetFinding,
  | ('id' | 'metric' | 'target' | 'window' | 'value' | 'limit' | 'unit' | 'currency' | 'op')
  | ('margin' | 'countsAs' | 'verdict' | 'interval')
>;

export function phraseOf(budget: Phrased, { scenario }: Pick<Findings, 'scenario'>): BudgetPhrase {
  const { id, metric, target, window, value, limit, unit, op, margin, countsAs } = budget;
  return {
    id,
    metric,
    target: target.replace(/^(request|station|layer|service|operation):/, ''),
    window: windowPhraseOf(window, scenario),
    value: formatAgainst(value, limit, budget),
    limit: formatByUnit(limit, budget),
    op,
    margin: margin === null ? null : formatMarginSize(margin),
    isBroken: countsAs === 'fail' || countsAs === 'warn',
    doubt: budget.verdict === 'inconclusive' ? doubtOf(budget) : null,
    isUpperLimit: op.startsWith('<'),
    lossUsed:
      margin === null || unit !== 'ratio' || op.startsWith('<') || limit >= 1
        ? null
        : formatFactor(1 - margin),
  };
}

/** The interval with enough digits to tell its ends from the limit. */
function doubtOf(budget: Phrased): string {
  return formatInterval(budget.interval ?? null, (end) => formatAgainst(end, budget.limit, budget));
}

/** Why there is no verdict, with the number of samples where these were too few; null where there is one. */
export function noDataReason(
  { noDataBecause, samples, samplesNeeded }: BudgetFinding,
  { words }: Texts,
): string | null {
  if (noDataBecause === null) return null;
  if (noDataBecause !== 'few-samples') return words.noData[noDataBecause];
  return words.fewSamples(formatCount(samples), formatCount(samplesNeeded));
}

/** One to four sentences: the deciding budget, what breaks first or saturates next, how many requests were good. */
export function verdictSentences(findings: Findings, { verdict: texts, terminal }: Texts): string[] {
  const { verdict, budgets } = findings;
  const deciding = verdict.decidingBudget === null ? undefined : budgets[verdict.decidingBudget];
  const lines = [reasonOf(findings, texts)];
  if (!isMeasured(findings)) return lines;
  const isMetastable = findings.stability.run.verdict === 'metastable';
  if (isMetastable && lines[0] !== texts.metastableHolds) lines.push(texts.metastable);
  if (deciding !== undefined) {
    lines.push(texts.deciding(verdict.status, sentenceOf(deciding, findings, texts)));
  }
  if (verdict.firstBreak !== null) {
    const sentence = texts.broke(breakPhraseOf(verdict.firstBreak, findings));
    lines.push(texts.firstBreak(sentence, inSome(verdict.firstBreak, findings, terminal)));
  } else if (verdict.tightest !== null) {
    const { group, utilizationPeak, factor } = verdict.tightest;
    const used = formatShare(utilizationPeak);
    lines.push(
      factor > 1 ? texts.tightest(group, used, formatFactor(factor)) : texts.alreadyFull(group, used),
    );
  }
  const { offered, availability } = verdict;
  lines.push(
    offered === 0
      ? texts.noRequests
      : texts.good(formatCount(offered), formatShare(availability), findings.replications.done),
  );
  return lines;
}

export function sentenceOf(
  budget: BudgetFinding,
  findings: Pick<Findings, 'scenario'>,
  texts: Texts['verdict'],
): string {
  const { noDataBecause, samples, samplesNeeded, value } = budget;
  const phrase = phraseOf(budget, findings);
  return noDataBecause === null
    ? texts.budget(phrase)
    : texts.noData(phrase, noDataBecause, {
        samples,
        needed: formatCount(samplesNeeded),
        hasValue: value !== null,
      });
}

function reasonOf({ verdict, budgets, stop, stability }: Findings, texts: Texts['verdict']): string {
  const { status } = verdict;
  const required = budgets.filter(({ level }) => level === 'error');
  const broken = required.filter((each) => each.countsAs === 'fail');
  if (status === 'does-not-hold' && broken.length === 0)
    return stability.run.verdict === 'metastable' ? texts.metastableHolds : texts.runawayHolds;
  if (status === 'cannot-say' && !isMeasured({ stop })) return texts.nothingMeasured;
  if (status === 'cannot-say' && stop.truncated && verdict.decidingBudget === null) return texts.stoppedEarly;
  return texts.reason[status](status === 'does-not-hold' ? broken.length : required.length);
}

/** How the numbers were obtained and how far they can be trusted. */
export function modeSentences(findings: Findings, { mode: texts }: Texts): string[] {
  const { mode } = findings;
  const lines = [texts.line(mode.mode, formatCount(mode.slice), mode.choice)];
  if (mode.auto !== null) {
    const { exactEvents, targetEvents, obstacle } = mode.auto;
    lines.push(texts.predicted(formatCount(exactEvents), formatCount(targetEvents)));
    if (obstacle !== null) lines.push(texts.obstacle(formatCount(obstacle.slice), obstacle.reason));
  }
  if (mode.sampling !== null) lines.push(...samplingSentences(mode.sampling, findings, texts));
  if (mode.slice > 1) {
    const worst = (key: 'p50' | 'p95' | 'p99') =>
      formatShare(mode.errors.reduce((max, each) => Math.max(max, each[key]), 0));
    lines.push(
      mode.errors.length === 0 ? texts.noError : texts.error(worst('p50'), worst('p95'), worst('p99')),
    );
  }
  return [...lines, ...replicationSentences(findings, texts)];
}

/** How many runs stand behind the numbers, and how tight that makes them. */
function replicationSentences({ replications }: Findings, texts: Texts['mode']): string[] {
  const { asked, done, level, stoppedBy, ranAway, precision } = replications;
  const lines = [done === 1 ? texts.oneRun : texts.replications(done, formatShare(level, 2))];
  if (ranAway !== undefined) lines.push(texts.ranAway(ranAway));
  if (stoppedBy !== null && stoppedBy !== 'runaway') lines.push(texts.fewer[stoppedBy](done, asked));
  if (precision === null) return lines;
  const target = formatShare(precision.target);
  const [widest] = precision.measures;
  if (widest === undefined) lines.push(texts.nothingToMeasure);
  else if (precision.reached) {
    lines.push(texts.precise(target, widest.measure, formatShare(widest.relativeHalfWidth)));
  } else {
    const wide = precision.measures.filter(
      ({ relativeHalfWidth }) => (relativeHalfWidth ?? Infinity) > precision.target,
    );
    lines.push(
      texts.imprecise(target, wide.length, precision.measures.length, {
        measure: widest.measure,
        width: widest.relativeHalfWidth === null ? null : formatShare(widest.relativeHalfWidth),
      }),
    );
    if (precision.limit === 'replications') lines.push(texts.noMoreAllowed(precision.replicationsMax));
    if (precision.limit === 'memory') lines.push(texts.noMemoryForMore(precision.replicationsMax));
  }
  return lines;
}

/** Stretches of doubtful minutes that are named one by one; all are in result.json. */
const DOUBTFUL_MAX = 5;

function samplingSentences(
  sampling: SamplingFinding,
  { scenario, replications }: Findings,
  texts: Texts['mode'],
): string[] {
  const { measuredNs, periodNs, weight, measuredRatio, contiguousRatio, extensions, unseenNs } = sampling;
  const { errors, doubtful } = sampling;
  const clock = clockOf(scenario);
  const minutes = doubtful.reduce((sum, { fromNs, toNs }) => sum + (toNs - fromNs) / 60e9, 0);
  const spans = doubtful.slice(0, DOUBTFUL_MAX).map(({ fromNs, toNs }) => clock(fromNs) + DASH + clock(toNs));
  return [
    texts.sampled(
      formatDuration(measuredNs),
      formatDuration(periodNs),
      formatCount(weight),
      formatShare(measuredRatio),
      formatShare(contiguousRatio),
    ),
    ...(errors === null
      ? []
      : [texts.samplingError(formatShare(errors.p50), formatShare(errors.p95), formatShare(errors.p99))]),
    ...(extensions === 0
      ? []
      : [texts.extended(formatCount(extensions), formatDuration(unseenNs), replications.done)]),
    ...(minutes === 0 ? [] : [texts.doubtful(minutes, spans.join(', '), doubtful.length - spans.length)]),
  ];
}

/** What one currency comes to. */
export function costPhrases(cost: CostFinding, { terminal }: Pick<Texts, 'terminal'>): string[] {
  const { currency, perHour, duringRun, per10kOrders, orders } = cost;
  const money = (amount: number): string => formatMoney(amount, currency);
  const phrases = [terminal.costLine(money(perHour), money(duringRun))];
  if (per10kOrders !== null) phrases.push(terminal.costOrders(money(per10kOrders), formatCount(orders)));
  return phrases;
}

/** What to do, most pressing first; at most one line per finding. */
export function nextSteps(findings: Findings, texts: Texts): string[] {
  const { next } = texts;
  if (!isMeasured(findings)) return [stepAfterWarmUp(findings, next)];
  const { verdict, budgets } = findings;
  const lines = stepAfterStorm(findings, texts);
  const sizing = proposedSizing(findings);
  if (sizing !== null) lines.push(...sizingSteps(sizing, texts));
  else if (verdict.firstBreak !== null) lines.push(stepAfter(verdict.firstBreak, findings, next));
  for (const { id, text, target, outOfReach, verdict: judged } of budgets) {
    if (outOfReach && judged !== 'pass') lines.push(next.outOfReach(id, text, partPhrase(target, findings)));
  }
  if (verdict.firstBreak === null && verdict.tightest !== null && verdict.tightest.factor > 1) {
    lines.push(next.growth(verdict.tightest.group, formatFactor(verdict.tightest.factor)));
  }
  lines.push(...stepsToData(findings, next));
  if (budgets.length === 0) lines.push(next.declareBudgets);
  const assumed = assumedInputs(findings).length;
  if (assumed > 0) lines.push(next.measure(assumed));
  return lines;
}

function partPhrase(target: string, { unloaded }: Findings): Parameters<Texts['next']['outOfReach']>[2] {
  const part = longestPart(target, unloaded);
  return part && { layer: part.layer, time: formatDuration(part.ns), of: formatDuration(part.ofNs) };
}

/** What gives the budgets without data a verdict; a run cut short says nothing about why it has none. */
function stepsToData({ budgets, stop }: Findings, next: Texts['next']): string[] {
  const reasons = budgets.flatMap(({ noDataBecause }) => noDataBecause ?? []);
  const count = (...some: (typeof reasons)[number][]) => reasons.filter((each) => some.includes(each)).length;
  const steps: [step: (count: number) => string, count: number][] = stop.truncated
    ? [[stepOfCutShort(stop, next), reasons.length]]
    : [
        [next.bringTraffic, count('no-samples')],
        [next.moreSamples, count('few-samples')],
        [next.answerRequests, count('still-inside', 'none-completed')],
      ];
  return steps.filter(([, of]) => of > 0).map(([step, of]) => step(of));
}

function stepOfCutShort(
  { abort, runaway }: Findings['stop'],
  next: Texts['next'],
): (count: number) => string {
  if (abort !== undefined) return (count) => next.withoutAbort(count, abort.id);
  return runaway === null ? next.runToEnd : next.answerRequests;
}

function stepAfterWarmUp({ stop, scenario }: Findings, next: Texts['next']): string {
  return stop.runaway === null
    ? next.letItRun(formatDuration(scenario.warmUpNs))
    : next.relieve(stop.runaway.group);
}

function stepAfter(broken: BreakFinding, { limiters }: Findings, next: Texts['next']): string {
  switch (broken.kind) {
    case 'shedding': {
      const limiter = limiters.find(({ limiter: name, phase }) => name === broken.name && phase === null);
      const capacity = formatRate(limiter?.capacityPerSec ?? null);
      return next.raiseLimit(broken.name, capacity, formatRate(limiter?.askedPeakPerSec ?? null));
    }
    case 'saturated':
      return next.addServers(broken.name, broken.layer, formatShare(broken.value));
    case 'pool-exhausted':
      return next.enlargePool(broken.name);
    case 'room-full':
      return next.enlargeRoom(broken.name);
    case 'timing-out':
      return next.lookBehind(broken.name);
  }
}
