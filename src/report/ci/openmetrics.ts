import type { CheckDocument, CheckedBudget, ScenarioCheck } from '../../study/gate/gate-check.ts';
import { escapeLabel } from '../escape.ts';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Unit = CheckedBudget['budget']['unit'];

/** Times in seconds, as OpenMetrics wants its base units; the unit is the end of the name. */
const VALUES: Readonly<
  Record<Unit, { readonly name: string; readonly unit: string; readonly scale: number }>
> = {
  ns: { name: 'hongfeng_budget_seconds', unit: 'seconds', scale: 1e-9 },
  ratio: { name: 'hongfeng_budget_ratio', unit: 'ratio', scale: 1 },
  perSec: { name: 'hongfeng_budget_per_second', unit: 'per_second', scale: 1 },
  count: { name: 'hongfeng_budget_count', unit: '', scale: 1 },
  factor: { name: 'hongfeng_budget_factor', unit: '', scale: 1 },
  money: { name: 'hongfeng_budget_amount', unit: '', scale: 1 },
};

/**
 * OpenMetrics text, which GitLab compares with that of the target branch: every number a budget judges and its margin, what
 * an hour costs, and whether each scenario passes; one that was refused, of which not even the id is known, goes by its file
 * and does not. What has no value is left out.
 */
export function renderOpenMetrics({ scenarios, refused }: CheckDocument): string {
  const families = [
    ...Object.entries(VALUES).map(([unit, { name, scale, unit: word }]) =>
      family({ name, unit: word, help: 'What a budget judges.' }, samplesOf(scenarios, unit as Unit, scale)),
    ),
    family(
      {
        name: 'hongfeng_budget_margin_ratio',
        unit: 'ratio',
        help: 'Distance to the limit as a share of it.',
      },
      scenarios.flatMap((check) =>
        check.budgets.flatMap(({ budget }) =>
          budget.margin === null
            ? []
            : [{ labels: { ...labelsOf(check, budget), condition: budget.text }, value: budget.margin }],
        ),
      ),
    ),
    family(
      { name: 'hongfeng_cost_per_hour', unit: '', help: 'Cost of an hour.' },
      scenarios.flatMap(({ scenario, cost }) =>
        cost.map(({ currency, perHour }) => ({
          labels: { scenario: scenario.id, currency },
          value: perHour,
        })),
      ),
    ),
    family({ name: 'hongfeng_passes', unit: '', help: '1 where the check of a scenario passes.' }, [
      ...scenarios.map(({ scenario, outcome }) => ({
        labels: { scenario: scenario.id },
        value: outcome === 'pass' || outcome === 'inconclusive' ? 1 : 0,
      })),
      ...[...new Set(refused.map(({ file }) => file))].map((file) => ({ labels: { file }, value: 0 })),
    ]),
  ];
  return [...families.flat(), '# EOF', ''].join('\n');
}

function samplesOf(scenarios: readonly ScenarioCheck[], unit: Unit, scale: number): Sample[] {
  const seen = new Set<string>();
  return scenarios.flatMap((check) =>
    check.budgets.flatMap(({ budget }) => {
      const labels = labelsOf(check, budget);
      const key = JSON.stringify(labels);
      if (budget.unit !== unit || budget.value === null || seen.has(key)) return [];
      seen.add(key);
      return [{ labels, value: budget.value * scale }];
    }),
  );
}

function labelsOf(
  { scenario }: ScenarioCheck,
  { id, target, metric, window, currency }: CheckedBudget['budget'],
): Record<string, string> {
  const time = window === null ? 'all' : typeof window === 'string' ? window : JSON.stringify(window);
  const money: Record<string, string> = currency === undefined ? {} : { currency };
  return { scenario: scenario.id, budget: id, target, metric, window: time, ...money };
}

function family(
  { name, unit, help }: { readonly name: string; readonly unit: string; readonly help: string },
  samples: readonly Sample[],
): string[] {
  if (samples.length === 0) return [];
  return [
    `# TYPE ${name} gauge`,
    ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(({ labels, value }) => {
      const list = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
      return `${name}{${list.join(',')}} ${value}`;
    }),
  ];
}
