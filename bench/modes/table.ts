/** Comparisons as Markdown tables. */
import type { Comparison, ModeRow } from './compare.ts';
import type { Errors } from './errors.ts';
import { MEASURES } from './series.ts';

const HEADS = [
  'mode',
  'events',
  'P50, %',
  'P95, %',
  'P99, %',
  'P99, mean with sign, %',
  'utilization, points',
  'not good, points',
  'pairs of P50, of P99',
];

/** Heading, what was compared with what, and a row for each mode. Errors are median / P90 / worst of their sizes. */
export function tableOf({ modeCase, events, rows, obstacles }: Comparison): string {
  const { title, referenceSlice, unitNs, seeds } = modeCase;
  const reference = referenceSlice === 1 ? 'exact' : `the slice 1/${referenceSlice}`;
  const lines = [
    `### ${title}`,
    '',
    `Reference: ${reference}, ${events.toLocaleString('en')} events. By stretches of ${unitNs / 1e9} s; ` +
      `${seeds === 1 ? 'one run' : `${seeds} runs`} a mode.`,
    ...obstacles.map((obstacle) => `Not compared: ${obstacle}.`),
    '',
    `| ${HEADS.join(' | ')} |`,
    `|---|${'--:|'.repeat(HEADS.length - 1)}`,
    ...rows.map((row, index) => `| ${cellsOf(row, index === 0).join(' | ')} |`),
  ];
  return `${lines.join('\n')}\n`;
}

function cellsOf({ mode, weight, cost, errors }: ModeRow, isFloor: boolean): string[] {
  const parts = [
    ...(mode.slice === 1 ? [] : [`sliced 1/${mode.slice}`]),
    ...(mode.rung === null ? [] : [`sampled, counts ${weight} times`]),
  ];
  const name = parts.length === 0 ? 'exact' : parts.join(', ');
  const [p50, p95, p99, utilization, notGood] = MEASURES.map((measure) => errors[measure]);
  return [
    isFloor ? `${name}, another seed` : name,
    `${(cost * 100).toPrecision(3)} %`,
    spread(p50!),
    spread(p95!),
    spread(p99!),
    p99 === null ? '–' : `${p99!.meanSigned < 0 ? '−' : '+'}${share(Math.abs(p99!.meanSigned))}`,
    spread(utilization!),
    spread(notGood!),
    `${p50?.pairs ?? 0}, ${p99?.pairs ?? 0}`,
  ];
}

function spread(errors: Errors | null): string {
  return errors === null ? '–' : [errors.median, errors.p90, errors.worst].map(share).join(' / ');
}

function share(value: number): string {
  return (value * 100).toFixed(2);
}
