import type { OpenTraffic, Scenario, Station, Step, Target } from '../../scenario/types.ts';
import { refuse, type PositionOf } from '../refusal.ts';

/** A scenario with what the compiler looks up in it again and again. */
export interface Site {
  readonly scenario: Scenario;
  readonly position: PositionOf;
  /** Names of the clients' regions, in the order of the file. */
  readonly regions: readonly string[];
}

export function makeSite(scenario: Scenario, position: PositionOf): Site {
  const regions = scenario.traffic.flatMap((traffic) =>
    traffic.regions.flatMap((piece) => Object.keys(piece.shares)),
  );
  return { scenario: withMixes(scenario), position, regions: [...new Set(regions)] };
}

/** With a single request class nobody needs to write a mix. */
function withMixes(scenario: Scenario): Scenario {
  const names = Object.keys(scenario.requests);
  if (names.length !== 1) return scenario;
  const mix = [{ atNs: 0, shares: { [names[0]!]: 1 } }];
  return {
    ...scenario,
    traffic: scenario.traffic.map((each) => (each.mix.length === 0 ? { ...each, mix } : each)),
  };
}

export function stationOf(site: Site, name: string): Station {
  const station = site.scenario.stations[name];
  if (station === undefined) {
    const help = `declare it under stations, or call one of: ${Object.keys(site.scenario.stations).join(', ')}`;
    return refuse(
      { code: 'HF501', message: `no station "${name}"`, help, path: ['stations'] },
      site.position,
    );
  }
  return station;
}

/** `station.operation` or `station`; station names hold no dot. */
export function splitTarget(target: Target): { readonly station: string; readonly operation: string | null } {
  const dot = target.indexOf('.');
  if (dot < 0) return { station: target, operation: null };
  return { station: target.slice(0, dot), operation: target.slice(dot + 1) };
}

/** Steps of an operation of a station that exists. */
export function stepsOf(site: Site, station: string, operation: string): readonly Step[] {
  const { operations } = stationOf(site, station);
  const steps = operations[operation];
  if (steps === undefined) {
    const help = `${station} has: ${Object.keys(operations).join(', ') || 'no operations'}`;
    const path = ['stations', station, 'operations'];
    return refuse(
      { code: 'HF501', message: `no operation "${station}.${operation}"`, help, path },
      site.position,
    );
  }
  return steps;
}

export function isOpen(traffic: Scenario['traffic'][number]): traffic is OpenTraffic {
  return traffic.model === 'open';
}
