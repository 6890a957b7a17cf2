/** A site with two classes of requests and one source of them, to see what is done to its traffic. */
import type { OpenTraffic, Scenario } from '../../src/scenario/types.ts';
import { validScenario } from '../promises/world.ts';

const text = (curve: string, more = '', budgets = ''): string => `scenario: site
clock: { lasts: 10m, warmUp: 5s }
traffic:
  - { curve: [${curve}], mix: { buy: 25%, look: 75% } }
${more}stations:
  desk: { servers: 2, service: { exponential: 5ms } }
requests:
  buy: { path: [desk] }
  look: { path: [desk] }
${budgets === '' ? '' : `budgets:\n${budgets}`}`;

export const scenarioOf = (...parts: Parameters<typeof text>): Scenario =>
  validScenario({ text: text(...parts) });
export const openOf = ({ traffic }: Scenario): OpenTraffic[] =>
  traffic.filter((each) => each.model === 'open');
export const ratesOf = (scenario: Scenario) =>
  openOf(scenario).map(({ curve }) => curve.map((point) => point.ratePerSec));
