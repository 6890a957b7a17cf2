import type { CheckDocument, RefusedScenario, ScenarioCheck } from '../../study/gate/gate-check.ts';
import { escapeCommand, escapeCommandProperty, escapeTerminal } from '../escape.ts';
import { EN, type Texts } from '../texts/en.ts';
import { problemsOf, worstFirst } from './rows.ts';

/** GitHub shows the first ten of each kind in a step and drops the others without a word. */
const SHOWN_MAX = 9;

interface Annotation {
  readonly kind: 'error' | 'warning';
  readonly file: string;
  readonly line: number | null;
  readonly title: string;
  readonly text: string;
}

/**
 * Workflow commands for GitHub Actions, one a line: what fails or warns, at the line of its budget, the worst first. At most
 * nine, and a tenth that says how many there are more. Empty where nothing is wrong.
 */
export function renderAnnotations({ scenarios, refused }: CheckDocument, texts: Texts = EN): string {
  const all = [
    ...refused.flatMap((each) => ofRefused(each, texts)),
    ...scenarios.flatMap((each) => ofScenario(each, texts)),
  ];
  const sorted = [
    ...all.filter(({ kind }) => kind === 'error'),
    ...all.filter(({ kind }) => kind === 'warning'),
  ];
  const shown = sorted.slice(0, SHOWN_MAX);
  const hidden = sorted.slice(SHOWN_MAX);
  const more =
    hidden.length === 0
      ? []
      : [`::${hidden[0]?.kind ?? 'warning'}::${texts.gate.moreProblems(hidden.length)}`];
  return [...shown.map(commandOf), ...more].map((line) => `${line}\n`).join('');
}

function commandOf({ kind, file, line, title, text }: Annotation): string {
  const place = [`file=${escapeCommandProperty(file)}`, ...(line === null ? [] : [`line=${line}`])];
  return `::${kind} ${place.join(',')},title=${escapeCommandProperty(title)}::${escapeCommand(text)}`;
}

function ofScenario(check: ScenarioCheck, texts: Texts): Annotation[] {
  const { scenario, budgets, outcome } = check;
  const found = worstFirst(budgets).flatMap((checked): Annotation[] => {
    const { severity, at, budget } = checked;
    if (severity === 'none') return [];
    const text = problemsOf(checked, scenario, texts).map(escapeTerminal).join('\n');
    const title = `${scenario.id}: ${budget.id}`;
    return [{ kind: severity, file: at.file, line: at.line, title: escapeTerminal(title), text }];
  });
  const isSaid = found.some(({ kind }) => kind === 'error');
  if (isSaid || (outcome !== 'fail' && outcome !== 'interrupted')) return found;
  const { gate } = texts;
  const text = outcome === 'fail' ? gate.neverEnds : gate.reason[outcome];
  return [{ kind: 'error', file: scenario.file, line: null, title: scenario.id, text }, ...found];
}

function ofRefused({ file, problems }: RefusedScenario, { gate }: Texts): Annotation[] {
  return problems.map(({ code, message, help, at }) => ({
    kind: 'error',
    file: at?.file ?? file,
    line: at?.line ?? null,
    title: escapeTerminal(code ?? gate.refused(file)),
    text: [message, ...(help === null ? [] : [help])].map(escapeTerminal).join('\n'),
  }));
}
