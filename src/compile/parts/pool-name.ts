/** Name of the connections that a station keeps to another; null is the client. */
export function poolName(station: string, caller: string | null): string {
  return `${station}.pool@${caller ?? 'client'}`;
}
