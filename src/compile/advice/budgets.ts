/** Budgets that no sizing can meet, and budgets about phases that do not take place. */
import { formatDuration } from '../../base/format.ts';
import type { Condition, Scenario } from '../../scenario/types.ts';
import { quantileOf, type UnloadedTimes } from '../unloaded.ts';
import { isOpen } from '../tree/site.ts';
import type { AdviceList } from './report.ts';

export function adviseBudgets(
  scenario: Scenario,
  unloaded: readonly UnloadedTimes[],
  list: AdviceList,
): void {
  scenario.budgets.forEach((budget, index) => {
    if (budget.level === 'off' || !budget.target.startsWith('request:')) return;
    const pattern = budget.target.slice('request:'.length);
    for (const times of unloaded.filter(({ request }) => matches(pattern, request))) {
      budget.expect.forEach((condition, at) => {
        const valueNs = unloadedValue(condition, times);
        const isBroken =
          condition.op === '<' ? valueNs !== null && valueNs >= condition.limit : isAbove(condition, valueNs);
        if (!isBroken) return;
        list.add('HF651', ['budgets', index, 'expect', at], {
          budget: budget.id,
          request: times.request,
          condition: condition.text,
          metric: condition.metric,
          value: formatDuration(valueNs!),
        });
      });
    }
  });
}

function isAbove({ op, limit }: Condition, valueNs: number | null): boolean {
  return op === '<=' && valueNs !== null && valueNs > limit;
}

/** The metric's value with nobody else in the system; null when it is no response time, or nothing succeeds. */
function unloadedValue({ metric }: Condition, times: UnloadedTimes): number | null {
  if (metric === 'mean') return times.meanNs;
  const percentile = /^p\(?(\d+(?:\.\d+)?)\)?$/.exec(metric)?.[1];
  return percentile === undefined ? null : quantileOf(times.goodNs, Number(percentile) / 100);
}

/** `*` stands for any part of a name. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

export function adviseWindows(scenario: Scenario, list: AdviceList): void {
  const knots = scenario.traffic.filter(isOpen).flatMap(({ curve }) => curve);
  scenario.budgets.forEach(({ id, window, level }, index) => {
    if (level === 'off' || typeof window !== 'string') return;
    const starts = knots.filter(({ phase }) => phase === window);
    if (starts.length === 0 || starts.some(({ atNs }) => atNs < scenario.clock.lastsNs)) return;
    list.add('HF652', ['budgets', index, 'window'], { budget: id, phase: window });
  });
}
