/** The scenario that `init` writes: small, complete, and answered in a second or two. */
export function scaffoldScenario(schemaFile: string): string {
  return `# yaml-language-server: $schema=./${schemaFile}
# $schema: ./${schemaFile}
#
# A shop with one service and one database, on an evening with a sale at 20:00.
# Change a figure and run it again:  hongfeng run hongfeng.yaml
scenario: my-site
title: My site on the evening of the sale
clock: { from: "2025-11-10T19:59:00+08:00", lasts: 2m, warmUp: 10s }
seed: my-site

# Requests per second as they reach the site, all classes together.
traffic:
  curve:
    - { at: 0s, rate: 200/s, phase: before }
    - { at: 60s, rate: 200/s, phase: sale }
    - { at: 70s, rate: 600/s, shape: linear }
    - { at: 120s, rate: 600/s }
  mix: { browse: 90%, buy: 10% }

# Write down where a figure comes from, and reports will list the guesses first:
#   - serve: { mean: { value: 4ms, source: "profile of 2025-10-20", confidence: measured }, cv: 0.8 }
stations:
  shop:
    replicas: 4
    servers: 4 # cores of one replica
    threads: { count: 50, waitingRoom: 100 }
    operations:
      browse:
        - serve: { mean: 4ms, cv: 0.8 }
        - call: db.read
      buy:
        - serve: { mean: 8ms, cv: 0.8 }
        - call: db.write
          timeout: 500ms
  db:
    servers: 8
    pool: { perCaller: 10, acquireTimeout: 200ms }
    operations:
      read:
        - serve: { mean: 1ms, cv: 1 }
      write:
        - serve: { mean: 3ms, cv: 1 }
        - delay: 5ms # the disk

requests:
  browse: { path: [shop.browse] }
  buy: { path: [shop.buy], timeout: 2s, value: 100 CNY }

# What the evening must keep to. Every condition is judged over its window.
budgetDefaults: { window: sale }
budgets:
  - { id: buy-latency, target: "request:buy", expect: [p99 < 200ms, p95 < 100ms] }
  - { id: answered, target: "*", expect: availability > 99.9% }
  - { id: no-hot-station, target: "station:*", expect: util < 70%, level: warn }
`;
}
