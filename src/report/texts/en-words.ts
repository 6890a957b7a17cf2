/** Names of the values that findings hold as codes. A code without a word does not compile. */
import type {
  AdviceFinding,
  AnatomyFinding,
  AnatomyPart,
  BreakFinding,
  BudgetFinding,
  CauseName,
  CheckFinding,
  Findings,
  StationFinding,
  StationState,
  StopFinding,
  VerdictFinding,
} from '../../analysis/findings.ts';

type Words<Code extends string> = Readonly<Record<Code, string>>;

export const WORDS = {
  /** Between sentences of a paragraph, and between clauses of a sentence. */
  between: { sentences: ' ', clauses: '; ', stop: '.' },
  status: {
    holds: 'HOLDS',
    'thin-margin': 'HOLDS, THIN MARGIN',
    'does-not-hold': 'DOES NOT HOLD',
    'cannot-say': 'CANNOT SAY',
    'no-budgets': 'NOT JUDGED',
  } satisfies Words<VerdictFinding['status']>,
  verdict: {
    pass: 'pass',
    fail: 'FAIL',
    warn: 'warn',
    inconclusive: 'inconclusive',
    'no-data': 'no data',
  } satisfies Words<BudgetFinding['verdict']>,
  noData: {
    'no-samples': 'nothing happened',
    'few-samples': 'too few samples',
    'still-inside': 'too many still inside at the end',
    'none-completed': 'nothing answered',
    aborted: 'aborted before',
  } satisfies Words<NonNullable<BudgetFinding['noDataBecause']>>,
  fewSamples: (samples: string, needed: string) => `too few samples: ${samples} of ${needed}`,
  breakKind: {
    shedding: 'limiter sheds',
    saturated: 'saturated',
    'pool-exhausted': 'pool exhausted',
    'room-full': 'waiting room full',
    'timing-out': 'calls time out',
  } satisfies Words<BreakFinding['kind']>,
  cause: {
    shed: 'shed',
    rejected: 'rejected',
    abandoned: 'abandoned',
    timedOut: 'timed out',
    failed: 'failed',
  } satisfies Words<CauseName>,
  role: { servers: 'servers', threads: 'threads', pool: 'connections' } satisfies Words<
    StationFinding['role']
  >,
  state: {
    stable: 'stable',
    backlogged: 'backlogged',
    overloaded: 'overloaded',
  } satisfies Words<StationState['verdict']>,
  anatomyOf: { mean: 'average', p50: 'at P50', p99: 'at P99', slowest: 'slowest 1 %' } satisfies Words<
    AnatomyFinding['of']
  >,
  anatomyPart: {
    waitNs: 'waiting',
    serviceNs: 'service',
    delayNs: 'fixed delays',
    retryNs: 'retries and time-outs',
  } satisfies Words<Exclude<keyof AnatomyPart, 'layer'>>,
  severity: { error: 'error', warning: 'warning', info: 'note' } satisfies Words<AdviceFinding['severity']>,
  confidence: {
    assumed: 'assumed',
    cited: 'cited',
    measured: 'measured',
  } satisfies Words<Findings['ledger'][number]['confidence']>,
  law: {
    'flow-balance': 'flow balance',
    'utilization-law': 'utilization law',
    'littles-law': "Little's law",
    'no-negative-stock': 'no negative stock',
    'every-request-ended': 'every request ended',
    'time-adds-up': 'time adds up',
  } satisfies Words<CheckFinding['law']>,
  stop: {
    completed: 'the run is complete',
    'drain-limit': 'the run ended before every request had left',
    runaway: 'the run was stopped because a queue grew without end',
    aborted: 'the run was aborted because a required budget was broken',
    interrupted: 'the run was interrupted',
    'time-limit': 'the run was stopped by its time limit',
  } satisfies Words<StopFinding['reason']>,
};

const METRIC_NAMES: Readonly<Record<string, string>> = {
  mean: 'mean latency',
  max: 'longest latency',
  errors: 'share of errors',
  availability: 'availability',
  shed: 'share shed',
  timeouts: 'share timed out',
  util: 'utilization',
  'errors.shed': 'share shed',
  'errors.rejected': 'share rejected',
  'errors.abandoned': 'share abandoned',
  'errors.timedOut': 'share timed out',
  'errors.failed': 'share failed',
  'errors.perSec': 'errors per second',
  'queue.max': 'longest queue',
  'queue.mean': 'mean queue',
  'wait.mean': 'mean wait',
  'wait.max': 'longest wait',
  'retries.amplification': 'attempts per call',
  'cost.perHour': 'cost per hour',
  'cost.per10k': 'cost per 10,000 orders',
  'slices.good': 'share of good slices',
};

/** `p99.9` → `P99.9`, `wait.p99` → `wait P99`; other metrics by name, unknown ones as written. */
export function metricName(metric: string): string {
  const wait = /^wait\.(p[\d.]+)$/.exec(metric)?.[1];
  if (wait !== undefined) return `wait ${wait.toUpperCase()}`;
  return /^p[\d.]+$/.test(metric) ? metric.toUpperCase() : (METRIC_NAMES[metric] ?? metric);
}

/** `1 budget`, `2 budgets` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
