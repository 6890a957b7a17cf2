/** How pictures look: they travel alone and are projected, so they are light and carry their own title. */
export interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly band: string;
  /** Family list. */
  readonly font: string;
  readonly fontSize: number;
  readonly title: string;
  readonly caption: string;
}
