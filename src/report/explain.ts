/** Why one budget of a result came out as it did: its verdict, and the chain of causes with times and numbers. */
import { abortSentence } from './alarms.ts';
import type { BudgetFinding, ChainLink, Findings } from '../analysis/findings.ts';
import { breakPhraseOf } from './breaks.ts';
import { burnSentences } from './burn.ts';
import { clockOf } from './clock.ts';
import { escapeTerminal } from './escape.ts';
import { formatCount, formatInterval, formatAgainst, formatRate } from './format.ts';
import { chainIntro, linkSentence } from './html/chain.ts';
import { VERDICT_LOOK } from './looks.ts';
import { sentenceOf } from './sentences.ts';
import { painter } from './text/style.ts';
import { EN, type Texts } from './texts/en.ts';
import { wrap } from './width.ts';

/** Plain data for programs: the rows of the result that say why. */
export interface BudgetExplanation {
  readonly id: string;
  readonly scenario: Pick<Findings['scenario'], 'id' | 'seed' | 'sha256'>;
  readonly budgets: readonly BudgetFinding[];
  /** In causal order; `because` counts in this list. */
  readonly chain: readonly ChainLink[];
}

/** Steps of the chain that are told. */
const STEPS_MAX = 12;

/** null when no budget of the result has this id. */
export function explainBudget(findings: Findings, id: string): BudgetExplanation | null {
  const budgets = findings.budgets.filter((each) => each.id === id);
  if (budgets.length === 0) return null;
  const { scenario } = findings;
  const { id: scenarioId, seed, sha256 } = scenario;
  const isBroken = budgets.some(({ countsAs }) => countsAs !== 'pass');
  const chain = isBroken ? causesOf(findings.chain, id) : [];
  return { id, scenario: { id: scenarioId, seed, sha256 }, budgets, chain };
}

/** The steps that led to the budget, or all that gave way where the chain does not reach it. */
function causesOf(chain: readonly ChainLink[], id: string): ChainLink[] {
  const ends = chain.flatMap(({ kind, component }, index) =>
    kind === 'budget-broken' && component.startsWith(`${id}: `) ? [index] : [],
  );
  const wanted = new Set<number>();
  for (const end of ends) {
    let at: number | null = end;
    while (at !== null && !wanted.has(at)) {
      wanted.add(at);
      at = chain[at]?.because ?? null;
    }
  }
  const kept = ends.length === 0 ? chain.map((_, index) => index) : [...wanted].sort((a, b) => a - b);
  return kept.flatMap((index) => {
    const link = chain[index];
    if (link === undefined) return [];
    const because = link.because === null ? -1 : kept.indexOf(link.because);
    return [{ ...link, because: because < 0 ? null : because }];
  });
}

export interface ExplainOptions {
  readonly colour: boolean;
  readonly columns: number;
  readonly texts?: Texts;
}

/** Lines of at most `columns` columns, ending with a newline. */
export function renderBudgetExplanation(
  explanation: BudgetExplanation,
  findings: Findings,
  { colour, columns, texts = EN }: ExplainOptions,
): string {
  const paint = painter(colour);
  const { explain, words } = texts;
  const { id, budgets, chain } = explanation;
  const row = (text: string, first: string, rest = first): string[] =>
    wrap(escapeTerminal(text), columns, first, rest);
  const lines = [
    ...row(explain.budgetOf(id, findings.scenario.title ?? findings.scenario.id), '').map((line) =>
      paint('bold', line),
    ),
    ...budgets.flatMap((budget) => {
      const { sign, tone } = VERDICT_LOOK[budget.verdict];
      const [first = '', ...more] = row(sentenceOf(budget, findings, texts.verdict), '    ');
      return [
        `  ${paint(tone, `${sign} ${words.verdict[budget.verdict]}`)} ${budget.target}`,
        first,
        ...more,
        ...endOf(budget, findings, texts).flatMap((text) => row(text, '    ')),
        ...burnSentences(budget, findings, texts).flatMap((text) => row(text, '    ')),
        ...detailsOf(budget, texts).flatMap((text) => row(text, '    ')),
      ];
    }),
    ...chainLines(chain, findings, texts).flatMap((text) => row(text, '  ', '     ')),
    ...tailOf(explanation, findings, texts).flatMap((text) => row(text, '  ')),
  ];
  return `${lines.join('\n')}\n`;
}

/** That it ended the run. */
function endOf({ id, target, text }: BudgetFinding, findings: Findings, texts: Texts): string[] {
  const { abort } = findings.stop;
  const isIt = abort?.id === id && abort.target === target && abort.text === text;
  return isIt ? [abortSentence(abort, findings, texts)] : [];
}

function detailsOf(budget: BudgetFinding, { explain, budgets: words }: Texts): string[] {
  const { interval = null, samples, why, owner, runbook } = budget;
  const spread = formatInterval(interval, (end) => formatAgainst(end, budget.limit, budget));
  return [
    explain.basis(formatCount(samples), interval === null ? null : spread),
    ...(why === null ? [] : [why]),
    ...(owner === null ? [] : [words.owner(owner)]),
    ...(runbook === null ? [] : [words.runbook(runbook)]),
  ];
}

function chainLines(chain: readonly ChainLink[], findings: Findings, texts: Texts): string[] {
  const { scenario, budgets } = findings;
  if (chain.length === 0) return [];
  const { because, root, offered, more } = texts.review.chain;
  const clock = clockOf(scenario);
  const steps = chain.slice(0, STEPS_MAX).map((link, index) => {
    const load = link.offeredPerSec === null ? [] : [offered(formatRate(link.offeredPerSec))];
    const cause = link.because === null ? root : because(link.because + 1);
    return `${index + 1}. ${clock(link.atNs)}  ${linkSentence(link, budgets, texts)} (${[...load, cause].join(texts.words.between.clauses)})`;
  });
  const rest = chain.length - steps.length;
  return [chainIntro(findings, texts), ...steps, ...(rest > 0 ? [more(rest)] : [])];
}

/** What broke first, where there is no chain that says it better. */
function tailOf(
  { chain, budgets }: BudgetExplanation,
  findings: Findings,
  { explain, verdict, words }: Texts,
): string[] {
  const { firstBreak, tightest } = findings.verdict;
  const isBroken = budgets.some(({ countsAs }) => countsAs !== 'pass');
  if (isBroken && budgets.some(({ outOfReach }) => outOfReach)) return [explain.outOfReach];
  if (chain.length > 0) return [];
  if (firstBreak !== null) return [verdict.broke(breakPhraseOf(firstBreak, findings)) + words.between.stop];
  if (!isBroken) return [];
  return tightest === null ? [] : [explain.nothingBroke(tightest.group)];
}
