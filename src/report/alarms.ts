/** What must stand before everything else, alike for terminal and page: an incomplete run, a broken law. */
import type { AbortFinding, Findings } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';
import { formatCount } from './format.ts';
import { isMeasured } from './select.ts';
import { phraseOf } from './sentences.ts';
import { shadowAlarms } from './shadow.ts';
import type { Texts } from './texts/en.ts';

/** That a run was aborted: when, by which budget, and how that stood. */
export function abortSentence(
  abort: AbortFinding,
  { scenario }: Pick<Findings, 'scenario'>,
  { verdict }: Pick<Texts, 'verdict'>,
): string {
  const phrase = phraseOf({ ...abort, margin: null, countsAs: 'fail', verdict: 'fail' }, { scenario });
  return verdict.aborted(phrase, clockOf(scenario)(abort.atNs), abort.unit === 'ratio');
}

/** One line each; none where nothing is wrong with the run. */
export function alarms(findings: Findings, texts: Texts): string[] {
  const { stop, checks, requests, scenario } = findings;
  const { verdict } = texts;
  const clock = clockOf(scenario);
  const lines: string[] = [];
  const broken = checks.filter(({ holds }) => !holds).length;
  if (broken > 0) lines.push(verdict.brokenLaws(broken));
  lines.push(...shadowAlarms(findings, texts));
  if (!isMeasured({ stop })) lines.push(verdict.stoppedInWarmUp(stop.reason));
  else if (stop.abort !== undefined)
    lines.push(abortSentence(stop.abort, findings, texts), verdict.upToThere);
  else if (stop.truncated) lines.push(verdict.truncated(stop.reason, clock(stop.atNs)));
  if (stop.runaway !== null) {
    const { group, sinceNs, waitingJobs } = stop.runaway;
    const since = sinceNs === null ? null : clock(sinceNs);
    lines.push(verdict.runaway(group, since, formatCount(waitingJobs)));
  }
  const censored = requests.reduce((sum, each) => sum + (each.phase === null ? each.censored : 0), 0);
  if (censored > 0) lines.push(verdict.drainLimit(formatCount(censored)));
  return lines;
}
