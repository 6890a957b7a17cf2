/** A chart as plain data: a picture of its own by way of Chart.js (`kit.ts`), SVG and text in the page (`html/plot.ts`). */

export const CHART_WIDTH = 1000;
export const CHART_HEIGHT = 420;
/** Of a chart of bars: one bar with its gap, and all that is not bars. */
export const BAR_HEIGHT = 34;
export const FRAME_HEIGHT = 130;

export type ValueUnit = 'ms' | 'perSec' | 'share' | 'count' | 'money';

export type Point = readonly [x: number, y: number | null];

export interface Series {
  readonly label: string;
  /** Index into the palette. */
  readonly colour: number;
  readonly line: 'solid' | 'dashed' | 'dotted';
  /** What is coloured: from the line down to 0, or to the line before it. */
  readonly fill?: 'origin' | '-1';
  /** Edge of an interval: neither a line nor a name of its own. */
  readonly isEdge?: boolean;
  /** A limit or another constant: drawn without points. */
  readonly isLevel?: boolean;
  readonly points: readonly Point[];
}

export interface Band {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** A disturbance, or the time that an aborted run did not come to: drawn over the phases. */
  readonly isOverlay?: boolean;
}

/** Values over time, or over another quantity. */
export interface LinePlan {
  readonly kind: 'lines';
  readonly unit: ValueUnit;
  readonly scale: 'linear' | 'log';
  /** Fixed top of the value axis, or null. */
  readonly valueMax: number | null;
  /**
   * `time` unless said otherwise: seconds from the start of the run. `load`: multiples of the traffic. `nines`: −log10 of the
   * share of requests that take longer, as HdrHistogram draws percentiles.
   */
  readonly xKind?: 'time' | 'load' | 'nines';
  readonly xMin?: number;
  /** Seconds after midnight of t = 0, or null when the scenario names no clock. */
  readonly startSeconds: number | null;
  readonly xMax: number;
  /** Phases, then what lies over them; of loads the interval of the bound. */
  readonly bands: readonly Band[];
  /** Instants, or loads, that are pointed out: by a number where there are many. */
  readonly marks?: readonly { readonly label: string; readonly at: number }[];
  readonly series: readonly Series[];
}

/** Horizontal bars; several series are stacked. */
export interface BarPlan {
  readonly kind: 'bars';
  readonly unit: ValueUnit;
  readonly valueMax: number | null;
  readonly labels: readonly string[];
  readonly series: readonly {
    readonly label: string;
    /** Index into the palette. */
    readonly colour: number;
    readonly values: readonly (number | null)[];
  }[];
}

/** Plans over one time axis, one below the other. */
export interface PanelsPlan {
  readonly kind: 'panels';
  readonly plans: readonly LinePlan[];
  readonly titles: readonly string[];
}

/** The verdict as a picture: a band and tiles. */
export interface CardPlan {
  readonly kind: 'card';
  readonly colour: string;
  readonly state: string;
  readonly sentences: readonly string[];
  readonly tiles: readonly { readonly head: string; readonly show: string; readonly small: string }[];
}

export interface Chart<Plan = LinePlan | BarPlan> {
  /** Name of its file and of its element in the page. */
  readonly id: string;
  /** What the reader should take away, in one line. */
  readonly title: string;
  /** What is drawn, and in which unit. */
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  readonly plan: Plan;
}
