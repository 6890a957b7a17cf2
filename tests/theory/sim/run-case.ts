/** Simulates a case of the validation set and judges every figure that the simulation can show. */
import { figuresOf, type Case, type Figure } from '../cases/case.ts';
import { judge, type Estimate, type Judgement } from './judge.ts';
import { measure } from './measure.ts';
import { simulate, type Effort, type Replications } from './simulate.ts';

export function runCase(from: Case, effort: Effort): Judgement[] {
  const figures = figuresOf(from).filter(({ measure: text }) => text !== null);
  return Object.entries(from.runs ?? {})
    .filter(([, spec]) => effort === 'full' || spec.fast !== undefined)
    .flatMap(([name, spec]) => {
      const asked = figures.filter((figure) => runOf(figure) === name);
      const replications = simulate(from.id, spec, effort, name === 'main' ? from.id : `${from.id}/${name}`);
      return asked.map((figure) => judge(figure, estimate(figure, replications), effort));
    });
}

/** Name of the run a figure is measured in: `fcfs: wait desk sd` in fcfs, others in main. */
export function runOf({ measure: text }: Figure): string {
  return /^([a-z]+): /.exec(text ?? '')?.[1] ?? 'main';
}

export function estimate(figure: Figure, { model, runs }: Replications): Estimate {
  const text = (figure.measure ?? '').replace(/^[a-z]+: /, '');
  const pooled = measure(text, model, runs);
  const customers = runs.reduce(
    (total, run) =>
      total + run.classes.reduce((sum, { offered }) => sum + offered.reduce((a, b) => a + b, 0), 0),
    0,
  );
  return {
    value: pooled.value,
    replications: runs.map((run) => measure(text, model, [run]).value),
    // A standard error is given per customer of the whole system, also where it is one class that is measured.
    samples: text.startsWith('response') || pooled.samples === null ? customers : pooled.samples,
    customers,
    binError: pooled.binError,
  };
}
