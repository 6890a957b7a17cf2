/** Limiters against what they are asked at the peak. */
import { formatRate, formatShare } from '../../base/format.ts';
import type { Fronts } from '../../model/model.ts';
import type { Path } from '../../scenario/types.ts';
import type { Site } from '../tree/site.ts';
import { atText } from './capacity.ts';
import { limitersOf, shareAdmitted, type LimiterLoad } from './limiter-loads.ts';
import type { Peaks } from './peaks.ts';
import type { AdviceList } from './report.ts';

/** Requests per second that rounding may leave: nobody is shed for it. */
const DUST = 1e-9;

export function adviseLimiters(site: Site, peaks: Peaks, fronts: Fronts, list: AdviceList): void {
  for (const limiter of limitersOf(site)) {
    const { name, ratePerSec, instances } = limiter;
    const { atNs, offered, asked } = peaks.ofLimiter(limiter);
    const isBehind = (fronts.limiters[name] ?? []).length > 0;
    const words = {
      limiter: name,
      admits: formatRate(ratePerSec * instances),
      each: instances === 1 ? 'in all' : `${instances} × ${formatRate(ratePerSec)}`,
      at: atText(atNs),
    };
    const path = pathOf(site, limiter);
    const shed = 1 - shareAdmitted(limiter, asked);
    if (shed > DUST) {
      list.add('HF611', path, {
        ...words,
        offered: formatRate(asked),
        unshed: offered - asked > DUST * offered ? unshedText(offered, isBehind) : '',
        shed: formatShare(shed),
        needed: neededText(limiter, asked),
      });
    } else if (isBehind && 1 - shareAdmitted(limiter, offered) > DUST) {
      list.add('HF612', path, {
        ...words,
        offered: formatRate(offered),
        asked: formatRate(asked),
        needed: neededText(limiter, offered),
      });
    }
  }
}

/** With nothing in front it is its own shedding that keeps later visits of the same requests away. */
function unshedText(offered: number, isBehind: boolean): string {
  return ` (${formatRate(offered)} if ${isBehind ? 'nothing in front shed' : 'it shed nothing'})`;
}

function pathOf({ scenario }: Site, { askers }: LimiterLoad): Path {
  const { station, n } = askers[0]!;
  const path = ['stations', station, 'limit'];
  return scenario.stations[station]!.limits.length === 1 ? path : [...path, n];
}

/** More replicas do not help one that gets more than its share. */
function neededText({ ratePerSec, instances, shares }: LimiterLoad, perSec: number): string {
  if (shares !== null) return `${formatRate(perSec * Math.max(...shares))} each`;
  if (instances === 1) return formatRate(perSec);
  return `${Math.ceil(perSec / ratePerSec)} replicas, or ${formatRate(perSec / instances)} each`;
}
