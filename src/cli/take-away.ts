import { UserError } from '../base/diagnostics.ts';
import { similarName } from '../base/similar.ts';
import type { Scenario } from '../scenario/types.ts';
import type { TakenAway } from '../study/capacity-document.ts';
import type { AskedAway } from './capacity-options.ts';
import { ExitCode } from './exit-codes.ts';

/** What is to be taken away, of how many. @throws {UserError} with exit code 2 when the site has no such thing, or not more. */
export function takenAway({ stations }: Scenario, asked: readonly AskedAway[]): TakenAway[] {
  return asked.map(({ name, count }) => {
    const station = stationNamed(stations, name);
    const of = stations[station]?.replicas ?? 0;
    if (count >= of) {
      const has = of === 1 ? '1 replica' : `${of} replicas`;
      throw usage(`--without ${name}:${count} leaves nothing of ${name}, which has ${has}`);
    }
    return { layer: station, count, of };
  });
}

/** By its own name, or by that of its layer where that is of one station alone. */
function stationNamed(stations: Scenario['stations'], name: string): string {
  if (stations[name] !== undefined) return name;
  const inLayer = Object.keys(stations).filter((each) => stations[each]?.layer === name);
  const [only] = inLayer;
  if (inLayer.length === 1 && only !== undefined) return only;
  if (inLayer.length > 1) {
    throw usage(
      `--without ${name}: this layer has several stations; name one of them: ${inLayer.join(', ')}`,
    );
  }
  const names = [
    ...new Set([...Object.keys(stations), ...Object.values(stations).map(({ layer }) => layer)]),
  ];
  const near = similarName(name, names);
  const help =
    near === null
      ? `there are ${names.slice(0, 20).join(', ')}`
      : `a layer with a similar name exists: "${near}"`;
  throw usage(`--without ${name}: there is no layer of that name\n${help}`);
}

function usage(message: string): UserError {
  return new UserError(message, ExitCode.usage);
}
