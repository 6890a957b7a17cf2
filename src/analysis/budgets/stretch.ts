import type { BudgetStretch, BudgetWindow } from '../../scenario/types.ts';
import type { Measured } from '../context.ts';
import { isAdjacent, spanNamed, type SimulatedWindow, type Span } from '../spans.ts';

/** Some windows of one run. */
export interface Stretch extends Pick<Span, 'windows'> {
  /** Indices into `model.phases` where the windows are just those of whole phases, whose histograms are finer; else null. */
  readonly phases: readonly number[] | null;
}

/** The stretch in one run, or in several pooled; runs sampled in time may leave out different windows. */
export type StretchOf = (run: Measured) => Stretch;

/** Stretches of which each is judged by itself. */
export type Pieces = Extract<BudgetStretch, { readonly kind: 'worst' | 'slices' }>;

export function isPieces(window: BudgetWindow): window is Pieces {
  return (
    typeof window === 'object' && window !== null && (window.kind === 'worst' || window.kind === 'slices')
  );
}

/** The one stretch that a window of a budget is; of pieces, all the time they lie in. */
export function stretchOf(window: BudgetWindow): StretchOf {
  if (window === null || typeof window === 'string') return (run) => spanNamed(run, window);
  switch (window.kind) {
    case 'range':
      return (run) => ofTime(run, window.fromNs, window.toNs);
    case 'after':
      return (run) => ofTime(run, endOfPhase(run, window.phase), run.model.lastsNs);
    case 'worst':
    case 'slices':
      return (run) => spanNamed(run, window.within);
  }
}

/** When the time of a budget begins, whether or not what comes then is measured. */
export function beginningOf(run: Pick<Measured, 'model'>, window: BudgetWindow): number {
  const phaseBegins = (name: string | null): number =>
    run.model.phases.find((phase) => phase.name === name)?.fromNs ?? 0;
  if (window === null || typeof window === 'string') return phaseBegins(window);
  switch (window.kind) {
    case 'range':
      return window.fromNs;
    case 'after':
      return endOfPhase(run, window.phase);
    case 'worst':
    case 'slices':
      return phaseBegins(window.within);
  }
}

/** Windows in [fromNs, toNs); both are edges of windows. */
function ofTime({ windows, model }: Measured, fromNs: number, toNs: number): Stretch {
  const inside = windows.filter((window) => window.fromNs >= fromNs && window.toNs <= toNs);
  const phases = model.phases.flatMap((phase, index) =>
    phase.fromNs >= fromNs && phase.toNs <= toNs ? [index] : [],
  );
  const isWhole = inside.every(({ phase }) => phases.includes(phase));
  return { windows: inside, phases: isWhole ? phases : null };
}

/** The end of the run where the phase does not take place. */
function endOfPhase({ model }: Pick<Measured, 'model'>, name: string): number {
  return model.phases.findLast((phase) => phase.name === name)?.toNs ?? model.lastsNs;
}

export function piecesOf(run: Measured, { kind, lengthNs, within }: Pieces): Stretch[] {
  const { windows } = spanNamed(run, within);
  const cut = kind === 'worst' ? slide(windows, lengthNs) : slice(windows, lengthNs);
  return cut.map((inside) => ({ windows: inside, phases: null }));
}

/** Every stretch of neighbouring windows that is just as long, or longer by less than its first window. */
function slide(windows: readonly SimulatedWindow[], lengthNs: number): SimulatedWindow[][] {
  const stretches: SimulatedWindow[][] = [];
  let first = 0;
  for (const [position, window] of windows.entries()) {
    if (position > 0 && !isAdjacent(windows[position - 1], window)) first = position;
    while (first < position && window.toNs - (windows[first + 1]?.fromNs ?? window.toNs) >= lengthNs) first++;
    if (window.toNs - (windows[first]?.fromNs ?? window.toNs) >= lengthNs) {
      stretches.push(windows.slice(first, position + 1));
    }
  }
  return stretches;
}

/** Cut at every multiple of the length since t = 0, and wherever time was left out. */
function slice(windows: readonly SimulatedWindow[], lengthNs: number): SimulatedWindow[][] {
  const slices: SimulatedWindow[][] = [];
  for (const [position, window] of windows.entries()) {
    const before = windows[position - 1];
    const numberOf = ({ fromNs }: SimulatedWindow): number => Math.floor(fromNs / lengthNs);
    const latest = slices.at(-1);
    const isNew =
      before === undefined || !isAdjacent(before, window) || numberOf(before) !== numberOf(window);
    if (isNew || latest === undefined) slices.push([window]);
    else latest.push(window);
  }
  return slices;
}
