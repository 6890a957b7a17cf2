/** A site in which nothing is left to one kind of chance, and what may be put beside it. */

/** Every kind of draw: mix, regions, choice of a replica and a key, service, branches, failures, back-off. */
export const SITE = `
scenario: site
clock: { lasts: 2s, warmUp: 200ms, window: 500ms }
traffic:
  - { rate: 400/s, mix: { view: 60%, buy: 40% }, regions: { east: 50%, west: 50% } }
network: { rtt: { east: { west: 10ms } } }
stations:
  shop:
    replicas: 3
    servers: 1
    region: east
    balance: random
    operations:
      view: [{ serve: { exponential: 2ms } }, { cache: { at: memory.get, hit: 80%, miss: [{ call: store.read }] } }]
      buy: [{ serve: { mean: 3ms, cv: 1 } }, { call: store.write, timeout: 40ms, retry: { attempts: 3, backoff: { base: 5ms } } }]
  memory: { replicas: 4, servers: 1, balance: key-hash, operations: { get: [{ serve: { exponential: 100us } }] } }
  store: { servers: 2, operations: { read: [{ serve: { exponential: 3ms } }], write: [{ serve: { exponential: 3ms } }, { fail: 5% }] } }
requests:
  view: { path: [shop.view] }
  buy: { path: [shop.buy] }
`;

/** One more station, which the others do not know. */
export function withSide(site: string): string {
  const side = '  side: { servers: 1, service: { exponential: 1ms } }';
  return site.replace('requests:', `${side}\nrequests:`);
}

/** The site with a station, a request class and traffic of its own, none of which the others meet. */
export const BESIDE = withSide(
  `${SITE.replace('\nnetwork', '\n  - { rate: 300/s, mix: { aside: 100% }, regions: { east: 100% } }\nnetwork')}  aside: { path: [side] }\n`,
);
