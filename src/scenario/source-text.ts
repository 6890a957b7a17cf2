/** A text with a name, and where in it an offset lies. */

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly length: number;
  readonly sourceLine: string | null;
}

export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #lineStarts: number[] = [0];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#lineStarts.push(i + 1);
  }

  /** Place of the text from offset `from` to before `to`; the underline stays on the first line. */
  locate(from: number, to: number): Place {
    const start = Math.max(0, Math.min(from, this.text.length));
    const line = this.#lineOf(start);
    const lineStart = this.#lineStarts[line] ?? 0;
    const nextStart = this.#lineStarts[line + 1];
    const lineEnd = nextStart === undefined ? this.text.length : nextStart - 1;
    // Not by a regular expression: that would read a line of megabytes to its end for each mistake in it.
    const textEnd = this.text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
    return {
      file: this.file,
      line: line + 1,
      col: start - lineStart + 1,
      length: Math.max(1, Math.min(to, lineEnd) - start),
      sourceLine: this.text.slice(lineStart, Math.max(lineStart, textEnd)),
    };
  }

  /** Index of the last line that starts at or before `offset`, by bisection. */
  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
