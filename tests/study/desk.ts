/** A station for studies whose subject is not what happens at it: some 20,000 requests, two steps of a replication. */
export const DESK = `
scenario: desk
clock: { lasts: 20s, warmUp: 1s }
traffic: { rate: 500/s }
stations:
  desk: { servers: 4, discipline: fcfs, service: { exponential: 5ms } }
requests:
  customer: { path: [desk] }
budgets:
  - { id: tail, target: "request:customer", expect: p99 < 1s }
`;
