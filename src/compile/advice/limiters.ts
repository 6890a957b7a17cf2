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
      instances: String(instances),
      perInstance: formatRate(ratePerSec),
      at: atText(atNs),
    };
    const path = pathOf(site, limiter);
    const shed = 1 - shareAdmitted(limiter, asked);
    if (shed > DUST) {
      list.add('HF611', path, {
        ...words,
        offered: formatRate(asked),
        unshed: offered - asked > DUST * offered ? formatRate(offered) : '',
        isBehind: isBehind ? 'yes' : '',
        shed: formatShare(shed),
        ...needsOf(limiter, asked),
      });
    } else if (isBehind && 1 - shareAdmitted(limiter, offered) > DUST) {
      list.add('HF612', path, {
        ...words,
        offered: formatRate(offered),
        asked: formatRate(asked),
        ...needsOf(limiter, offered),
      });
    }
  }
}

function pathOf({ scenario }: Site, { askers }: LimiterLoad): Path {
  const { station, n } = askers[0]!;
  const path = ['stations', station, 'limit'];
  return scenario.stations[station]!.limits.length === 1 ? path : [...path, n];
}

/** More replicas do not help one that gets more than its share. */
function needsOf({ ratePerSec, instances, shares }: LimiterLoad, perSec: number) {
  const needs = { needs: formatRate(perSec), needsReplicas: '', needsEach: '' };
  if (shares !== null) return { ...needs, needsEach: formatRate(perSec * Math.max(...shares)) };
  if (instances === 1) return needs;
  const needsReplicas = String(Math.ceil(perSec / ratePerSec));
  return { ...needs, needsReplicas, needsEach: formatRate(perSec / instances) };
}
