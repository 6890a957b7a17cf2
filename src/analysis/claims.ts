import type { Claim, Scenario } from '../scenario/types.ts';

/** The claims about things this scenario contains; the file beside it may serve several scenarios. */
export function claimsAbout(scenario: Scenario, claims: readonly Claim[]): Claim[] {
  const names = namesOf(scenario);
  return claims.filter(({ about }) => about.some((name) => names.has(name)));
}

function namesOf(scenario: Scenario): Set<string> {
  const stations = Object.entries(scenario.stations);
  return new Set([
    scenario.id,
    ...stations.flatMap(([name, { layer, operations }]) => [
      name,
      layer,
      ...Object.keys(operations).map((operation) => `${name}.${operation}`),
    ]),
    ...Object.keys(scenario.requests),
    ...Object.keys(scenario.hosts),
    ...Object.keys(scenario.rttNs),
    ...scenario.traffic.flatMap(({ regions }) => regions.flatMap(({ shares }) => Object.keys(shares))),
    ...scenario.budgets.map(({ id }) => id),
  ]);
}
