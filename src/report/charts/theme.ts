/** How a chart looks where it is drawn: in a page, or in a picture of its own. */
export interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly band: string;
  readonly font: string;
  readonly fontSize: number;
  /** Title and caption inside the picture: for files that travel alone. */
  readonly title: string | null;
  readonly caption: string | null;
  /** Follows the size of its element in a page. */
  readonly isResponsive: boolean;
}
