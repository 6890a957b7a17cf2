import type { OpenTraffic, Scenario, Traffic } from '../../src/scenario/types.ts';
import type { ModeCase } from './cases.ts';

type Part = Pick<ModeCase, 'fromNs' | 'lastsNs' | 'speedUp' | 'warmUpNs' | 'unitNs'>;

/**
 * A part of a scenario, perhaps sped up: curve and clock are shifted to begin at `fromNs` and divided by `speedUp`.
 *
 * @throws {RangeError} when that shifts or speeds up anything but the curves of open traffic.
 */
export function partOf(scenario: Scenario, part: Part): Scenario {
  const { fromNs, lastsNs, speedUp, warmUpNs, unitNs } = part;
  const isMoved = fromNs !== 0 || speedUp !== 1;
  if (isMoved && scenario.disturbances.length > 0) throw new RangeError('a disturbance cannot be shifted');
  return {
    ...scenario,
    clock: {
      ...scenario.clock,
      lastsNs: Math.round((lastsNs ?? scenario.clock.lastsNs - fromNs) / speedUp),
      warmUpNs,
      windowNs: unitNs,
    },
    traffic: isMoved ? scenario.traffic.map((each) => moved(each, part)) : scenario.traffic,
  };
}

function moved(traffic: Traffic, { fromNs, speedUp }: Part): OpenTraffic {
  if (
    traffic.model !== 'open' ||
    traffic.noise !== null ||
    traffic.mix.length > 1 ||
    traffic.regions.length > 1
  )
    throw new RangeError('only plain open traffic can be shifted');
  const curve = traffic.curve.filter(({ atNs }) => atNs >= fromNs);
  if (curve[0]?.atNs !== fromNs) throw new RangeError(`the curve has no point at ${fromNs} ns`);
  const toPart = (atNs: number): number => Math.round((atNs - fromNs) / speedUp);
  return { ...traffic, curve: curve.map((point) => ({ ...point, atNs: toPart(point.atNs) })) };
}
