import type { PlannedLoad, Sizing } from '../model/sizing.ts';
import { formatPath, nodeAt, type Tree } from '../scenario/tree.ts';
import type { OpenTraffic, Path, Scenario } from '../scenario/types.ts';
import { Peaks } from './advice/peaks.ts';
import { SIZING_TARGET } from './advice/capacity.ts';
import { Demands } from './demands.ts';
import type { Files } from './parts/csv.ts';
import { stationInfo } from './parts/stations.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { settablePaths, type SettablePath } from './settable.ts';
import { findChanges } from './sizing/changes.ts';
import { loadOf, type Counts } from './sizing/counts.ts';
import { needsOf, type Need } from './sizing/needs.ts';
import { inlineRequest } from './tree/inline.ts';
import { isOpen, makeSite, type Site } from './tree/site.ts';

export interface SizingOptions {
  readonly files: Files;
  readonly position?: PositionOf;
  /** As written, and in the station-level form. */
  readonly raw: Tree;
  readonly expanded: Tree;
}

/** Times the peak that a raised limit lets through: what a group that is 70 % busy can take without being full. */
const LIMIT_ROOM = 1.2;

/**
 * What the planned traffic asks of the site if nothing is shed, and what would be enough: see `Sizing`. By arithmetic on
 * visits, work and the times that things are held with nobody else in the system; without retries and disturbances.
 *
 * @returns null where some traffic has no planned rate, as closed users and traces, or often has another: then a limit that
 *   lets the planned rate through sheds all the same.
 */
export function sizingOf(
  scenario: Scenario,
  { files, position = nowhere, raw, expanded }: SizingOptions,
): Sizing | null {
  if (!scenario.traffic.every((each) => isOpen(each) && isItsCurve(each))) return null;
  const site = makeSite(scenario, position);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const peaks = new Peaks(site, trees, new Demands(site, files));
  const needs = needsOf(site, peaks);
  const loads = (counts: Counts) => needs.map((need) => loadOf(site, counts, need));
  const counts: Counts = { replicas: new Map(), each: new Map() };
  const before = loads(counts);
  const found = findChanges(site, counts, needs, { target: SIZING_TARGET, room: LIMIT_ROOM });
  const after = loads(counts);
  const settable = settablePaths(raw);
  return {
    target: SIZING_TARGET,
    limitRoom: LIMIT_ROOM,
    offeredPerSec: peaks.of(() => 1).offered,
    loads: needs
      .map((need, index) => plannedLoad(site, need, before[index] ?? 0, after[index] ?? 0))
      .sort((a, b) => b.load - a.load),
    changes: found.map(({ need, ...change }) => ({
      ...change,
      paths: pathsOf(need, change.what).flatMap((path) => pathToSet(path, { raw, expanded, settable })),
    })),
    ...extraCost(site, counts),
  };
}

/** Whether what comes keeps to the curve, but for chance; three standard deviations of noise must fit into the room of a limit. */
function isItsCurve({ arrivals, noise }: OpenTraffic): boolean {
  const isNoisy = noise !== null && 3 * noise.cv > LIMIT_ROOM - 1;
  return !isNoisy && arrivals.process !== 'mmpp' && arrivals.process !== 'batch';
}

/** Of the replicas that are added, where they have a price. */
function extraCost(site: Site, counts: Counts): Pick<Sizing, 'extraPerHour' | 'unpriced'> {
  const sums = new Map<string, number>();
  const unpriced: string[] = [];
  for (const [station, after] of counts.replicas) {
    const { replicas, pricePerReplicaHour: price } = stationInfo(site, station, 1);
    if (price === null) unpriced.push(station);
    else sums.set(price.currency, (sums.get(price.currency) ?? 0) + (after - replicas) * price.amount);
  }
  return { extraPerHour: [...sums].map(([currency, amount]) => ({ amount, currency })), unpriced };
}

function plannedLoad(site: Site, need: Need, load: number, loadAfter: number): PlannedLoad {
  const { name, kind, station, atNs } = need;
  const layer = site.scenario.stations[station]?.layer ?? station;
  return { name, kind, layer, atNs, load, loadAfter };
}

/** Places of the station-level form that a change is written at; the first of several spellings that is there. */
function pathsOf({ station, askers }: Need, what: Sizing['changes'][number]['what']): Path[][] {
  const at = ['stations', station];
  switch (what) {
    case 'replicas':
      return [[[...at, 'replicas']]];
    case 'threads':
      return [
        [
          [...at, 'threads', 'count'],
          [...at, 'threads'],
        ],
      ];
    case 'connections':
      return [[[...at, 'pool', 'perCaller']]];
    case 'limit':
    case 'limit-each':
      return askers.map(({ station: asker, n }) => [
        ['stations', asker, 'limit', n, 'rate'],
        ['stations', asker, 'limit', 'rate'],
      ]);
  }
}

interface Trees extends Pick<SizingOptions, 'raw' | 'expanded'> {
  readonly settable: SettablePath;
}

function pathToSet(spellings: readonly Path[], { raw, expanded, settable }: Trees): string[] {
  for (const path of spellings) {
    const node = nodeAt(expanded, path);
    if (node !== undefined) return [settable(node, path)].filter((each) => each !== null);
  }
  return defaultToSet(spellings, raw);
}

/** What is not written stands beside what is: a station's own word. */
function defaultToSet([path = []]: readonly Path[], raw: Tree): string[] {
  const [, station = '', ...words] = path;
  const top = ['stations', 'layers'].find((each) => nodeAt(raw, [each, station]) !== undefined);
  return top === undefined ? [] : [formatPath([top, station, ...words])];
}
