import { UNLIMITED, type DisturbanceModel } from '../../model/model.ts';
import type { Parts } from './parts.ts';

/** Disturbances of the scenario with the server groups they slow down, in order of time. */
export function disturbancesOf({ site, groups, infos }: Parts): DisturbanceModel[] {
  return site.scenario.disturbances
    .map(({ id, atNs, lastsNs, target, capacityRatio }): DisturbanceModel => ({
      name: id,
      groups: groups.flatMap(({ role, station, serverCount }, index) => {
        const { name, layer } = infos[station]!;
        const isMeant = (target.kind === 'station' ? name : layer) === target.name;
        return isMeant && role === 'servers' && serverCount !== UNLIMITED ? [index] : [];
      }),
      fromNs: atNs,
      toNs: atNs + lastsNs,
      speed: capacityRatio,
    }))
    .sort((a, b) => a.fromNs - b.fromNs);
}
