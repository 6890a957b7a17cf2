/** What a sliced run keeps of one station. */
export interface StationSlice {
  readonly station: string;
  readonly replicas: number;
  /** Replicas simulated. */
  readonly kept: number;
  /** Replicas its callers choose among and keep connections to: more than `kept` when several share a kept one. */
  readonly faces: number;
  /** Background visits per visit of the slice's own, so that kept replicas have their exact load. */
  readonly backgroundRatio: number;
  /** Visits of the site that one simulated visit stands for: k / (1 + backgroundRatio). */
  readonly scale: number;
}

/** Everything kept: slice 1. */
export function wholeStation(station: string, replicas: number): StationSlice {
  return { station, replicas, kept: replicas, faces: replicas, backgroundRatio: 0, scale: 1 };
}
