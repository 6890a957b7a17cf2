/** Checks as `hongfeng check` could have found them. */
import type { Findings } from '../../../src/analysis/findings.ts';
import type {
  BudgetChange,
  CheckDocument,
  CheckedBudget,
  ScenarioCheck,
} from '../../../src/study/gate/gate-check.ts';
import { doubleEleven } from '../example-findings.ts';

const WORSE: BudgetChange = {
  verdict: 'regressed',
  before: 100e6,
  after: 113e6,
  difference: 13e6,
  interval: [11e6, 15e6],
  worseBy: 0.13,
  adjustedPValue: 0.0004,
  confidence: 0.99,
  tolerance: 0.03,
  floor: 1e6,
  accepted: null,
};

/** As it comes out of the findings: broken budgets fail, others pass; the first that holds is worse than the baseline. */
export function checkOf(findings: Findings, parts: Partial<ScenarioCheck> = {}): ScenarioCheck {
  const { scenario, replications, verdict } = findings;
  let worse: BudgetChange | null = WORSE;
  const budgets = findings.budgets.map((budget, index): CheckedBudget => {
    const isBroken = budget.countsAs === 'fail' || budget.countsAs === 'no-data';
    const hasRegressed = !isBroken && budget.countsAs === 'pass' && budget.unit === 'ns' && worse !== null;
    const baseline = hasRegressed ? worse : null;
    if (hasRegressed) worse = null;
    const isBad = isBroken || hasRegressed;
    const severity = isBad && budget.level === 'error' ? 'error' : isBad ? 'warning' : 'none';
    return { budget, at: { file: 'site.yaml', line: 10 + index }, baseline, severity };
  });
  return {
    scenario: { ...scenario, file: 'site.yaml' },
    outcome: 'fail',
    status: verdict.status,
    replications,
    baseline: {
      ...{ kind: 'commit', name: 'origin/main', commit: 'a'.repeat(40) },
      ...{ toolVersion: '0.1.0', pairs: 5, notes: [] },
    },
    budgets,
    removed: [],
    cost: [{ currency: 'CNY', perHour: 1090, before: 1240 }],
    ...parts,
  };
}

export function documentOf(...scenarios: ScenarioCheck[]): CheckDocument {
  return {
    $schema: 'urn:hongfeng:check:1',
    schemaVersion: 1,
    tool: { name: 'hongfeng', version: '0.1.0' },
    exitCode: 99,
    scenarios,
    refused: [],
  };
}

/** As many broken budgets as asked for. */
export function manyBroken(count: number): ScenarioCheck {
  const check = checkOf(doubleEleven());
  const broken = check.budgets.find(({ severity }) => severity === 'error')!;
  const budgets = Array.from({ length: count }, (_, index) => ({
    ...broken,
    budget: { ...broken.budget, id: `budget-${index}`, margin: -index },
  }));
  return { ...check, budgets };
}

/** Everything in it that a scenario may name is this text. */
export function hostile(text: string): ScenarioCheck {
  const check = checkOf(doubleEleven());
  return {
    ...check,
    scenario: { ...check.scenario, title: text, seed: text, file: text },
    budgets: check.budgets.map((each) => ({
      ...each,
      at: { file: text, line: 3 },
      budget: {
        ...each.budget,
        ...{ id: text, text, window: text, why: text, owner: text, runbook: text },
        target: `request:${text}`,
      },
    })),
    removed: [{ id: text, target: text, metric: 'p99', window: null }],
    baseline: {
      ...{ kind: 'file', name: text, commit: null, toolVersion: '1', pairs: 5, notes: ['other-version'] },
    },
  };
}
