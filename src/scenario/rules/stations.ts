/** Names of stations, hosts and regions that they name, steps with nothing to run on, and settings without effect. */
import { problem, type Problem } from '../problem.ts';
import { child, entriesOf, keyOriginAt, nodeAt, originAt, type Tree } from '../tree.ts';
import { nameHelp, type SiteView } from './site-view.ts';

export function checkStations(site: SiteView): Problem[] {
  return [
    ...checkNames(site),
    ...[...site.stations].flatMap(([name, tree]) => checkStation(site, name, tree)),
    ...checkServes(site),
    ...checkHosts(site),
  ];
}

/** Whoever sends the requests: balancers, connections and draws of a station of that name would be taken for its own. */
const CLIENT = 'client';

function checkNames(site: SiteView): Problem[] {
  if (!site.stations.has(CLIENT)) return [];
  const origin = keyOriginAt(site.tree, ['stations', CLIENT]);
  const help = 'give it another name: browser, app, customer';
  return [problem('HF317', origin, `${CLIENT} is the name of whoever sends the requests`, help)];
}

/** Words of a host that no formula reads; those of the catalogue are nobody's mistake. */
function checkHosts(site: SiteView): Problem[] {
  return entriesOf(child(site.tree, 'hosts')).flatMap(([name, { value }]) => {
    const memory = child(value, 'memory');
    if (memory === undefined || memory.origin.preset !== null) return [];
    const origin = keyOriginAt(site.tree, ['hosts', name, 'memory']);
    const help = 'remove it: nothing that is simulated runs out of memory';
    return [problem('HF313', origin, `memory of ${name} has no effect`, help)];
  });
}

function checkStation(site: SiteView, name: string, tree: Tree): Problem[] {
  if (site.isOpaque(name)) return [];
  const path = ['stations', name];
  const hosts = entriesOf(child(site.tree, 'hosts')).map(([host]) => host);
  const on = child(tree, 'on');
  const found: Problem[] = [];
  const isKnown =
    on?.kind !== 'scalar' || hosts.includes(String(on.value)) || (hosts.length === 0 && site.lacksRoot());
  if (!isKnown) {
    const help = nameHelp('host', String(on.value), hosts);
    found.push(problem('HF307', on.origin, `unknown host ${JSON.stringify(String(on.value))}`, help));
  }
  const hasServers = site.has(name, 'servers') || on !== undefined;
  if (site.has(name, 'service') && !hasServers) {
    const help = 'write servers: 4, servers: unlimited, or on: with a host';
    found.push(
      problem(
        'HF312',
        keyOriginAt(site.tree, [...path, 'service']),
        `${name} has a service time and no servers`,
        help,
      ),
    );
  }
  if (!hasServers) {
    for (const word of ['waitingRoom', 'discipline']) {
      if (!site.has(name, word)) continue;
      const origin = keyOriginAt(site.tree, [...path, word]);
      found.push(
        problem(
          'HF313',
          origin,
          `${word} of ${name} has no effect: it has no servers`,
          'give it servers:, or remove it',
        ),
      );
    }
  }
  return [...found, ...checkRegion(site, name, tree), ...checkBalance(site, name, tree)];
}

function checkRegion(site: SiteView, name: string, tree: Tree): Problem[] {
  const region = child(tree, 'region');
  if (region?.kind !== 'scalar') return [];
  const rtt = nodeAt(site.tree, ['network', 'rtt']);
  const known = [
    ...new Set(entriesOf(rtt).flatMap(([from, { value }]) => [from, ...entriesOf(value).map(([to]) => to)])),
  ];
  const word = String(region.value);
  if (known.includes(word)) return [];
  if (known.length === 0) {
    const help = 'give distances: network: { rtt: { east: { west: 30ms } } }';
    return [
      problem('HF313', region.origin, `the region of ${name} has no effect: no distances are known`, help),
    ];
  }
  return [
    problem(
      'HF308',
      region.origin,
      `unknown region ${JSON.stringify(word)}`,
      nameHelp('region', word, known),
    ),
  ];
}

/** Words of a balancer that its policy does not read. */
function checkBalance(site: SiteView, name: string, tree: Tree): Problem[] {
  const balance = child(tree, 'balance');
  const policy = child(balance, 'policy');
  if (balance?.kind !== 'map' || policy?.kind !== 'scalar') return [];
  const word = String(policy.value);
  const readers: Readonly<Record<string, boolean>> = {
    choices: word === 'power-of-d',
    weights: word === 'weighted-round-robin' || word === 'random',
    keys: word === 'key-hash',
  };
  return Object.entries(readers).flatMap(([key, isRead]) => {
    if (isRead || child(balance, key) === undefined) return [];
    const origin = keyOriginAt(site.tree, ['stations', name, 'balance', key]);
    return [
      problem(
        'HF313',
        origin,
        `${key} has no effect: ${word} does not read it`,
        'remove it, or change the policy',
      ),
    ];
  });
}

/** `serve` needs servers: of this station, or of the one that `at` names. */
function checkServes(site: SiteView): Problem[] {
  return site.steps.flatMap(({ step, path, station }) => {
    if (child(step, 'serve') === undefined) return [];
    const at = child(step, 'at');
    const where = at?.kind === 'scalar' ? String(at.value) : station;
    if (!site.stations.has(where) || site.isOpaque(where)) return [];
    if (site.has(where, 'servers') || site.has(where, 'on')) return [];
    const origin =
      at === undefined ? keyOriginAt(site.tree, [...path, 'serve']) : originAt(site.tree, [...path, 'at']);
    const help = `write delay: for time that holds no server, or give ${where} servers:`;
    return [problem('HF312', origin, `${where} has no servers to serve this`, help)];
  });
}
