import type { ArrivalProcess as ModelArrivals } from '../../model/traffic/arrivals.ts';
import type { SharePiece, Source } from '../../model/model.ts';
import type { ArrivalProcess, MixPoint, OpenTraffic, Traffic } from '../../scenario/types.ts';
import type { Files } from '../parts/csv.ts';
import type { Draw } from '../parts/parts.ts';
import { cumulativeThresholds } from '../parts/thresholds.ts';
import { refuse } from '../refusal.ts';
import type { Site } from '../tree/site.ts';
import { ratePieces } from './curve.ts';
import { readTrace } from './trace.ts';

interface Context {
  readonly site: Site;
  readonly files: Files;
  readonly slice: number;
  readonly draw: (spec: Extract<ArrivalProcess, { process: 'renewal' }>['law']) => Draw;
}

/** One source per entry of `traffic`; classes and regions by their order in the scenario. */
export function sourcesOf(context: Context): Source[] {
  return context.site.scenario.traffic.map((traffic, index) => sourceOf(traffic, index, context));
}

function sourceOf(traffic: Traffic, index: number, context: Context): Source {
  const { site, slice } = context;
  const { scenario } = site;
  const shares = (key: 'mix' | 'regions', names: readonly string[]): SharePiece[] => {
    if (traffic[key].length === 0 && names.length > 1) {
      const message = `${key} of this traffic is missing, but there are several: ${names.join(', ')}`;
      refuse(
        { code: 'HF521', message, help: `add ${key}: their shares`, path: ['traffic', index] },
        site.position,
      );
    }
    return sharePieces(traffic[key], names, scenario.clock.warmUpNs);
  };
  const classes = shares('mix', Object.keys(scenario.requests));
  const shared = { name: `traffic.${index}`, classes, regions: shares('regions', site.regions) };
  switch (traffic.model) {
    case 'open':
      return { ...shared, model: 'open', ...openParts(traffic, context) };
    case 'trace':
      return { ...shared, model: 'trace', ...readTrace(traffic, context) };
    case 'closed': {
      const { meanNs, table } = context.draw(traffic.think);
      return {
        ...shared,
        model: 'closed',
        users: traffic.users / slice,
        thinkTable: table,
        thinkMeanNs: meanNs,
      };
    }
  }
}

function openParts(traffic: OpenTraffic, { site, slice, draw }: Context) {
  const pieces = ratePieces(traffic.curve, site.scenario.clock, slice);
  return { pieces, noise: traffic.noise, arrivals: arrivalsOf(traffic.arrivals, slice, draw) };
}

/**
 * Thinning to 1/k keeps Poisson and modulated Poisson arrivals what they are. Of a batch of geometric size with mean
 * m ≥ 1, each request kept with chance 1/k, at least one kept: the rest is again geometric, with mean 1 + (m − 1)/k.
 * Factors of a modulated source multiply the curve as given: its mean rate is the curve × the factors' time average.
 */
function arrivalsOf(arrivals: ArrivalProcess, slice: number, draw: Context['draw']): ModelArrivals {
  switch (arrivals.process) {
    case 'renewal':
      return { process: 'renewal', table: draw(arrivals.law).table };
    case 'mmpp': {
      const { states } = arrivals;
      return {
        process: 'mmpp',
        factors: states.map((state) => state.factor),
        meansNs: states.map((state) => state.meanNs),
      };
    }
    case 'batch': {
      const { sizes } = arrivals;
      if (sizes.law === 'constant') return { process: 'batch', law: 'constant', mean: sizes.size };
      return { process: 'batch', law: 'geometric', mean: 1 + (sizes.mean - 1) / slice };
    }
    default:
      return arrivals;
  }
}

/** Shares from each point on; the first holds from the start of the warm-up. */
export function sharePieces(
  points: readonly MixPoint[],
  names: readonly string[],
  warmUpNs: number,
): SharePiece[] {
  return points.map(({ atNs, shares }, index) => ({
    fromNs: index === 0 ? -warmUpNs : atNs,
    cumulative: cumulativeThresholds(names.map((name) => shares[name] ?? 0)),
  }));
}
