/** How long a run's beginning shows in its means, and by how much. */
/** A mean of the whole run beside the mean of what is behind the cut. */
export interface StartUpBias {
  readonly whole: number;
  readonly behindCut: number;
  /** whole / behindCut − 1, and its standard error; null when one run cannot tell it. */
  readonly relative: number;
  readonly standardError: number | null;
}

export interface StartUpFinding {
  /** Whether the warm-up was chosen by this, from a run of its own; else it is about the run itself. */
  readonly isPilot: boolean;
  /** Why nothing is said: inputs or speeds change with time, the run did not end, its windows are few or empty, a queue grows
   *  without bound. */
  readonly refusal: 'inputs-vary' | 'cut-short' | 'few-windows' | 'saturated' | null;
  /** Where MSER-5 cuts the measured time; null where it is refused. */
  readonly cutNs: number | null;
  /** False when the cut lies in the second half: the run is too short to say where its start-up ends. */
  readonly isTrusted: boolean;
  /** Mean response time of good requests, in ns. */
  readonly responseNs: StartUpBias | null;
  /** Of the busiest group. */
  readonly utilization: (StartUpBias & { readonly group: string }) | null;
}
