/**
 * What a run with traffic thinned to 1/k keeps of each station, so that every simulated replica has exactly the load it
 * has at the site (decision "slices" of docs/architecture.md).
 */
import { countsConnections } from '../../model/policies/balancer-state.ts';
import type { Station, Traffic } from '../../scenario/types.ts';
import { sharesAlike } from '../parts/balancers.ts';
import { refuse } from '../refusal.ts';
import type { RequestTree } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';
import { backgroundObstacle } from './background.ts';
import { wholeStation, type StationSlice } from './plan-types.ts';
import { rolesOf, type Role } from './roles.ts';

/** No slice is thinner than this. */
const SLICE_MAX = 1000;
/** Users a slice of a closed population keeps at least. */
const USERS_MIN = 100;
/**
 * Replicas kept at least where one balancer sees all connections or compares them, and where it goes round them.
 * Comparing connections makes one pool of all servers, so there servers count too: errors were measured with 10
 * replicas of 8.
 */
const SIZE_DEPENDENT_MIN = 10;
const POOLED_SERVERS_MIN = 80;
const ROUND_ROBIN_MIN = 5;

export interface SlicePlan {
  /** Every k that keeps what is measured as it is at the site; 1 is always among them. */
  readonly allowed: readonly number[];
  /** Why k is not allowed, or null when it is. */
  readonly obstacle: (k: number) => string | null;
  /** What is kept, for an allowed k. */
  readonly forK: (k: number) => readonly StationSlice[];
}

export function slicePlan(site: Site, trees: readonly RequestTree[]): SlicePlan {
  const roles = rolesOf(site, trees);
  const obstacle = (k: number): string | null => (k === 1 ? null : firstObstacle(site, roles, k));
  const allowed = Array.from({ length: SLICE_MAX }, (_, index) => index + 1).filter(
    (k) => obstacle(k) === null,
  );
  return { allowed, obstacle, forK: (k) => roles.map((role) => keptOf(role, k)!) };
}

/** Slices of one k, in the order of the stations. @throws {UserError} when the scenario cannot be sliced so. */
export function slicesFor(site: Site, trees: readonly RequestTree[], k: number): readonly StationSlice[] {
  if (k === 1)
    return Object.entries(site.scenario.stations).map(([name, { replicas }]) => wholeStation(name, replicas));
  const plan = slicePlan(site, trees);
  return plan.forK(allowedSlice(site, plan, k));
}

/** k itself. @throws {UserError} with the reason when it is not allowed. */
export function allowedSlice(site: Site, plan: SlicePlan, k: number): number {
  const obstacle = plan.obstacle(k);
  if (obstacle === null) return k;
  const help = `possible slices: ${plan.allowed.slice(0, 20).join(', ')}${plan.allowed.length > 20 ? ' …' : ''}`;
  return refuse(
    { code: 'HF522', message: `traffic cannot be thinned to 1/${k}: ${obstacle}`, help, path: [] },
    site.position,
  );
}

function firstObstacle(site: Site, roles: readonly Role[], k: number): string | null {
  if (!Number.isInteger(k) || k < 1 || k > SLICE_MAX)
    return `a slice is a whole number from 1 to ${SLICE_MAX}`;
  for (const traffic of site.scenario.traffic) {
    const obstacle = trafficObstacle(traffic, k);
    if (obstacle !== null) return obstacle;
  }
  for (const role of roles) {
    const slice = keptOf(role, k);
    const surroundings = { roles, traffic: site.scenario.traffic };
    const obstacle =
      slice === null
        ? callingObstacle(role, k)
        : (stickyObstacle(role) ?? backgroundObstacle(role, slice, surroundings));
    if (obstacle !== null) return obstacle;
  }
  return divisionObstacle(roles, k) ?? poolObstacle(roles, k);
}

/** Thinning keeps Poisson arrivals Poisson, their modulation what it is, and geometric batches geometric. */
function trafficObstacle(traffic: Traffic, k: number): string | null {
  if (traffic.model === 'trace') return 'a trace cannot be thinned';
  if (traffic.model === 'closed') {
    if (traffic.users % k === 0 && traffic.users / k >= USERS_MIN) return null;
    return `${traffic.users} users do not make whole slices of at least ${USERS_MIN}`;
  }
  const { arrivals } = traffic;
  if (arrivals.process === 'poisson' || arrivals.process === 'mmpp') return null;
  if (arrivals.process === 'batch' && (arrivals.sizes.law === 'geometric' || arrivals.sizes.size === 1))
    return null;
  const name = arrivals.process === 'batch' ? 'batches of a constant size' : `${arrivals.process} arrivals`;
  return `${name} would not stay what they are`;
}

/**
 * What is kept of one station, or null when k does not suit it. A group that divides keeps n / k. Something that calls
 * nothing may keep more than its share: background visits bring it to its exact load.
 */
function keptOf(role: Role, k: number): StationSlice | null {
  const { name, station } = role;
  const { replicas } = station;
  if (k === 1) return wholeStation(name, replicas);
  const least = Math.min(replicas, keptMin(role));
  const divides = replicas % k === 0 && replicas / k >= least;
  if (role.stateless) {
    const kept = divides ? replicas / k : replicas;
    return { ...wholeStation(name, replicas), kept, faces: kept, scale: k };
  }
  if (role.leaf) {
    const kept = keptOfLeaf(station, k, least);
    const faces = station.pool === null ? kept : replicas;
    return {
      station: name,
      replicas,
      kept,
      faces,
      backgroundRatio: (kept * k) / replicas - 1,
      scale: replicas / kept,
    };
  }
  if (!divides || replicas / k < keptMin(role) || station.pool !== null || !sharesAlike(station.balance))
    return null;
  return { station: name, replicas, kept: replicas / k, faces: replicas / k, backgroundRatio: 0, scale: k };
}

/**
 * Replicas that differ and common limiters are not thinned out. Callers that keep connections to each replica go on
 * choosing among all of them, so that every pool has its own load; the same number of replicas then shares a kept one.
 */
function keptOfLeaf(station: Station, k: number, least: number): number {
  const { replicas } = station;
  if (!sharesAlike(station.balance) || station.limits.some(({ scope }) => scope !== 'replica'))
    return replicas;
  let kept = Math.max(least, Math.ceil(replicas / k));
  while (station.pool !== null && replicas % kept !== 0) kept++;
  return kept;
}

function keptMin({ station: { balance }, serversEach }: Role): number {
  const { policy, shared } = balance;
  if (countsConnections(policy))
    return Math.max(SIZE_DEPENDENT_MIN, Math.ceil(POOLED_SERVERS_MIN / serversEach));
  if (shared) return SIZE_DEPENDENT_MIN;
  return policy === 'round-robin' || policy === 'weighted-round-robin' ? ROUND_ROBIN_MIN : 1;
}

/** Why no k suits a station that calls others, or none as large as this one: it may not divide besides. */
function callingObstacle(role: Role, k: number): string | null {
  const { name, station } = role;
  if (station.pool !== null) return `${name} calls others and keeps connections per caller`;
  if (!sharesAlike(station.balance)) return `${name} calls others and its replicas have unequal shares`;
  const least = keptMin(role);
  if (station.replicas >= least * k) return null;
  return `${name} has ${station.replicas} of the ${least * k} replicas that would leave ${least} for its balancer`;
}

/** Looked at behind all else of stations: another k may divide, and what stops that one as well is the reason. */
function divisionObstacle(roles: readonly Role[], k: number): string | null {
  const role = roles.find((each) => keptOf(each, k) === null);
  return role === undefined
    ? null
    : `${role.name} has ${role.station.replicas} replicas, which ${k} does not divide`;
}

/** Who is sent by its source keeps to one replica: what some callers send is not a part of what all of them send. */
function stickyObstacle({ name, station, callers }: Role): string | null {
  const caller = [...callers].find((each) => each !== null);
  if (station.balance.policy !== 'source-hash' || station.replicas === 1 || caller === undefined) return null;
  return `each replica of ${caller} keeps to one replica of ${name}`;
}

/** Connections belong to a caller and a replica: each kept caller must have its own load. */
function poolObstacle(roles: readonly Role[], k: number): string | null {
  for (const { name, station, callers } of roles) {
    if (station.pool === null) continue;
    for (const caller of callers) {
      const role = roles.find((each) => each.name === caller);
      const slice = role === undefined ? null : keptOf(role, k);
      const divides = role !== undefined && slice !== null && slice.kept * k === role.station.replicas;
      if (!divides)
        return `connections of ${caller ?? 'the client'} to ${name} would carry 1/${k} of their load`;
    }
  }
  return null;
}
