/** The five figures below the verdict, alike in the page and on its slide. */
import { movedMeasures, measureName } from './changes.ts';
import { formatFactor, formatMargin, formatMoney } from './format.ts';
import type { ReviewDocuments } from './review.ts';
import { growthOf, headroomByLayer, pricesOf } from './select.ts';
import { breakPhraseOf, inSome } from './breaks.ts';
import type { Texts } from './texts/en.ts';

export interface Tile {
  readonly head: string;
  readonly show: string;
  readonly small: string;
}

export function verdictTiles(documents: ReviewDocuments, texts: Texts): Tile[] {
  const { result } = documents;
  return [
    marginTile(result, texts),
    headroomTile(documents, texts),
    breakTile(result, texts),
    costTile(result, texts),
    changeTile(documents, texts),
  ];
}

function marginTile({ verdict, budgets }: ReviewDocuments['result'], { page }: Texts): Tile {
  const deciding = verdict.decidingBudget === null ? undefined : budgets[verdict.decidingBudget];
  const small = deciding === undefined ? page.tiles.noBudget : `${deciding.id}: ${deciding.text}`;
  return { head: page.tiles.deciding, show: formatMargin(deciding?.margin ?? null), small };
}

/** What a search found, where there was one; else by arithmetic from the peak. */
function headroomTile({ result, capacity = null }: ReviewDocuments, { page }: Texts): Tile {
  const { headroom: head, noHeadroom } = page.tiles;
  const bound = capacity?.bound;
  if (bound?.kind === 'bound') {
    const small = bound.budget?.id ?? bound.saturated?.group ?? '';
    return { head, show: formatFactor(bound.multiplier), small };
  }
  const tightest = headroomByLayer(result)[0];
  if (tightest === undefined) return { head, show: formatMargin(null), small: noHeadroom };
  return { head, show: formatFactor(growthOf(tightest)), small: tightest.group };
}

function breakTile(result: ReviewDocuments['result'], { page, words, terminal }: Texts): Tile {
  const { firstToBreak: head, nothing } = page.tiles;
  const broken = result.verdict.firstBreak;
  if (broken === null) return { head, show: nothing, small: '' };
  const { at } = breakPhraseOf(broken, result);
  const parts = [words.breakKind[broken.kind], at, inSome(broken, result, terminal)];
  return { head, show: broken.name, small: parts.filter((part) => part !== null).join(', ') };
}

function costTile(result: ReviewDocuments['result'], { page }: Texts): Tile {
  const { cost: head, noPrice, perHour: hourly, assumedPrices } = page.tiles;
  const [first, ...others] = result.cost;
  if (first === undefined) return { head, show: formatMargin(null), small: noPrice };
  const show = hourly(formatMoney(first.perHour, first.currency));
  const isAssumed = pricesOf(result).some(({ confidence }) => confidence === 'assumed');
  const small = [
    ...others.map(({ perHour, currency }) => `+ ${formatMoney(perHour, currency)}`),
    ...(isAssumed ? [assumedPrices] : []),
  ];
  return { head, show, small: small.join(', ') };
}

function changeTile({ comparison = null }: ReviewDocuments, texts: Texts): Tile {
  const { change: head, notCompared, unchanged, moved } = texts.review.tiles;
  if (comparison === null) return { head, show: formatMargin(null), small: notCompared };
  const rows = movedMeasures(comparison.differences);
  const [most] = rows;
  if (most === undefined) return { head, show: '≈', small: unchanged };
  const change = most.relativeDifference === null ? '' : ` ${formatMargin(most.relativeDifference)}`;
  return { head, show: moved(rows.length), small: `${measureName(most, texts)}${change}` };
}
