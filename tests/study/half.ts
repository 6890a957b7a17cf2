/**
 * A desk at which every time is known. A request comes every 10 ms, needs 8 ms and finds the desk free; from 10 s on one
 * comes every 5 ms, and as there is no room to wait every second one is turned away:
 *
 *     at 10 s + k       offered 1000 + 200 k      turned away 100 k
 */
export const HALF = `
scenario: half
clock: { lasts: 60s, warmUp: 0s, window: 1s }
traffic:
  arrivals: deterministic
  curve:
    - { at: 0s, rate: 100/s, phase: calm }
    - { at: 10s, rate: 200/s, shape: step, phase: rush }
    - { at: 50s, rate: 100/s, shape: step, phase: late }
stations:
  desk: { servers: 1, discipline: fcfs, service: { constant: 8ms }, waitingRoom: 0 }
requests:
  customer: { path: [desk] }
`;

/** With one budget that ends the run. */
export function half(budget: string): string {
  return `${HALF}budgets:\n  - { id: fast, minSamples: 10, ${budget} }\n`;
}
