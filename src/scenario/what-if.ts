/** A validated scenario with other traffic or fewer replicas, as if it had been written so. */
import type { MixPoint, Scenario, Station, Traffic } from './types.ts';

/**
 * Every open source with this multiple of its rates, every closed one with this multiple of its users, at least one; where
 * `classes` are named, of these request classes alone, and all others come as they did.
 */
export function withTraffic(
  scenario: Scenario,
  multiplier: number,
  classes: ReadonlySet<string> | null = null,
): Scenario {
  if (multiplier === 1) return scenario;
  const traffic = scenario.traffic.map((each) =>
    classes === null || each.model === 'trace'
      ? scaled(each, multiplier)
      : scaledInPart(each, multiplier, classes),
  );
  return { ...scenario, traffic };
}

/** Indices of the sources that cannot be scaled for these classes: their share of the source changes with time. */
export function changingShares({ traffic }: Scenario, classes: ReadonlySet<string>): number[] {
  return traffic.flatMap((each, index) => {
    const shares = each.mix.map((point) => shareOf(point, classes));
    return shares.some((share) => Math.abs(share - (shares[0] ?? 0)) > SAME_SHARE) ? [index] : [];
  });
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

const SAME_SHARE = 1e-9;

function shareOf({ shares }: MixPoint, classes: ReadonlySet<string>): number {
  return Object.entries(shares).reduce((sum, [name, share]) => sum + (classes.has(name) ? share : 0), 0);
}

/** With s the share of the classes, the source grows to 1 + (m − 1)·s times what it was, and each of their shares in it with m. */
function scaledInPart(
  traffic: Exclude<Traffic, { model: 'trace' }>,
  multiplier: number,
  classes: ReadonlySet<string>,
): Traffic {
  const [first] = traffic.mix;
  const factor = first === undefined ? 1 : 1 + (multiplier - 1) * shareOf(first, classes);
  const mix = traffic.mix.map((point) => ({
    ...point,
    shares: Object.fromEntries(
      Object.entries(point.shares).map(([name, share]) => [
        name,
        (share * (classes.has(name) ? multiplier : 1)) / factor,
      ]),
    ),
  }));
  return { ...scaled(traffic, factor), mix };
}
