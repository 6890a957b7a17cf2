import type { Step } from '../../scenario/types.ts';

/** Name of a step, and the index of the step of the operation that it is or stands in. */
export interface StepName {
  readonly name: string;
  readonly index: number;
}

/**
 * Stable names of the steps of one operation, by step: `serve`, `delay(kafka)`, `call(inventory.reserve)`; the n-th
 * step of one name is `serve.n` from n = 2 on, counted in reading order, nested steps included. So adding a step
 * renames only later steps that do the very same thing, and draws keep their streams wherever names are kept.
 */
export function nameSteps(steps: readonly Step[]): ReadonlyMap<Step, StepName> {
  const names = new Map<Step, StepName>();
  const counts = new Map<string, number>();
  const visit = (list: readonly Step[], top: number | null): void => {
    for (const [at, step] of list.entries()) {
      const index = top ?? at;
      const base = baseName(step);
      const count = (counts.get(base) ?? 0) + 1;
      counts.set(base, count);
      names.set(step, { name: count === 1 ? base : `${base}.${count}`, index });
      for (const nested of nestedSteps(step)) visit(nested, index);
    }
  };
  visit(steps, null);
  return names;
}

/** Lists of steps inside a step, in reading order. */
export function nestedSteps(step: Step): readonly (readonly Step[])[] {
  switch (step.verb) {
    case 'parallel':
      return step.branches;
    case 'choose':
      return step.options.map((option) => option.steps);
    case 'repeat':
      return [step.steps];
    case 'cache':
      return [step.onHit, step.onMiss];
    default:
      return [];
  }
}

/** Whether `test` holds for a step of this list or inside one. */
export function someStep(steps: readonly Step[], test: (step: Step) => boolean): boolean {
  return steps.some((step) => test(step) || nestedSteps(step).some((nested) => someStep(nested, test)));
}

function baseName(step: Step): string {
  switch (step.verb) {
    case 'serve':
      return step.at === null ? 'serve' : `serve(${step.at})`;
    case 'delay':
      return step.label === null ? 'delay' : `delay(${step.label})`;
    case 'call':
    case 'send':
      return `${step.verb}(${step.target})`;
    case 'cache':
      return step.target === null ? 'cache' : `cache(${step.target})`;
    default:
      return step.verb;
  }
}
