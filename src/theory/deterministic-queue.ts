export interface DeterministicQueue {
  readonly interarrivalSec: number;
  readonly serviceTimeSec: number;
  /** Requests in all, the first at time 0. */
  readonly requestCount: number;
}

export interface DeterministicQueueTrace {
  /** In the order of arrival. */
  readonly waitsSec: readonly number[];
  readonly lastDepartureSec: number;
  /** Most requests present, the arriving one included; a departure at the instant of an arrival comes first. */
  readonly jobsMax: number;
}

/**
 * D/D/1: regular arrivals, fixed service, one server.
 *
 *     w_i = i·max(0, S − A)   departures (i + 1)·S if S ≥ A, else i·A + S        i = 0, 1, …
 */
export function deterministicQueue({
  interarrivalSec,
  serviceTimeSec,
  requestCount,
}: DeterministicQueue): DeterministicQueueTrace {
  const growthSec = Math.max(0, serviceTimeSec - interarrivalSec);
  const waitsSec = Array.from({ length: requestCount }, (_, i) => i * growthSec);
  const lastArrivalSec = (requestCount - 1) * interarrivalSec;
  const lastDepartureSec = lastArrivalSec + (requestCount - 1) * growthSec + serviceTimeSec;
  const departed = growthSec > 0 ? Math.floor(lastArrivalSec / serviceTimeSec) : requestCount - 1;
  return { waitsSec, lastDepartureSec, jobsMax: requestCount - departed };
}
