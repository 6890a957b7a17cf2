import type { Findings, StartUpBias } from '../analysis/findings.ts';
import { formatDuration, formatMargin, formatShare } from './format.ts';
import type { Texts } from './texts/en.ts';

/** What is said of the start-up when no warm-up was simulated: one sentence, or none at all. */
export function startUpSentences({ scenario, startUp }: Findings, { startUp: texts }: Texts): string[] {
  if (scenario.warmUpNs > 0) return [];
  const { refusal, cutNs, isTrusted, responseNs, utilization } = startUp;
  if (refusal !== null) return [texts.refusal[refusal]];
  if (!isTrusted) return [texts.notTrusted];
  if (cutNs === null || cutNs === 0) return [texts.none];
  const phrase = (what: string, { relative, standardError }: StartUpBias): string =>
    texts.bias(what, formatMargin(relative), standardError === null ? null : formatShare(standardError, 2));
  const biases = [
    ...(responseNs === null ? [] : [phrase(texts.response, responseNs)]),
    ...(utilization === null ? [] : [phrase(texts.utilization(utilization.group), utilization)]),
  ];
  return [texts.cut(formatDuration(cutNs), biases)];
}
