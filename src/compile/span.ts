/** A part of scenario time, [fromNs, toNs). */
export interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}
