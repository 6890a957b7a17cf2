/** What is said of stability and recovery, alike on the terminal and in the page. */
import type { Findings, RecoveryFinding, RetryLoadFinding } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';
import { formatDuration, formatInterval, formatRate, formatShare, significant } from './format.ts';
import type { Texts } from './texts/en.ts';
import type { RecoveryPhrase } from './texts/en-stability.ts';

export function runSentence(
  { stability: { run }, scenario, replications }: Findings,
  { stability: texts }: Texts,
): string {
  const clock = clockOf(scenario);
  const drained = run.drainedNs === null ? null : clock(run.drainedNs);
  return texts.run(run, clock(run.sinceNs ?? 0), drained) + someOf(run, replications.done, texts);
}

/** How many replications it is about, when not all. */
function someOf(
  { replications: count }: Pick<RecoveryFinding, 'replications'>,
  of: number,
  texts: Texts['stability'],
): string {
  return count === undefined || count === of ? '' : ` ${texts.inSome(count, of)}`;
}

export function recoverySentences(findings: Findings, texts: Texts): string[] {
  const { stability } = findings;
  return stability.recoveries.map(
    (each) =>
      texts.stability.recovery(each, phraseOf(each, findings, texts)) +
      someOf(each, findings.replications.done, texts.stability),
  );
}

function phraseOf(
  each: RecoveryFinding,
  { scenario }: Findings,
  { stability, words }: Texts,
): RecoveryPhrase {
  const { recoveredNs, drainNs } = each;
  return {
    name: each.disturbance,
    stations: each.stations.join(', '),
    left: formatShare(each.capacityRatio),
    from: clockOf(scenario)(each.fromNs),
    length: formatDuration(each.toNs - each.fromNs),
    others: each.others.length === 0 ? null : each.others.join(', '),
    after: recoveredNs === null || recoveredNs === 0 ? null : formatDuration(recoveredNs),
    known: [
      ...(each.interval == null ? [] : [formatInterval(each.interval, formatDuration)]),
      stability.windows(formatDuration(scenario.windowNs)),
    ].join(words.between.clauses),
    drain: drainNs === null ? null : formatDuration(drainNs),
    offeredBefore: formatRate(each.offeredBeforePerSec),
    offeredAfter: formatRate(each.offeredAfterPerSec),
    goodBefore: formatShare(each.goodBeforeRatio),
    goodAfter: formatShare(each.goodAfterRatio),
  };
}

export function retryLoadSentence(each: RetryLoadFinding, { stability: texts }: Texts): string {
  return texts.retryLoad(each, {
    group: each.group,
    hidden: formatRate(each.hiddenPerSec),
    capacity: formatRate(each.capacityPerSec),
    attempts: significant(each.attempts),
    offered: formatRate(each.offeredPeakPerSec),
  });
}

/** What to do when a disturbance left the site down: about the servers with the least hidden room. */
export function stepAfterStorm({ stability }: Findings, { stability: texts }: Texts): string[] {
  const weakest = stability.retryLoads.find(({ status }) => status === 'vulnerable');
  if (stability.run.verdict !== 'metastable' || weakest === undefined) return [];
  return [texts.boundRetries(weakest.group, formatRate(weakest.hiddenPerSec))];
}
