import type { Findings, StartUpBias } from '../analysis/findings.ts';
import { formatDuration, formatMargin, formatShare } from './format.ts';
import type { Texts } from './texts/en.ts';

/** What is said of the start-up when a rule chose the warm-up, or none was simulated: one sentence, or none at all. */
export function startUpSentences({ scenario, startUp }: Findings, { startUp: all }: Texts): string[] {
  const { isPilot, refusal, cutNs, isTrusted, responseNs, utilization } = startUp;
  if (scenario.warmUpNs > 0 && !isPilot) return [];
  const texts = isPilot ? all.pilot : all;
  const warmUp = formatDuration(scenario.warmUpNs);
  if (isPilot && refusal === 'saturated') return [all.pilot.saturated(warmUp)];
  if (refusal !== null) return [all.refusal[refusal]];
  if (!isTrusted) return [texts.notTrusted(warmUp)];
  if (cutNs === null || cutNs === 0) return [texts.none];
  const phrase = (what: string, { relative, standardError }: StartUpBias): string =>
    all.bias(what, formatMargin(relative), standardError === null ? null : formatShare(standardError, 2));
  const biases = [
    ...(responseNs === null ? [] : [phrase(all.response, responseNs)]),
    ...(utilization === null ? [] : [phrase(all.utilization(utilization.group), utilization)]),
  ];
  return [texts.cut(formatDuration(cutNs), biases)];
}
