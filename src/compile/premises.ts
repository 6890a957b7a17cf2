/** What may be assumed of the jobs at every server group, by arithmetic: see model/premises.ts. */
import type { Premise } from '../model/premises.ts';
import type { Scenario } from '../scenario/types.ts';
import type { Files } from './parts/csv.ts';
import { remembered } from './parts/remembered.ts';
import { disturbedStations } from './premises/disturbed.ts';
import { servedStations } from './premises/stations.ts';
import { flowOf } from './premises/steady.ts';
import { Verdicts } from './premises/verdicts.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { slicesFor } from './slices/plan.ts';
import { phasesOf } from './traffic/phases.ts';
import { inlineRequest } from './tree/inline.ts';
import { makeSite } from './tree/site.ts';

export interface PremiseOptions {
  /** k: traffic is thinned to 1/k; 1 = exact. */
  readonly slice: number;
  readonly files: Files;
  readonly position?: PositionOf;
}

/**
 * One premise per server group and span: the whole run, and each phase where there are several. A pure function of the
 * scenario, so that a mistake in the simulated traffic cannot hide in the formula's input.
 */
export function premisesOf(
  scenario: Scenario,
  { slice, files, position = nowhere }: PremiseOptions,
): Premise[] {
  const site = makeSite(scenario, position);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const stations = servedStations(site, trees, { slices: slicesFor(site, trees, slice), files });
  const disturbed = disturbedStations(scenario, trees);
  return spansOf(scenario).flatMap(({ phase, fromNs, toNs, isWhole }) => {
    const verdicts = new Verdicts({
      stations,
      trees,
      disturbed,
      flowOf: remembered((request: string) =>
        isWhole ? flowOf(site.scenario, request, { fromNs, toNs }) : { reason: 'rate-varies' as const },
      ),
    });
    return [...stations.keys()].map((group): Premise => {
      const load = verdicts.load(group);
      if ('reason' in load) return { group, phase, load: null, obstacle: load };
      return { group, phase, load, obstacle: verdicts.obstacle(group) };
    });
  });
}

interface PremiseSpan {
  readonly phase: string | null;
  readonly fromNs: number;
  readonly toNs: number;
  /** False for a phase that comes several times: it begins in the middle of something else. */
  readonly isWhole: boolean;
}

function spansOf(scenario: Scenario): PremiseSpan[] {
  const whole = { phase: null, fromNs: 0, toNs: scenario.clock.lastsNs, isWhole: true };
  const phases = phasesOf(scenario);
  const names = [...new Set(phases.map(({ name }) => name))];
  if (names.length === 1) return [whole];
  const named = names.map((name): PremiseSpan => {
    const pieces = phases.filter((phase) => phase.name === name);
    const { fromNs, toNs } = pieces[0]!;
    return { phase: name, fromNs, toNs, isWhole: pieces.length === 1 };
  });
  return [whole, ...named];
}
