import type { ArrivalProcess as ModelArrivals } from '../../model/traffic/arrivals.ts';
import type { SharePiece, Source } from '../../model/model.ts';
import type {
  ArrivalProcess,
  MixPoint,
  OpenTraffic,
  Path,
  TraceTraffic,
  Traffic,
} from '../../scenario/types.ts';
import { numbersOf, readCsv, type Files } from '../parts/csv.ts';
import type { Draw } from '../parts/parts.ts';
import { cumulativeThresholds } from '../parts/thresholds.ts';
import { refuse } from '../refusal.ts';
import type { Site } from '../tree/site.ts';
import { ratePieces } from './curve.ts';

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
      return { ...shared, model: 'trace', ...traceParts(traffic, index, context) };
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

function traceParts(traffic: TraceTraffic, index: number, { site, files }: Context) {
  const { position, scenario } = site;
  const path: Path = ['traffic', index, 'trace'];
  const table = readCsv({ file: traffic.file, files, path, position });
  const atNs = numbersOf(table, 'at', { path, position }).map((seconds) => Math.round(seconds * 1e9));
  const back = atNs.findIndex((at, row) => row > 0 && at < atNs[row - 1]!);
  if (back >= 0) {
    const message = `${traffic.file}, row ${back + 1}: earlier than the row before`;
    refuse({ code: 'HF519', message, help: 'sort the file by time', path }, position);
  }
  return {
    atNs: Float64Array.from(atNs),
    classIds: classColumn(table, Object.keys(scenario.requests), { path, site }),
  };
}

function classColumn(
  table: ReturnType<typeof readCsv>,
  names: readonly string[],
  { path, site }: { readonly path: Path; readonly site: Site },
): Int32Array {
  const column = table.header.indexOf('request');
  return Int32Array.from(table.rows, (row, index) => {
    const name = column < 0 ? '' : (row[column] ?? '');
    if (name === '') return -1;
    const id = names.indexOf(name);
    if (id >= 0) return id;
    const message = `${table.file}, row ${index + 1}: no request class "${name}"`;
    return refuse({ code: 'HF520', message, help: `use one of: ${names.join(', ')}`, path }, site.position);
  });
}
