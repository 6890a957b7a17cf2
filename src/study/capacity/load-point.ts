import type { BudgetFinding, Findings, RequestFinding } from '../../analysis/findings.ts';
import { holds } from '../../analysis/budgets/conditions.ts';
import type { LoadBudget, LoadPoint, LoadRequest } from '../capacity-document.ts';

/** Conditions of a load that are kept. */
const BUDGETS_MAX = 20;

export interface PointOptions {
  readonly multiplier: number;
  /** Ids of the budgets that must hold. */
  readonly budgets: ReadonlySet<string>;
  /** Phase with the most traffic; null where the run is one phase. */
  readonly busiestPhase: string | null;
  /** Replications asked for of each load: where there should be several, one by itself is not sure of anything. */
  readonly perLoad: number;
}

/** What the study keeps of the findings of one load. */
export function loadPoint(findings: Findings, options: PointOptions): LoadPoint {
  const { verdict, headroom, layers, requests } = findings;
  const { busiestPhase } = options;
  const budgets = findings.budgets
    .filter(({ id }) => options.budgets.has(id))
    .toSorted((a, b) => marginOf(a) - marginOf(b))
    .map((row) => ({ row, judged: loadBudget(row, options.perLoad > 1) }));
  const replications = replicationsOf(findings);
  const unstable = unstableIn(findings, options.perLoad);
  const busiest = requests.filter(({ phase }) => phase === busiestPhase);
  const total = (of: (row: RequestFinding) => number): number =>
    busiest.reduce((sum, row) => sum + of(row), 0);
  const offered = total((row) => row.offered);
  const tightest = headroom[0];
  return {
    multiplier: options.multiplier,
    replications,
    offeredPeakPerSec: verdict.offeredPeakPerSec,
    offeredPerSec: total(({ offeredPerSec }) => offeredPerSec),
    goodPerSec: total(({ goodPerSec }) => goodPerSec),
    availability: offered === 0 ? null : total(({ good }) => good) / offered,
    requests: requests
      .filter(({ phase }) => phase === null || phase === busiestPhase)
      .map((row) => loadRequest(row)),
    tightest:
      tightest === undefined
        ? null
        : { group: tightest.group, layer: tightest.layer, utilizationPeak: tightest.utilizationPeak },
    layers: layers.map(({ layer, utilizationPeak }) => ({ layer, utilizationPeak })),
    firstBreak: verdict.firstBreak,
    ...verdictOf(
      budgets.map(({ judged }) => judged),
      unstable,
    ),
    isUnstable: unstable !== 'no',
    budgets: budgets
      .map(({ judged }) => judged)
      .filter((each) => each.breaks || !each.isSure)
      .slice(0, BUDGETS_MAX),
    deciding: budgets.find(({ row }) => row.margin !== null)?.judged ?? null,
  };
}

/** How many were simulated; one that ran away is shown alone. */
function replicationsOf({ replications: { done, ranAway } }: Findings): number {
  return ranAway?.of ?? done;
}

/**
 * Whether a load is broken so surely that more replications would not change it: some budget is beyond its limit by more than
 * twice as far as its interval reaches, or a queue grew without end in every replication.
 */
export function isBeyondDoubt({ verdict, isSure, isUnstable, budgets }: LoadPoint): boolean {
  const isFar = ({ breaks, isSure: surely, interval, value, limit }: LoadBudget): boolean => {
    if (!breaks || !surely || interval === null || value === null) return false;
    const nearest = Math.min(...interval.map((end) => Math.abs((end ?? Infinity) - limit)));
    return nearest > Math.abs(value - limit) / 2;
  };
  const broken = budgets.filter(({ breaks }) => breaks);
  return verdict === 'broken' && isSure && (broken.some(isFar) || (isUnstable && broken.length === 0));
}

/** Phase with the highest offered rate; null where the run is one phase. */
export function busiestPhaseOf({ phases, requests }: Findings): string | null {
  const names = [...new Set(phases.map(({ name }) => name))];
  if (names.length < 2) return null;
  const rateOf = (name: string): number =>
    requests.reduce((sum, row) => sum + (row.phase === name ? row.offeredPerSec : 0), 0);
  return names.reduce((best, name) => (rateOf(name) > rateOf(best) ? name : best));
}

function loadRequest({ request, phase, latency }: RequestFinding): LoadRequest {
  return {
    request,
    phase,
    p50Ns: latency.p50Ns,
    p99Ns: latency.p99Ns,
    p50Interval: latency.intervals?.p50Ns ?? null,
    p99Interval: latency.intervals?.p99Ns ?? null,
  };
}

function loadBudget(row: BudgetFinding, needsInterval: boolean): LoadBudget {
  const { id, target, metric, op, limit, text, unit, window, level, value, verdict } = row;
  const named = { id, target, metric, op, limit, text, unit, window, level, value, verdict };
  const interval = row.interval ?? null;
  return { ...named, interval, ...certaintyOf(row, interval, needsInterval) };
}

/** What nothing was ever answered to, or what requests still inside could break, breaks; the latter is not sure. */
function certaintyOf(
  { op, limit, unit, value, verdict, noDataBecause }: BudgetFinding,
  interval: LoadBudget['interval'],
  needsInterval: boolean,
): Pick<LoadBudget, 'breaks' | 'isSure'> {
  if (verdict === 'no-data') {
    const breaks = noDataBecause === 'none-completed' || noDataBecause === 'still-inside';
    return { breaks, isSure: noDataBecause === 'none-completed' };
  }
  if (value === null) return { breaks: false, isSure: false };
  const condition = { op, limit } as Parameters<typeof holds>[0];
  const breaks = !holds(condition, value);
  // A price is known; of all else several replications must say how sure it is.
  if (interval === null && needsInterval && unit !== 'money') return { breaks, isSure: false };
  const ends = interval === null ? [] : [interval[0], interval[1] ?? Infinity];
  return { breaks, isSure: ends.every((end) => holds(condition, end) !== breaks) };
}

/** Whether a queue grew without end, or the site stayed down: in all replications, in some, or in none. */
function unstableIn(
  { stop, replications, stability, stations }: Findings,
  perLoad: number,
): 'all' | 'some' | 'no' {
  const isAlone = replications.done === 1 && replications.ranAway === undefined && perLoad > 1;
  if (stop.reason === 'runaway') {
    const { ranAway } = replications;
    return isAlone || (ranAway !== undefined && ranAway.count < ranAway.of) ? 'some' : 'all';
  }
  const states = [
    ...(stability.run.verdict === 'metastable' ? [stability.run] : []),
    ...stations.flatMap(({ phase, state }) =>
      phase === null && state.verdict === 'overloaded' ? [state] : [],
    ),
  ];
  if (states.length === 0) return 'no';
  const { done } = replications;
  const areAll = states.some((state) => (state.replications ?? done) === done);
  return areAll && !isAlone ? 'all' : 'some';
}

function verdictOf(
  budgets: readonly LoadBudget[],
  unstable: ReturnType<typeof unstableIn>,
): Pick<LoadPoint, 'verdict' | 'isSure'> {
  const broken = budgets.filter(({ breaks }) => breaks);
  if (broken.length > 0 || unstable !== 'no') {
    return { verdict: 'broken', isSure: unstable === 'all' || broken.some(({ isSure }) => isSure) };
  }
  if (budgets.some(({ verdict }) => verdict === 'no-data')) return { verdict: 'cannot-say', isSure: false };
  return { verdict: 'holds', isSure: budgets.every(({ isSure }) => isSure) };
}

function marginOf({ margin, verdict }: BudgetFinding): number {
  return margin ?? (verdict === 'no-data' ? 0 : Infinity);
}
