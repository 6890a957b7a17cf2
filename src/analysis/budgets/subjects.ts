import { wildcard } from '../../scenario/wildcard.ts';
import type { Context } from '../context.ts';
import type { StationFinding } from '../findings.ts';
import { isLatency, type Metric } from './metric.ts';
import { readOperations } from './operation-subject.ts';
import type { Reading, Subject } from './reading.ts';
import { readRequests } from './request-subject.ts';
import { readStations, stationsHave } from './station-subject.ts';

/**
 * What a budget's target stands for: `*` (the whole site, one row), or each `request:`, `service:`, `operation:`,
 * `station:` or `layer:` whose name matches; `*` in a name matches any characters.
 */
export function subjectsOf(context: Context, stations: readonly StationFinding[], target: string): Subject[] {
  if (target === '*') return [wholeSite(context, stations)];
  const colon = target.indexOf(':');
  const pattern = target.slice(colon + 1);
  const list = SUBJECTS[target.slice(0, colon)];
  return list === undefined
    ? []
    : list(context, stations).filter((each) => wildcard(pattern, each.target.slice(colon + 1)));
}

type Lister = (context: Context, stations: readonly StationFinding[]) => Subject[];

const SUBJECTS: Readonly<Record<string, Lister>> = {
  request: (context) =>
    context.model.classes.map(({ name }, id) => ({
      target: `request:${name}`,
      request: name,
      has: () => true,
      read: (metric, span) => readRequests(context, [id], metric, span),
    })),
  operation: (context) =>
    context.model.operations.map(({ name }, id) => ({
      target: `operation:${name}`,
      request: null,
      has: () => true,
      read: (metric, span) => readOperations(context, [id], metric, span),
    })),
  service: (context, stations) =>
    context.model.stations.map(({ name }, id) => service(context, stations, name, id)),
  station: (context, stations) =>
    context.model.stations.map(({ name }, id) => ({
      target: `station:${name}`,
      request: null,
      has: (metric) => stationsHave(context, [id], metric),
      read: (metric, span) => readStations(context, stations, [id], metric, span),
    })),
  layer: (context, stations) =>
    context.model.layers.map((layer) => {
      const ids = context.model.stations.flatMap((each, id) => (each.layer === layer ? [id] : []));
      return {
        target: `layer:${layer}`,
        request: null,
        has: (metric) => stationsHave(context, ids, metric),
        read: (metric, span) => readStations(context, stations, ids, metric, span),
      };
    }),
};

function wholeSite(context: Context, stations: readonly StationFinding[]): Subject {
  const classes = context.model.classes.map((_, id) => id);
  const all = context.model.stations.map((_, id) => id);
  return {
    target: '*',
    request: context.model.classes.length === 1 ? (context.model.classes[0]?.name ?? null) : null,
    has: () => true,
    read: (metric, span) =>
      metric.kind === 'util' || metric.kind === 'queue.max'
        ? readStations(context, stations, all, metric, span)
        : readRequests(context, classes, metric, span),
  };
}

/** A station as its callers see it: its operations where it has any, else its servers. */
function service(context: Context, stations: readonly StationFinding[], name: string, id: number): Subject {
  const operations = context.model.operations.flatMap(({ station }, index) =>
    station === id ? [index] : [],
  );
  const isOfOperations = (metric: Metric): boolean => operations.length > 0 && isSeenByCallers(metric);
  return {
    target: `service:${name}`,
    request: null,
    has: (metric) => isOfOperations(metric) || stationsHave(context, [id], metric),
    read: (metric, span): Reading =>
      isOfOperations(metric)
        ? readOperations(context, operations, metric, span)
        : readStations(context, stations, [id], metric, span),
  };
}

function isSeenByCallers(metric: Metric): boolean {
  return isLatency(metric) || ['errors', 'availability', 'throughput'].includes(metric.kind);
}
