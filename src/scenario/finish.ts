/** What zod read → `Scenario`: fills in what one part takes from another (names, clock, budget defaults). */
import { DEFAULTS } from './defaults.ts';
import { problem, type Problem } from './problem.ts';
import { ratesFromCsv } from './rates-csv.ts';
import type { ScenarioRead } from './schema/scenario.ts';
import type { TrafficRead } from './schema/traffic.ts';
import { originAt, type Tree } from './tree.ts';
import type { Budget, Clock, CurvePoint, MixPoint, Path, Scenario, Traffic } from './types.ts';

/** Text of a file named in the scenario, or null when there is none. Only the outermost layer can read files. */
export type FileTexts = (file: string) => string | null;

export interface Finished {
  readonly scenario: Scenario;
  readonly problems: readonly Problem[];
}

export function finishScenario(read: ScenarioRead, tree: Tree, files: FileTexts): Finished {
  const problems: Problem[] = [];
  const classes = Object.keys(read.requests);
  const isList = tree.kind === 'map' && tree.entries.get('traffic')?.value.kind === 'list';
  const traffic = read.traffic.map((each, i) => {
    const path: Path = isList ? ['traffic', i] : ['traffic'];
    return finishTraffic(each, { classes, tree, path, files, problems });
  });
  const scenario: Scenario = {
    id: read.scenario,
    title: read.title ?? null,
    description: read.description ?? null,
    seed: seedText(tree) ?? DEFAULTS.seed,
    clock: finishClock(read.clock),
    traffic,
    rttNs: read.network?.rtt ?? {},
    hosts: read.hosts ?? {},
    stations: mapValues(read.stations, (station, name) => ({ ...station, layer: station.layer ?? name })),
    requests: read.requests,
    disturbances: read.disturbances ?? [],
    budgets: (read.budgets ?? []).map((each) => finishBudget(each, read.budgetDefaults ?? {})),
    alerts: (read.alerts ?? []).map(({ overNs, ...alert }) => ({
      ...alert,
      overNs: overNs.length > 0 ? overNs : [finishClock(read.clock).windowNs],
    })),
    claimsFile: read.claims ?? null,
  };
  return { scenario, problems };
}

/** As typed, so that seed 007 is not seed 7. */
function seedText(tree: Tree): string | null {
  const seed = tree.kind === 'map' ? tree.entries.get('seed')?.value : undefined;
  if (seed?.kind !== 'scalar' || seed.value === null) return null;
  return typeof seed.value === 'string' ? seed.value : seed.typed;
}

function finishClock(clock: ScenarioRead['clock']): Clock {
  return {
    from: clock.from ?? null,
    lastsNs: clock.lasts,
    warmUpNs: clock.warmUp ?? defaultWarmUpNs(clock.lasts),
    windowNs: clock.window ?? defaultWindowNs(clock.lasts),
  };
}

export function defaultWarmUpNs(lastsNs: number): number {
  return Math.min(Math.round(lastsNs / 10), DEFAULTS.warmUpMaxNs);
}

/** 1 s, or the next of 2, 5, 10, 20, 50 … s that needs no more windows than there may be. */
export function defaultWindowNs(lastsNs: number): number {
  let windowNs: number = DEFAULTS.windowNs;
  for (const step of [2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2]) {
    if (lastsNs / windowNs <= DEFAULTS.windowsMax) break;
    windowNs *= step;
  }
  return windowNs;
}

interface TrafficContext {
  readonly classes: readonly string[];
  readonly tree: Tree;
  readonly path: Path;
  readonly files: FileTexts;
  readonly problems: Problem[];
}

function finishTraffic(read: TrafficRead, context: TrafficContext): Traffic {
  const mix = read.mix ?? onlyClass(read, context);
  if (read.model === 'trace') return { ...read, mix };
  if (read.model === 'closed') return { ...read, mix, users: scaledUsers(read) };
  const curve = 'csv' in read.curve ? curveFromFile(read.curve, context) : read.curve;
  return { ...read, mix, curve: scaledCurve(curve, read.scale) };
}

/** At least one, as there are no parts of a user. */
function scaledUsers({ users, scale }: { readonly users: number; readonly scale: number }): number {
  return Math.max(1, Math.round(users * scale));
}

function scaledCurve(curve: readonly CurvePoint[], scale: number): readonly CurvePoint[] {
  return scale === 1 ? curve : curve.map((point) => ({ ...point, ratePerSec: point.ratePerSec * scale }));
}

/** With one request class the mix is clear; a trace may name the class of each arrival itself. */
function onlyClass(
  read: TrafficRead,
  { classes, tree, path, problems }: TrafficContext,
): readonly MixPoint[] {
  const [first] = classes;
  if (first !== undefined && classes.length === 1) return [{ atNs: 0, shares: { [first]: 1 } }];
  if (read.model !== 'trace') {
    const help = `write mix: { ${classes.map((name) => `${name}: …%`).join(', ')} }`;
    problems.push(
      problem('HF102', originAt(tree, path), 'missing key "mix": there are several request classes', help),
    );
  }
  return [];
}

function curveFromFile(
  rates: { readonly csv: string; readonly time: string; readonly rate: string },
  { files, tree, path, problems }: TrafficContext,
): readonly CurvePoint[] {
  const text = files(rates.csv);
  const points = text === null ? 'it cannot be read' : ratesFromCsv(text, rates);
  if (typeof points !== 'string') return points;
  const origin = originAt(tree, [...path, 'rates', 'csv']);
  const help =
    text === null
      ? 'put it beside the scenario, or correct the name'
      : `write e.g. ${rates.time},${rates.rate} on its first line and 0,100 on the second`;
  problems.push(problem('HF203', origin, `${rates.csv}: ${points}`, help));
  return [];
}

function finishBudget(
  read: NonNullable<ScenarioRead['budgets']>[number],
  defaults: NonNullable<ScenarioRead['budgetDefaults']>,
): Budget {
  const inherited = defaults.window ?? null;
  return {
    id: read.id,
    target: read.target,
    expect: read.expect,
    warn: read.warn ?? [],
    window: read.window === undefined ? inherited : read.window,
    level: read.level ?? defaults.level ?? 'error',
    minSamples: read.minSamples ?? defaults.minSamples ?? DEFAULTS.budgetMinSamples,
    confidence: read.confidence ?? defaults.confidence ?? DEFAULTS.budgetConfidence,
    baseline: read.baseline ?? defaults.baseline ?? null,
    abort: read.abort ?? null,
    why: read.why ?? null,
    owner: read.owner ?? null,
    runbook: read.runbook ?? null,
  };
}

function mapValues<A, B>(
  map: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value, name)]));
}
