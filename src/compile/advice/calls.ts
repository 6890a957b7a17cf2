/** Retries that multiply the load, and deadlines that do not fit into each other. */
import { formatDuration, formatShare, significant } from '../../base/format.ts';
import { UNLIMITED } from '../../model/model.ts';
import type { Demands } from '../demands.ts';
import { serversOf } from '../parts/stations.ts';
import { attemptsOf, type Node, type RequestTree, type Visit } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';
import { atText } from './capacity.ts';
import { total, type Peaks } from './peaks.ts';
import type { AdviceList } from './report.ts';

/** Calls of one thing by one request that are worth a word when everything fails. */
const MULTIPLIED_MIN = 4;

type SeeCall = (visit: Visit, callers: readonly Visit[]) => void;

/** Every visit with those around it, outermost first. */
function eachCall(nodes: readonly Node[], callers: readonly Visit[], see: SeeCall): void {
  const nested = (inner: readonly Node[]): void => {
    eachCall(inner, callers, see);
  };
  for (const node of nodes) {
    if (node.kind === 'visit') {
      see(node, callers);
      eachCall(node.body, [...callers, node], see);
    } else if (node.kind === 'send') {
      eachCall([node.visit], [], see); // nobody waits for it or repeats it
    } else if (node.kind === 'parallel') node.branches.forEach(nested);
    else if (node.kind === 'choice') {
      for (const option of node.options) nested(option.nodes);
    } else if (node.kind === 'repeat') nested(node.nodes);
  }
}

/** Levels of retries on top of each other: attempts multiply along the chain of calls. */
export function adviseRetryChains(trees: readonly RequestTree[], list: AdviceList): void {
  for (const { name, nodes } of trees) {
    eachCall(nodes, [], (visit, callers) => {
      const chain = [...callers, visit];
      // A caller that goes on without the answer has no reason to be repeated itself.
      const from = chain.findLastIndex((each) => each.onFailure === 'continue');
      const retrying = chain.slice(Math.max(0, from)).filter((each) => attemptsOf(each) > 1);
      const factor = retrying.reduce((product, each) => product * attemptsOf(each), 1);
      if (retrying.length < 2 || retrying.at(-1) !== visit || factor < MULTIPLIED_MIN) return;
      const words = { request: name, station: visit.station, factor: significant(factor) };
      list.add('HF631', visit.path, { ...words, chain: retrying.map(targetOf).join(' > ') });
    });
  }
}

/**
 * Vulnerable to a lasting retry storm: λ < μ ≤ λ·(attempts). Safe without budgets is only μ / attempts, the "hidden
 * capacity" (formula F-9 of docs/model.md; Bronson et al. 2021, HotOS, Metastable failures in distributed systems).
 */
export function adviseRetryStorms(
  site: Site,
  trees: readonly RequestTree[],
  demands: Demands,
  peaks: Peaks,
  list: AdviceList,
): void {
  const retried = demands.of(trees, { retried: true });
  for (const [name, { replicas }] of Object.entries(site.scenario.stations)) {
    const servers = serversOf(site, name);
    if (servers === null || servers.serverCount === UNLIMITED) continue;
    const capacity = replicas * (servers.rates === null ? servers.serverCount : Math.max(...servers.rates));
    const { point, atNs, offered, admitted } = peaks.of(
      ({ stations }) => (stations.get(name)?.workNs ?? 0) / 1e9,
    );
    const worst = total(point, retried, ({ stations }) => (stations.get(name)?.workNs ?? 0) / 1e9);
    const factor = offered === 0 ? 1 : worst / offered;
    if (admitted > capacity || admitted * factor <= capacity) continue;
    list.add('HF632', ['stations', name], {
      station: name,
      utilization: formatShare(admitted / capacity),
      factor: significant(factor),
      multiplied: formatShare((admitted * factor) / capacity),
      at: atText(atNs),
      hidden: formatShare(1 / factor),
    });
  }
}

export function adviseDeadlines(
  site: Site,
  trees: readonly RequestTree[],
  demands: Demands,
  list: AdviceList,
): void {
  for (const { name, nodes } of trees) {
    eachCall(nodes, [], (visit, callers) => {
      const timeoutNs = visit.own?.timeoutNs ?? null;
      if (timeoutNs === null) return;
      adviseOuterDeadline(site, { request: name, visit, callers, timeoutNs }, list);
      const meanNs = demands.of([{ name, nodes: [visit] }])[0]!.unloadedNs;
      if (meanNs <= timeoutNs) return;
      list.add('HF642', visit.path, {
        call: targetOf(visit),
        timeout: formatDuration(timeoutNs),
        mean: formatDuration(meanNs),
      });
    });
  }
}

interface TimedCall {
  readonly request: string;
  readonly visit: Visit;
  readonly callers: readonly Visit[];
  readonly timeoutNs: number;
}

/** The longest that all attempts of a call may take, against the deadline around it; waits for a connection add up. */
function adviseOuterDeadline(
  site: Site,
  { request, visit, callers, timeoutNs }: TimedCall,
  list: AdviceList,
): void {
  const outer = callers.findLast((each) => (each.own?.timeoutNs ?? null) !== null);
  const outerNs = outer?.own?.timeoutNs ?? site.scenario.requests[request]!.timeoutNs;
  if (outerNs === null) return;
  const attempts = visit.own?.retry?.attempts ?? 1;
  const { pool } = site.scenario.stations[visit.station]!;
  const acquireNs = pool === null ? 0 : (pool.acquireTimeoutNs ?? Infinity);
  const words = {
    call: targetOf(visit),
    timeout: formatDuration(timeoutNs),
    attempts: String(attempts),
    request,
    outer: outer === undefined ? '' : targetOf(outer),
    outerTimeout: formatDuration(outerNs),
  };
  if (timeoutNs * attempts > outerNs) list.add('HF641', visit.path, words);
  else if ((acquireNs + timeoutNs) * attempts > outerNs) {
    const acquire = acquireNs === Infinity ? '' : formatDuration(acquireNs);
    list.add('HF643', visit.path, { ...words, acquire });
  }
}

function targetOf({ station, operation }: Visit): string {
  return operation === null ? station : `${station}.${operation}`;
}
