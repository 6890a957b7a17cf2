/** A validated scenario with other traffic or fewer replicas, as if it had been written so. */
import type { Scenario, Station, Traffic } from './types.ts';

/** Every open source with this multiple of its rates, every closed one with this multiple of its users, at least one. */
export function withTraffic(scenario: Scenario, multiplier: number): Scenario {
  if (multiplier === 1) return scenario;
  return { ...scenario, traffic: scenario.traffic.map((each) => scaled(each, multiplier)) };
}

/** Names of the sources that replay a trace: their arrivals are what they are. */
export function unscalable({ traffic }: Scenario): string[] {
  return traffic.flatMap((each) => (each.model === 'trace' ? [each.file] : []));
}

/** With so many replicas fewer of each of these stations. @throws {RangeError} when one would have none left. */
export function withFewer(scenario: Scenario, fewer: ReadonlyMap<string, number>): Scenario {
  if (fewer.size === 0) return scenario;
  const stations = Object.entries(scenario.stations).map(([name, station]): [string, Station] => {
    const replicas = station.replicas - (fewer.get(name) ?? 0);
    if (replicas < 1) throw new RangeError(`${name} cannot have ${replicas} replicas`);
    return [name, { ...station, replicas }];
  });
  return { ...scenario, stations: Object.fromEntries(stations) };
}

function scaled(traffic: Traffic, multiplier: number): Traffic {
  switch (traffic.model) {
    case 'open': {
      const curve = traffic.curve.map((each) => ({ ...each, ratePerSec: each.ratePerSec * multiplier }));
      return { ...traffic, scale: traffic.scale * multiplier, curve };
    }
    case 'closed': {
      const users = Math.max(1, Math.round(traffic.users * multiplier));
      return { ...traffic, scale: traffic.scale * multiplier, users };
    }
    case 'trace':
      return traffic;
  }
}
