/** Where the time of a request goes: by layer, and by what it is spent on. */
import type { AnatomyFinding, Findings } from '../../analysis/findings.ts';
import { formatDuration } from '../format.ts';
import { anatomyRequest } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { BAR_HEIGHT, CHART_WIDTH, FRAME_HEIGHT, type BarPlan, type Chart } from './plan.ts';
import { fourDigits, shortName } from './series.ts';

/** Layers with a colour of their own; the smaller ones are put together. */
const STACK_MAX = 8;

const KINDS = ['delayNs', 'serviceNs', 'waitNs', 'retryNs'] as const;
const KIND_COLOURS = [7, 2, 1, 4];

interface Time<Key extends string> {
  readonly key: Key;
  readonly ns: number;
}

interface Bar {
  readonly label: string;
  readonly times: readonly Time<string>[];
}

/** Bars (unloaded, at P50, at P99, slowest), stacked by layer in path order. */
export function anatomyChart(findings: Findings, { charts, words }: Texts): Chart<BarPlan> | null {
  const request = anatomyRequest(findings);
  if (request === null) return null;
  const texts = charts.anatomy;
  const mean = byLayer(rowOf(findings, request, 'mean'));
  const slowest = byLayer(rowOf(findings, request, 'slowest'));
  const around = (of: 'p50' | 'p99') => ({
    label: words.anatomyOf[of],
    times: byLayer(rowOf(findings, request, of)),
  });
  const unloaded = findings.unloaded
    .filter((each) => each.request === request)
    .map(({ layer, serviceNs, delayNs }) => ({ key: layer, ns: serviceNs + delayNs }));
  const bars = [
    { label: texts.unloaded, times: unloaded },
    around('p50'),
    around('p99'),
    { label: words.anatomyOf.slowest, times: slowest },
  ].filter(({ times }) => times.length > 0);
  const top = largestExcess(slowest, mean);
  return barChart(bars, layerStacks(bars, texts.others), {
    id: 'anatomy',
    title: top === null ? texts.plain(request) : texts.title(request, top.key, formatDuration(top.ns)),
    caption: texts.caption,
  });
}

/** Bars (at P50, at P99, slowest), stacked by waiting, service, fixed delays and retries. */
export function anatomyKindsChart(findings: Findings, { charts, words }: Texts): Chart<BarPlan> | null {
  const request = anatomyRequest(findings);
  if (request === null) return null;
  const texts = charts.anatomyKinds;
  const mean = byKind(rowOf(findings, request, 'mean'));
  const slowest = byKind(rowOf(findings, request, 'slowest'));
  const bars = [
    ...(['p50', 'p99'] as const).map((of) => ({
      label: words.anatomyOf[of],
      times: byKind(rowOf(findings, request, of)),
    })),
    { label: words.anatomyOf.slowest, times: slowest },
  ].filter(({ times }) => times.length > 0);
  const top = largestExcess(slowest, mean);
  const title =
    top === null
      ? charts.anatomy.plain(request)
      : texts.title(request, words.anatomyPart[top.key], formatDuration(top.ns));
  const stacks = KINDS.map((kind, nth) => ({
    label: words.anatomyPart[kind],
    colour: KIND_COLOURS[nth] ?? 0,
    has: (key: string) => key === kind,
  }));
  return barChart(bars, stacks, { id: 'anatomy-kinds', title, caption: texts.caption });
}

function rowOf({ anatomy }: Findings, request: string, of: AnatomyFinding['of']): AnatomyFinding | undefined {
  return anatomy.find((each) => each.request === request && each.of === of);
}

function byLayer(row: AnatomyFinding | undefined): Time<string>[] {
  return (row?.parts ?? []).map(({ layer, waitNs, serviceNs, delayNs, retryNs }) => ({
    key: layer,
    ns: waitNs + serviceNs + delayNs + retryNs,
  }));
}

function byKind(row: AnatomyFinding | undefined): Time<(typeof KINDS)[number]>[] {
  if (row === undefined) return [];
  return KINDS.map((key) => ({ key, ns: row.parts.reduce((sum, part) => sum + part[key], 0) }));
}

/** What the slowest requests lose most against the average one; null when nothing takes longer. */
function largestExcess<Key extends string>(
  slowest: readonly Time<Key>[],
  mean: readonly Time<Key>[],
): Time<Key> | null {
  const meanNs = new Map(mean.map(({ key, ns }) => [key, ns]));
  const [top] = slowest
    .map(({ key, ns }) => ({ key, ns: ns - (meanNs.get(key) ?? 0) }))
    .toSorted((a, b) => b.ns - a.ns);
  return top !== undefined && top.ns > 0 ? top : null;
}

interface Stack {
  readonly label: string;
  readonly colour: number;
  readonly has: (key: string) => boolean;
}

/** The layers that take longest in the last bar, in path order, and one stack for the rest. */
function layerStacks(bars: readonly Bar[], others: string): Stack[] {
  const times = bars.at(-1)?.times ?? [];
  const isTooMany = times.length > STACK_MAX;
  const longest = times.toSorted((a, b) => b.ns - a.ns).map(({ key }) => key);
  const named = new Set(isTooMany ? longest.slice(0, STACK_MAX - 1) : longest);
  const stacks = times
    .filter(({ key }) => named.has(key))
    .map(({ key }, nth): Stack => ({ label: shortName(key), colour: nth, has: (each) => each === key }));
  const rest: Stack = { label: others, colour: STACK_MAX - 1, has: (each) => !named.has(each) };
  return isTooMany ? [...stacks, rest] : stacks;
}

function barChart(
  bars: readonly Bar[],
  stacks: readonly Stack[],
  texts: Pick<Chart, 'id' | 'title' | 'caption'>,
): Chart<BarPlan> {
  const plan: BarPlan = {
    kind: 'bars',
    unit: 'ms',
    valueMax: null,
    labels: bars.map(({ label }) => label),
    series: stacks.map(({ label, colour, has }) => ({
      label,
      colour,
      values: bars.map(({ times }) =>
        fourDigits(times.reduce((sum, { key, ns }) => sum + (has(key) ? ns : 0), 0) / 1e6),
      ),
    })),
  };
  return {
    ...texts,
    width: CHART_WIDTH,
    height: FRAME_HEIGHT + Math.round(BAR_HEIGHT * bars.length * 1.5),
    plan,
  };
}
