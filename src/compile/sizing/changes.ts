/** The smallest changes, taken one kind after the other, after which nothing is fuller than it should be. */
import type { SizingChange } from '../../model/sizing.ts';
import { DUST, replicasFor } from '../advice/capacity.ts';
import type { Site } from '../tree/site.ts';
import { loadOf, replicasOf, type Counts } from './counts.ts';
import type { Need } from './needs.ts';

export interface SizingGoal {
  /** Utilization that servers, threads and connections may have. */
  readonly target: number;
  /** Limits are to let so many times the peak through. */
  readonly room: number;
}

type Found = Omit<SizingChange, 'paths'> & {
  /** What is changed in the station-level form. */
  readonly need: Need;
};

/** Changes `counts` and says what was changed. Where no number of replicas relieves the busiest one, it is left alone. */
export function findChanges(
  site: Site,
  counts: Counts,
  needs: readonly Need[],
  goal: SizingGoal,
): readonly Found[] {
  const of = (kind: Need['kind']) => needs.filter((need) => need.kind === kind);
  const found = [
    ...of('servers').flatMap((need) => moreReplicas(site, counts, need, goal)),
    ...of('threads').flatMap((need) => moreOfEach(site, counts, need, goal)),
    ...morePerCaller(site, counts, of('pool'), goal),
    ...of('limiter').flatMap((need) => higherLimit(site, counts, need, goal)),
  ];
  // What is changed at one station is read together.
  const stations = [...new Set(found.map(({ need }) => need.station))];
  return stations.flatMap((station) => found.filter(({ need }) => need.station === station));
}

function isAbove(site: Site, counts: Counts, need: Need, target: number): boolean {
  return loadOf(site, counts, need) > target * (1 + DUST);
}

function moreReplicas(site: Site, counts: Counts, need: Need, goal: SizingGoal): Found[] {
  if (!isAbove(site, counts, need, goal.target)) return [];
  const { station, name } = need;
  const before = replicasOf(site, counts, station);
  const after = enoughReplicas(need, before, goal);
  if (after === null) return [];
  counts.replicas.set(station, after);
  return [{ of: station, what: 'replicas', before, after, because: [name], need }];
}

/** Numbers of replicas that are tried where they get uneven shares, each a twentieth above the one before. */
const TRIES = 40;

/** null where the busiest replica stays too busy, however many there are: a hot key stays hot. */
function enoughReplicas(
  { asked, each, unevenAt }: Need,
  before: number,
  { target }: SizingGoal,
): number | null {
  const enough = (replicas: number) => asked * unevenAt(replicas) <= target * each * replicas * (1 + DUST);
  let replicas = Math.max(before, replicasFor(asked, each));
  for (let tried = 0; tried < TRIES; tried++) {
    if (enough(replicas)) return replicas;
    replicas = Math.max(replicas + 1, Math.ceil(replicas * 1.05));
  }
  return null;
}

function moreOfEach(site: Site, counts: Counts, need: Need, { target }: SizingGoal): Found[] {
  if (!isAbove(site, counts, need, target)) return [];
  const { station, name, each: before } = need;
  const after = Math.ceil((before * loadOf(site, counts, need)) / target - DUST);
  counts.each.set(name, after);
  return [{ of: station, what: 'threads', before, after, because: [name], need }];
}

/** A station has one figure for all of its callers: the one that needs most decides. */
function morePerCaller(site: Site, counts: Counts, pools: readonly Need[], { target }: SizingGoal): Found[] {
  const stations = [...new Set(pools.map(({ station }) => station))];
  return stations.flatMap((station): Found[] => {
    const alike = pools.filter((need) => need.station === station);
    const above = alike.filter((need) => isAbove(site, counts, need, target));
    const [need] = above;
    if (need === undefined) return [];
    const before = need.each;
    const fullest = Math.max(...above.map((each) => loadOf(site, counts, each)));
    const after = Math.ceil((before * fullest) / target - DUST);
    for (const { name } of alike) counts.each.set(name, after);
    return [
      { of: station, what: 'connections', before, after, because: above.map(({ name }) => name), need },
    ];
  });
}

/** Only a limit that sheds at the peak is raised; then with room, and to a figure of two digits. */
function higherLimit(site: Site, counts: Counts, need: Need, { room }: SizingGoal): Found[] {
  const load = loadOf(site, counts, need);
  if (load <= 1 + DUST) return [];
  const { name, each: before } = need;
  const after = roundedUp(before * load * room);
  counts.each.set(name, after);
  const what = need.isPerReplica ? 'limit-each' : 'limit';
  return [{ of: name, what, before, after, because: [name], need }];
}

/** To two significant digits: 16,667 → 17,000. */
function roundedUp(value: number): number {
  const exponent = Math.max(-9, String(Math.floor(value)).length - 2);
  const unit = Number(`1e${value < 1 ? -2 : exponent}`);
  return Number((Math.ceil(value / unit - DUST) * unit).toPrecision(12));
}
