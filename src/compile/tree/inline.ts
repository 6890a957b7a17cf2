/** Writes a request class out as a tree of nodes: calls inlined, forwards filled with the rest of the path. */
import type { Path, Step, Target } from '../../scenario/types.ts';
import { refuse } from '../refusal.ts';
import { hasReply, type Node, type OwnCall, type RequestTree, type Visit } from './nodes.ts';
import { splitTarget, stationOf, stepsOf, type Site } from './site.ts';
import { nameSteps, someStep, type StepName } from './step-names.ts';
import { waysBetween, type Place } from './ways.ts';

/** Nodes of one request class; beyond it a scenario is refused rather than compiled for ever. */
const NODES_MAX = 200_000;

interface Task {
  readonly site: Site;
  readonly request: string;
  /** How often each step has occurred in this class so far. */
  readonly occurrences: Map<string, number>;
  nodes: number;
}

/** Where in the call tree the steps at hand stand. */
interface Scope {
  readonly caller: string | null;
  readonly place: Place;
  /** Targets being inlined, outermost first. */
  readonly stack: readonly Target[];
  /** Index of the path element that a `forward` here continues with, or null: nothing to forward to. */
  readonly rest: number | null;
}

/** Steps of one operation under their names. */
interface Operation {
  readonly name: string;
  readonly steps: ReadonlyMap<Step, StepName>;
  readonly path: Path;
}

const CLIENT: Scope = { caller: null, place: null, stack: [], rest: null };

/** @throws {UserError} for unknown targets, circles of calls, and requests beyond `NODES_MAX` nodes. */
export function inlineRequest(site: Site, request: string): RequestTree {
  const task: Task = { site, request, occurrences: new Map(), nodes: 0 };
  return { name: request, nodes: inlinePath(task, 0, CLIENT) };
}

function inlinePath(task: Task, from: number, scope: Scope): Node[] {
  const { path } = task.site.scenario.requests[task.request]!;
  const visits: Node[] = [];
  for (let index = from; index < path.length; index++) {
    const target = path[index]!;
    const forwards = isForwarding(task.site, target);
    // A path is finite, so each of its elements begins a chain of calls of its own.
    const here = { ...scope, stack: [], rest: forwards ? index + 1 : null };
    const stream = occurrence(task, `${scope.caller ?? 'client'}/path(${target})`);
    visits.push(inlineVisit(task, here, { target, stream, path: ['requests', task.request, 'path', index] }));
    if (forwards) break;
  }
  return visits;
}

function isForwarding(site: Site, target: Target): boolean {
  const { station, operation } = splitTarget(target);
  if (operation === null) return false;
  return someStep(stepsOf(site, station, operation), (step) => step.verb === 'forward');
}

/** A call as the scenario asks for it. */
interface CallSpec extends Pick<Visit, 'stream' | 'path'> {
  readonly target: Target;
  readonly call?: OwnCall;
  readonly onFailure?: Visit['onFailure'];
}

function inlineVisit(task: Task, scope: Scope, spec: CallSpec): Visit {
  const { station, operation } = splitTarget(spec.target);
  const inside = enter(task, spec.target, scope);
  const body =
    operation === null ? [plainWork(task, station)] : inlineOperation(task, station, operation, inside);
  return visitOf(task, { spec, body, scope, inside });
}

/** Scope inside a target; refuses circles and endless trees. */
function enter(task: Task, target: Target, scope: Scope): Scope {
  const { station } = splitTarget(target);
  const { site } = task;
  const again = scope.stack.indexOf(target);
  if (again >= 0) {
    const circle = [...scope.stack.slice(again), target].join(' → ');
    const help = 'break the circle: a request would never end';
    refuse(
      { code: 'HF503', message: `calls in a circle: ${circle}`, help, path: operationPath(target) },
      site.position,
    );
  }
  count(task);
  const place = stationOf(site, station).region ?? scope.place;
  return { caller: station, place, stack: [...scope.stack, target], rest: scope.rest };
}

interface VisitParts {
  readonly spec: CallSpec;
  readonly body: readonly Node[];
  readonly scope: Scope;
  readonly inside: Scope;
}

function visitOf(task: Task, { spec, body, scope, inside }: VisitParts): Visit {
  const { call = { timeoutNs: null, retry: null }, onFailure = 'fail', stream, path } = spec;
  const own = call.timeoutNs !== null || (call.retry !== null && call.retry.attempts > 1) || hasReply(body);
  return {
    kind: 'visit',
    ...splitTarget(spec.target),
    caller: scope.caller,
    body,
    ...waysBetween(task.site, scope.place, inside.place),
    own: own ? call : null,
    onFailure,
    stream,
    path,
  };
}

function plainWork(task: Task, station: string): Node {
  const { service } = stationOf(task.site, station);
  if (service === null) {
    const message = `${station} is visited without an operation, but has no service time`;
    const help = 'give it a service time, or name one of its operations';
    return refuse({ code: 'HF504', message, help, path: ['stations', station] }, task.site.position);
  }
  return { kind: 'work', time: service, stream: occurrence(task, `${station}/service`) };
}

function inlineOperation(task: Task, station: string, operation: string, scope: Scope): Node[] {
  const steps = stepsOf(task.site, station, operation);
  const named: Operation = {
    name: `${station}.${operation}`,
    steps: nameSteps(steps),
    path: ['stations', station, 'operations', operation],
  };
  return inlineSteps(task, named, steps, scope);
}

function inlineSteps(task: Task, operation: Operation, steps: readonly Step[], scope: Scope): Node[] {
  return steps.flatMap((step) => inlineStep(task, operation, step, scope));
}

function inlineStep(task: Task, operation: Operation, step: Step, scope: Scope): readonly Node[] {
  count(task);
  const { name, index } = operation.steps.get(step)!;
  const stream = occurrence(task, `${operation.name}/${name}`);
  const at = { stream, path: [...operation.path, index] };
  const outside = { ...scope, rest: null };
  const nested = (steps: readonly Step[]): Node[] => inlineSteps(task, operation, steps, scope);
  switch (step.verb) {
    case 'serve':
      return [
        step.at === null ? { kind: 'work', time: step.time, stream } : workElsewhere(task, step, outside, at),
      ];
    case 'delay':
      return [{ kind: 'pause', time: step.time, stream }];
    case 'call': {
      const call: OwnCall = { timeoutNs: step.timeoutNs, retry: step.retry };
      return [inlineVisit(task, outside, { ...at, target: step.target, call, onFailure: step.onFailure })];
    }
    case 'send': {
      const visit = inlineVisit(task, outside, { ...at, target: step.target });
      return [{ kind: 'send', visit: { ...visit, own: null }, stream }];
    }
    case 'parallel':
      return [
        { kind: 'parallel', branches: branches(task, operation, step, nested), join: step.join, stream },
      ];
    case 'choose': {
      const options = step.options.map(({ share, steps }, index) => ({
        share,
        nodes: share === 0 ? [] : nested(steps),
        stream: `${stream}/${index}`,
      }));
      return [{ kind: 'choice', options }];
    }
    case 'repeat':
      return step.times.mean === 0
        ? []
        : [{ kind: 'repeat', ...step.times, nodes: nested(step.steps), stream }];
    case 'cache':
      return cache(task, step, outside, at, nested);
    case 'fail':
      return step.probability === 0 ? [] : [{ kind: 'fail', probability: step.probability, stream }];
    case 'forward':
      return scope.rest === null ? [] : inlinePath(task, scope.rest, outside);
    case 'reply':
      return [{ kind: 'reply' }];
  }
}

type Nested = (steps: readonly Step[]) => Node[];

/** Name and place of a step that calls. */
type At = Pick<Visit, 'stream' | 'path'>;

/** `serve … at: station`: a visit there with this step's time in place of the station's own. */
function workElsewhere(task: Task, step: Extract<Step, { verb: 'serve' }>, scope: Scope, at: At): Visit {
  const target = step.at!;
  const inside = enter(task, target, scope);
  const body: Node[] = [{ kind: 'work', time: step.time, stream: at.stream }];
  return visitOf(task, { spec: { ...at, target }, body, scope, inside });
}

function branches(
  task: Task,
  operation: Operation,
  step: Extract<Step, { verb: 'parallel' }>,
  nested: Nested,
): Node[][] {
  const inlined = step.branches.map(nested);
  if (inlined.some(hasReply)) {
    const message = `${operation.name} replies inside parallel branches: it would answer several times`;
    const help = 'move the reply behind the parallel step';
    refuse({ code: 'HF505', message, help, path: operation.path }, task.site.position);
  }
  return inlined;
}

/** A lookup, then the hit or the miss; classes the cache may not serve miss without a lookup. */
function cache(
  task: Task,
  step: Extract<Step, { verb: 'cache' }>,
  scope: Scope,
  at: At,
  nested: Nested,
): Node[] {
  if (step.classes !== null && !step.classes.includes(task.request)) return nested(step.onMiss);
  const { stream, path } = at;
  const lookup =
    step.target === null
      ? []
      : [inlineVisit(task, scope, { target: step.target, stream: `${stream}/lookup`, path })];
  const options = [
    { share: step.hitRatio, nodes: step.hitRatio === 0 ? [] : nested(step.onHit), stream: `${stream}/hit` },
    {
      share: 1 - step.hitRatio,
      nodes: step.hitRatio === 1 ? [] : nested(step.onMiss),
      stream: `${stream}/miss`,
    },
  ];
  return [...lookup, { kind: 'choice', options }];
}

/** `name#k` for its k-th occurrence in this class: what else the class does leaves it alone. */
function occurrence(task: Task, name: string): string {
  const k = (task.occurrences.get(name) ?? 0) + 1;
  task.occurrences.set(name, k);
  return `${name}#${k}`;
}

function count(task: Task): void {
  if (++task.nodes <= NODES_MAX) return;
  const message = `request class ${task.request} does more than ${NODES_MAX} things when its calls are written out`;
  const help = 'calls multiply: replace repeated operations by repeat steps, or cut the call tree';
  refuse({ code: 'HF506', message, help, path: ['requests', task.request] }, task.site.position);
}

function operationPath(target: Target): Path {
  const { station, operation } = splitTarget(target);
  return operation === null ? ['stations', station] : ['stations', station, 'operations', operation];
}
