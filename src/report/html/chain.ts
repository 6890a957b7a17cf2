/** The failure chain: an ordered list of what gave way, when, at which traffic, and because of what. */
import type { BudgetFinding, ChainKind, ChainLink, Findings } from '../../analysis/findings.ts';
import { clockOf } from '../clock.ts';
import { formatByUnit, formatDuration, formatFactor, formatRate, formatShare } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { folded } from './parts.ts';

/** Steps that are shown at once. */
const STEPS_MAX = 12;

const SIGNS: Readonly<Record<ChainKind, string>> = {
  disturbed: '!',
  saturated: '▇',
  exhausted: '∅',
  'room-full': '▇',
  'gave-up': '←',
  'timed-out': '⊘',
  retrying: '↻',
  shedding: '⊖',
  'client-left': '←',
  failing: '✗',
  'budget-broken': '✗',
};

/** What one step says, without its time. */
export function linkSentence(link: ChainLink, budgets: readonly BudgetFinding[], { review }: Texts): string {
  const { kind, component, value } = link;
  return review.chain.link[kind](component, valueText(kind, component, value, budgets));
}

function valueText(
  kind: ChainKind,
  component: string,
  value: number | null,
  budgets: readonly BudgetFinding[],
): string {
  if (kind === 'retrying') return value === null ? '' : formatFactor(value);
  if (kind !== 'budget-broken') return formatShare(value);
  const budget = budgets.find(({ id, text }) => component === `${id}: ${text}`);
  return budget === undefined ? '' : formatByUnit(value, budget);
}

/** In which order the steps stand, and how far their times are known. */
export function chainIntro({ scenario, mode }: Findings, { review }: Texts): string {
  const gap = mode.sampling === null ? null : formatDuration(mode.sampling.periodNs);
  return review.chain.intro(formatDuration(scenario.windowNs), gap);
}

export function chainBlock(findings: Findings, texts: Texts): Markup {
  const { chain } = findings;
  const { title, none, more } = texts.review.chain;
  if (chain.length === 0)
    return html`<h3>${title}</h3>
      <p>${none}</p>`;
  const steps = chain.map((link, nth) => stepItem(link, nth, findings, texts));
  const rest = steps.slice(STEPS_MAX);
  return html`<h3 id="chain">${title}</h3>
    <p class="caption">${chainIntro(findings, texts)}</p>
    <ol class="chain">
      ${steps.slice(0, STEPS_MAX)}
    </ol>
    ${
      rest.length === 0
        ? null
        : folded(
            more(rest.length),
            html`<ol class="chain" start="${STEPS_MAX + 1}">
              ${rest}
            </ol>`,
          )
    }`;
}

function stepItem(link: ChainLink, nth: number, { scenario, budgets }: Findings, texts: Texts): Content {
  const { because, root, offered } = texts.review.chain;
  const cause = link.because === null ? root : because(link.because + 1);
  const load = link.offeredPerSec === null ? null : offered(formatRate(link.offeredPerSec));
  return html`<li id="step-${nth + 1}" class="k-${link.kind}">
    <span class="when">${clockOf(scenario)(link.atNs)}</span>
    <span class="what"
      ><span class="sign" aria-hidden="true">${SIGNS[link.kind]}</span> ${linkSentence(link, budgets, texts)}
      <small>${[load, cause].filter((part) => part !== null).join(' · ')}</small></span
    >
  </li> `;
}
