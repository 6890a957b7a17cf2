import type { Diagnostic } from '../../base/diagnostics.ts';
import type { Path } from '../../scenario/types.ts';
import type { PositionOf } from '../refusal.ts';
import { ADVICE, type AdviceCode } from './texts.ts';

/** Collects advice; the same sentence about the same place is given once. */
export class AdviceList {
  readonly diagnostics: Diagnostic[] = [];
  readonly #position: PositionOf;
  readonly #given = new Set<string>();

  constructor(position: PositionOf) {
    this.#position = position;
  }

  add<C extends AdviceCode>(code: C, path: Path, words: Parameters<(typeof ADVICE)[C]>[0]): void {
    // Each entry takes the words of its own code, which the table's type has lost here.
    const text = (ADVICE[code] as (words: unknown) => ReturnType<(typeof ADVICE)[C]>)(words);
    const key = `${code} ${path.join('.')} ${text.message}`;
    if (this.#given.has(key)) return;
    this.#given.add(key);
    this.diagnostics.push({ code, ...text, ...this.#position(path), words });
  }
}
