/**
 * Capacity arithmetic straight from a scenario, without compiler or engine: mean times and visits of every operation,
 * from them busy servers by the utilization law (rate x time) and busy threads and connections by Little's law. Times
 * are those of unloaded visits, so it is exact below saturation for servers and a lower bound for what is held.
 */
import type { DistributionSpec, Scenario, Step } from '../../src/scenario/types.ts';

/** What one run of a list of steps does on average. */
interface Effort {
  /** Until it answers. */
  readonly ns: number;
  /** Per layer, until it answers. */
  readonly nsByLayer: ReadonlyMap<string, number>;
  /** Busy time per group of tokens, what is only sent included. */
  readonly busyNs: ReadonlyMap<string, number>;
}

const NOTHING: Effort = { ns: 0, nsByLayer: new Map(), busyNs: new Map() };

export function meanNsOf(law: DistributionSpec): number {
  if ('meanNs' in law) return law.meanNs;
  throw new Error(`a shipped scenario uses ${law.family}: teach the arithmetic its mean`);
}

function scaled(map: ReadonlyMap<string, number>, factor: number): Map<string, number> {
  return new Map([...map].map(([name, value]) => [name, value * factor]));
}

function added(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): Map<string, number> {
  const sum = new Map(left);
  for (const [name, value] of right) sum.set(name, (sum.get(name) ?? 0) + value);
  return sum;
}

function then(first: Effort, second: Effort, share = 1): Effort {
  return {
    ns: first.ns + second.ns * share,
    nsByLayer: added(first.nsByLayer, scaled(second.nsByLayer, share)),
    busyNs: added(first.busyNs, scaled(second.busyNs, share)),
  };
}

/** Effort of one visit; `caller` keeps a pool of connections to the station when it has one. */
function visit(scenario: Scenario, target: string, caller: string): Effort {
  const [name = '', operation] = target.split('.');
  const station = scenario.stations[name]!;
  const plain: Step[] = station.service === null ? [] : [{ verb: 'serve', time: station.service, at: null }];
  const steps = operation === undefined ? plain : station.operations[operation]!;
  const inside = run(scenario, steps, name);
  const held: [string, number][] = [];
  if (station.threads !== null) held.push([`${name}.threads`, inside.ns]);
  if (station.pool !== null) held.push([`${name}.pool@${caller}`, inside.ns]);
  return { ...inside, busyNs: added(inside.busyNs, new Map(held)) };
}

function run(scenario: Scenario, steps: readonly Step[], station: string): Effort {
  return steps.reduce((sum, step) => then(sum, effortOf(scenario, step, station)), NOTHING);
}

function effortOf(scenario: Scenario, step: Step, station: string): Effort {
  switch (step.verb) {
    case 'serve':
    case 'delay': {
      const ns = meanNsOf(step.time);
      const nsByLayer = new Map([[scenario.stations[station]!.layer, ns]]);
      return { ns, nsByLayer, busyNs: step.verb === 'serve' ? new Map([[station, ns]]) : new Map() };
    }
    case 'call':
      return visit(scenario, step.target, station);
    case 'send':
      return { ...NOTHING, busyNs: visit(scenario, step.target, station).busyNs };
    case 'cache': {
      const lookup = step.target === null ? NOTHING : visit(scenario, step.target, station);
      const hit = then(lookup, run(scenario, step.onHit, station), step.hitRatio);
      return then(hit, run(scenario, step.onMiss, station), 1 - step.hitRatio);
    }
    case 'forward':
      return NOTHING; // Its time is that of the rest of the path, which `unloaded` adds.
    default:
      throw new Error(`a double-11 scenario uses ${step.verb}: teach the arithmetic what it costs`);
  }
}

/** Mean unloaded effort of one request of a class. */
export function unloaded(scenario: Scenario, request: string): Effort {
  const { path } = scenario.requests[request]!;
  return path.reduce(
    (sum, target, i) => then(sum, visit(scenario, target, path[i - 1]?.split('.')[0] ?? 'clients')),
    NOTHING,
  );
}

/** Tokens of a group at the whole site. */
function capacityOf(scenario: Scenario, group: string): number {
  const [name = '', role] = group.split('.');
  const { replicas, servers, threads, pool } = scenario.stations[name]!;
  if (role === 'threads') return replicas * threads!.count;
  if (role === undefined) return replicas * servers!;
  return scenario.stations[role.replace('pool@', '')]!.replicas * replicas * pool!.perCaller;
}

/** Busy share of every group when `ratePerSec` requests of the last mix come through. */
export function utilizations(scenario: Scenario, ratePerSec: number): Map<string, number> {
  const shares = scenario.traffic[0]!.mix.at(-1)!.shares;
  const busyNs = Object.entries(shares)
    .map(([request, share]) => scaled(unloaded(scenario, request).busyNs, share * ratePerSec))
    .reduce(added);
  return new Map([...busyNs].map(([group, ns]) => [group, ns / 1e9 / capacityOf(scenario, group)]));
}
