/** Which operation starts which: circles, depth, size of a request, and what nothing ever reaches. */
import { problem, type Problem } from '../problem.ts';
import { child, entriesOf, keyOriginAt, nodeAt, originAt, type Tree } from '../tree.ts';
import { repeats, type Mention, type SiteView } from './site-view.ts';

const DEPTH_MAX = 64;
const STEPS_MAX = 100_000;

export function checkCalls(site: SiteView): Problem[] {
  const callsOf = groupCalls(site);
  const { circles, order } = sort(site, callsOf);
  const circular = circles.map(({ mention, round }) => {
    const help = 'a request would never end: take one of the calls out';
    return problem(
      'HF302',
      originAt(site.tree, mention.path),
      `calls in a circle: ${round.join(' → ')}`,
      help,
    );
  });
  const sizes = circles.length > 0 ? [] : checkSizes(site, callsOf, order);
  return [...circular, ...sizes, ...unreached(site, callsOf)];
}

type Calls = ReadonlyMap<string, readonly Mention[]>;

/** What each operation calls, sends or looks up. */
function groupCalls(site: SiteView): Calls {
  const calls = new Map<string, Mention[]>();
  for (const mention of site.mentions) {
    if (mention.from === null || mention.verb === 'at') continue;
    const list = calls.get(mention.from);
    if (list === undefined) calls.set(mention.from, [mention]);
    else list.push(mention);
  }
  return calls;
}

interface Sorted {
  readonly circles: readonly { readonly mention: Mention; readonly round: readonly string[] }[];
  /** Callees before their callers. */
  readonly order: readonly string[];
}

/** Depth-first with an explicit stack, because a hostile file can chain thousands of calls. */
function sort(site: SiteView, callsOf: Calls): Sorted {
  const circles: { mention: Mention; round: string[] }[] = [];
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of operationNames(site)) {
    if (state.has(start)) continue;
    const stack = [{ name: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const mention = callsOf.get(top.name)?.[top.next++];
      if (mention === undefined) {
        state.set(top.name, 'done');
        order.push(top.name);
        stack.pop();
      } else if (state.get(mention.target) === 'open') {
        const names = stack.map(({ name }) => name);
        circles.push({ mention, round: [...names.slice(names.indexOf(mention.target)), mention.target] });
      } else if (!state.has(mention.target)) {
        state.set(mention.target, 'open');
        stack.push({ name: mention.target, next: 0 });
      }
    }
  }
  return { circles, order };
}

function operationNames(site: SiteView): string[] {
  return [...site.stations.keys()].flatMap((station) =>
    [...site.operationsOf(station)].map((operation) => `${station}.${operation}`),
  );
}

/** Calls can double at each level, so a short file can describe a request of 2^40 steps. */
function checkSizes(site: SiteView, callsOf: Calls, order: readonly string[]): Problem[] {
  const depth = new Map<string, number>();
  const steps = new Map<string, number>();
  for (const name of order) {
    const calls = callsOf.get(name) ?? [];
    depth.set(name, 1 + calls.reduce((deepest, { target }) => Math.max(deepest, depth.get(target) ?? 0), 0));
    const [station = '', operation = ''] = name.split('.');
    const own = countSteps(nodeAt(site.tree, ['stations', station, 'operations', operation]));
    steps.set(
      name,
      calls.reduce((sum, { target, times }) => sum + times * (steps.get(target) ?? 1), own),
    );
  }
  return site.mentions.flatMap(({ verb, target, path }) => {
    if (verb !== 'path') return [];
    const origin = originAt(site.tree, path);
    if ((depth.get(target) ?? 0) > DEPTH_MAX) {
      return [
        problem(
          'HF315',
          origin,
          `calls below ${target} are nested more than ${DEPTH_MAX} deep`,
          'check the chain of calls',
        ),
      ];
    }
    if ((steps.get(target) ?? 0) <= STEPS_MAX) return [];
    return [
      problem(
        'HF315',
        origin,
        `one ${target} is more than ${STEPS_MAX} steps with all it calls`,
        'check repeat: and calls that multiply',
      ),
    ];
  });
}

function countSteps(tree: Tree | undefined): number {
  if (tree === undefined || tree.kind === 'scalar') return 1;
  const inner = tree.kind === 'list' ? tree.items : entriesOf(tree).map(([, { value }]) => value);
  return inner.reduce((sum, each) => sum + countSteps(each), 0) * repeats(child(tree, 'repeat'));
}

function unreached(site: SiteView, callsOf: Calls): Problem[] {
  const reached = new Set<string>();
  const open = site.mentions.filter(({ verb }) => verb === 'path').map(({ target }) => target);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { target } of callsOf.get(name) ?? []) if (!reached.has(target)) open.push(target);
  }
  for (const { verb, target, from } of site.mentions)
    if (verb === 'at' && from !== null && reached.has(from)) reached.add(target);
  const stations = new Set([...reached].map((target) => target.split('.')[0]));
  return [...site.stations.keys()].flatMap((station) => {
    const origin = keyOriginAt(site.tree, ['stations', station]);
    if (!stations.has(station))
      return [
        problem(
          'HF303',
          origin,
          `no request ever reaches ${station}`,
          'call it, put it on a path, or remove it',
        ),
      ];
    return [...site.operationsOf(station)].flatMap((operation) => {
      const at = keyOriginAt(site.tree, ['stations', station, 'operations', operation]);
      // A preset offers what others may need: only operations of the user's own are worth a word.
      if (reached.has(`${station}.${operation}`) || at.askedAt !== null) return [];
      return [problem('HF303', at, `nothing ever calls ${station}.${operation}`, 'call it, or remove it')];
    });
  });
}
