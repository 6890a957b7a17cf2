/** Which findings a report shows first, and in which order; nothing is computed here that was not found before. */
import type {
  BudgetFinding,
  Findings,
  HeadroomFinding,
  LayerFinding,
  RequestFinding,
  StationFinding,
} from '../analysis/findings.ts';
import type { SensitivityDocument } from '../study/sensitivity-document.ts';

const VERDICT_ORDER: Readonly<Record<BudgetFinding['verdict'], number>> = {
  fail: 0,
  'no-data': 1,
  inconclusive: 2,
  warn: 3,
  pass: 4,
};

/** What counts as broken stands with what is. */
function rankOf({ verdict, countsAs }: BudgetFinding): number {
  return verdict === 'inconclusive' && countsAs === 'fail' ? 0.5 : VERDICT_ORDER[verdict];
}

/** Broken ones first, required before optional, then by margin: the worst first. */
export function budgetsWorstFirst(budgets: readonly BudgetFinding[]): BudgetFinding[] {
  const margin = (each: BudgetFinding) => each.margin ?? -Infinity;
  const level = (each: BudgetFinding) => (each.level === 'error' ? 0 : 1);
  return budgets.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || level(a) - level(b) || compare(margin(a), margin(b)),
  );
}

/** One budget finding, or several alike of which it is the tightest. */
export interface BudgetRow {
  readonly budget: BudgetFinding;
  readonly count: number;
}

/** Without margins none of those alike is the tightest, and only their number can be said. */
export function isTightestShown({ budget, count }: BudgetRow): boolean {
  return count > 1 && budget.margin !== null;
}

/** Fewer rows than this say more than their sum. */
const COLLAPSED_MIN = 3;

/**
 * Worst first; what one condition found alike on many targets (`operation:*` passes everywhere, or has data nowhere) is
 * one row. Broken ones are never put together.
 */
export function budgetRows(budgets: readonly BudgetFinding[]): BudgetRow[] {
  const sorted = budgetsWorstFirst(budgets);
  const alike = new Map<string, BudgetFinding[]>();
  for (const budget of sorted) {
    const key = likeness(budget);
    const rows = alike.get(key);
    if (rows === undefined) alike.set(key, [budget]);
    else rows.push(budget);
  }
  return sorted.flatMap((budget) => {
    const rows = alike.get(likeness(budget)) ?? [];
    const isCollapsed =
      rows.length >= COLLAPSED_MIN && (budget.verdict === 'pass' || budget.verdict === 'no-data');
    if (!isCollapsed) return [{ budget, count: 1 }];
    return rows[0] === budget ? [{ budget, count: rows.length }] : [];
  });
}

function likeness({ id, text, window, verdict, noDataBecause }: BudgetFinding): string {
  return JSON.stringify([id, text, window, verdict, noDataBecause]);
}

/** False when the run ended in its warm-up: then every count in the findings stands for nothing. */
export function isMeasured({ stop }: Pick<Findings, 'stop'>): boolean {
  return stop.atNs > 0;
}

/** Whether several replications stand behind the findings. */
export function hasIntervals({ replications }: Pick<Findings, 'replications'>): boolean {
  return replications.done > 1;
}

export function ofWholeRun<Row extends { readonly phase: string | null }>(rows: readonly Row[]): Row[] {
  return rows.filter(({ phase }) => phase === null);
}

/** The class that the charts follow: of the deciding budget, else one whose completions count as orders, else the busiest. */
export function focusRequest(findings: Findings): string | null {
  const { verdict, budgets } = findings;
  const target = verdict.decidingBudget === null ? undefined : budgets[verdict.decidingBudget]?.target;
  const classes = ofWholeRun(findings.requests);
  const named = classes.find(({ request }) => target === `request:${request}`);
  const judged = classes.find(({ request }) => budgets.some((each) => each.target === `request:${request}`));
  const busiest = classes.toSorted((a, b) => b.offered - a.offered)[0];
  return (named ?? judged ?? busiest)?.request ?? null;
}

export interface LayerRow {
  readonly layer: LayerFinding;
  /** Whole-run row of the layer's tightest group. */
  readonly group: StationFinding | null;
}

/** Most used at its peak first; layers that cannot saturate last. */
export function layersTightestFirst({ layers, stations }: Findings): LayerRow[] {
  const groups = new Map(ofWholeRun(stations).map((each) => [each.group, each]));
  return layers
    .toSorted((a, b) => compare(b.utilizationPeak ?? -1, a.utilizationPeak ?? -1))
    .map((layer) => ({
      layer,
      group: layer.tightestGroup === null ? null : (groups.get(layer.tightestGroup) ?? null),
    }));
}

/** Whole-run rows of every group, the one nearest to its limit first. */
export function stationsTightestFirst(stations: readonly StationFinding[]): StationFinding[] {
  return ofWholeRun(stations).toSorted(
    (a, b) =>
      compare(b.utilizationPeak ?? -1, a.utilizationPeak ?? -1) || b.waitingJobsMax - a.waitingJobsMax,
  );
}

export function requestsBusiestFirst(requests: readonly RequestFinding[]): RequestFinding[] {
  return ofWholeRun(requests).toSorted((a, b) => b.offered - a.offered);
}

/** How far the planned traffic may grow, where that is not what was measured. */
export function growthOf({ factor, factorPlanned }: HeadroomFinding): number {
  return factorPlanned ?? factor;
}

/** The tightest of each layer, and behind a limiter that is, the tightest of what it protects. */
export function headroomByLayer({ headroom, limiters }: Findings): HeadroomFinding[] {
  const sorted = headroom.toSorted((a, b) => compare(growthOf(a), growthOf(b)));
  const isLimiter = ({ group }: HeadroomFinding) => limiters.some(({ limiter }) => limiter === group);
  const seen = new Map<string, HeadroomFinding>();
  return sorted.filter((row) => {
    const tightest = seen.get(row.layer);
    if (tightest !== undefined && (!isLimiter(tightest) || isLimiter(row))) return false;
    seen.set(row.layer, row);
    return true;
  });
}

/** The layer that an unloaded request of the target spends most time in, on average; null where the target is no request. */
export function longestPart(
  target: string,
  unloaded: Findings['unloaded'],
): { readonly layer: string; readonly ns: number; readonly ofNs: number } | null {
  const parts = unloaded
    .filter(({ request }) => target === `request:${request}`)
    .map(({ layer, serviceNs, delayNs }) => ({ layer, ns: serviceNs + delayNs }));
  const [longest] = parts.toSorted((a, b) => b.ns - a.ns);
  return longest === undefined ? null : { ...longest, ofNs: parts.reduce((sum, { ns }) => sum + ns, 0) };
}

/** The class whose time is taken apart: the one in focus if it was sampled, else the first that was. */
export function anatomyRequest(findings: Findings): string | null {
  const focus = focusRequest(findings);
  const { anatomy } = findings;
  return (anatomy.find(({ request }) => request === focus) ?? anatomy[0])?.request ?? null;
}

/** Inputs nobody measured or can cite. */
export function assumedInputs({ ledger }: Findings): Findings['ledger'] {
  return ledger.filter(({ confidence }) => confidence === 'assumed');
}

export function pricesOf({ ledger }: Findings): Findings['ledger'] {
  return ledger.filter(({ path }) => path.endsWith('.price'));
}

const CONFIDENCE_ORDER = { assumed: 0, cited: 1, measured: 2 };

export interface LedgerRow {
  readonly entry: Findings['ledger'][number];
  /** Most that a result moved when the input was varied; null where that was not simulated. */
  readonly effect: number | null;
  /** By arithmetic; null where it is not known. */
  readonly reach: number | null;
}

/** Assumed ones first; of these the one that moves a result most, as far as a study has told. */
export function ledgerByEffect({ ledger }: Findings, sensitivity: SensitivityDocument | null): LedgerRow[] {
  const studied = [...(sensitivity?.inputs ?? []), ...(sensitivity?.leftOut ?? [])];
  const rows = ledger.map((entry): LedgerRow => {
    const input = entry.confidence === 'assumed' ? studiedAs(entry, studied, ledger) : undefined;
    return {
      entry,
      effect: input !== undefined && 'effect' in input ? input.effect : null,
      reach: input?.reach ?? null,
    };
  });
  return rows.toSorted(
    (a, b) =>
      CONFIDENCE_ORDER[a.entry.confidence] - CONFIDENCE_ORDER[b.entry.confidence] ||
      compare(b.effect ?? -1, a.effect ?? -1) ||
      compare(b.reach ?? -1, a.reach ?? -1),
  );
}

type Studied = SensitivityDocument['inputs'][number] | SensitivityDocument['leftOut'][number];

/**
 * The studied input of a value: the ledger knows a parameter of a preset by where it is used, the study by its name. They are
 * one where the component has a single input of that value, in the ledger and in the study.
 */
function studiedAs(
  { path, value }: LedgerRow['entry'],
  studied: readonly Studied[],
  ledger: Findings['ledger'],
): Studied | undefined {
  const component = (each: string): string | undefined => each.split('.')[1];
  const isAlike = (each: { readonly path: string; readonly value: string }): boolean =>
    each.value === value && component(each.path) === component(path);
  const [first, ...others] = studied.filter(isAlike);
  const isOnly = others.length === 0 && ledger.filter(isAlike).length === 1;
  return studied.find((each) => each.path === path) ?? (isOnly ? first : undefined);
}

/** Infinities of one sign are alike; their difference would be NaN. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
