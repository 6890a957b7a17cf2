import { wildcard } from '../../scenario/wildcard.ts';
import type { Measured } from '../context.ts';
import { isLatency, type Metric } from './metric.ts';
import { readOperations } from './operation-subject.ts';
import type { Reading, Subject } from './reading.ts';
import { RequestReader } from './request-subject.ts';
import { isRunFigure, readRunFigure, type FiguresOf, type Part } from './run-figures.ts';
import { readStations, stationsHave } from './station-subject.ts';

export interface Sources {
  readonly model: Measured['model'];
  readonly figures: FiguresOf;
  /** Of the limit, where that is an amount of money. */
  readonly currency: string | undefined;
}

/**
 * What a budget's target stands for: `*` (the whole site, one row), or each `request:`, `service:`, `operation:`,
 * `station:` or `layer:` whose name matches; `*` in a name matches any characters.
 */
export function subjectsOf(sources: Sources, target: string): Subject[] {
  if (target === '*') return [wholeSite(sources)];
  const colon = target.indexOf(':');
  const pattern = target.slice(colon + 1);
  const list = SUBJECTS[target.slice(0, colon)];
  return list === undefined
    ? []
    : list(sources).filter((each) => wildcard(pattern, each.target.slice(colon + 1)));
}

/** "station:*" means those that can have such a number; who is named must have it. */
export function keptOf(subjects: readonly Subject[], target: string, metric: Metric): readonly Subject[] {
  return target.includes('*') ? subjects.filter((subject) => subject.has(metric)) : subjects;
}

type Lister = (sources: Sources) => Subject[];

const SUBJECTS: Readonly<Record<string, Lister>> = {
  request: ({ model }) =>
    model.classes.map(({ name }, id) => {
      const reader = new RequestReader([id]);
      return {
        target: `request:${name}`,
        request: name,
        has: () => true,
        read: (of, question) => reader.read(of, question),
      };
    }),
  operation: ({ model }) =>
    model.operations.map(({ name }, id) => ({
      target: `operation:${name}`,
      request: null,
      has: () => true,
      read: (of, question) => readOperations(of, [id], question),
    })),
  service: (sources) => sources.model.stations.map(({ name }, id) => service(sources, name, id)),
  station: (sources) =>
    sources.model.stations.map(({ name }, id) =>
      stations(sources, `station:${name}`, { stationIds: [id], layer: null }),
    ),
  layer: (sources) =>
    sources.model.layers.map((layer) => {
      const stationIds = sources.model.stations.flatMap((each, id) => (each.layer === layer ? [id] : []));
      return stations(sources, `layer:${layer}`, { stationIds, layer });
    }),
};

function wholeSite({ model, figures, currency }: Sources): Subject {
  const requests = new RequestReader(model.classes.map((_, id) => id));
  const all = model.stations.map((_, id) => id);
  return {
    target: '*',
    request: model.classes.length === 1 ? (model.classes[0]?.name ?? null) : null,
    has: () => true,
    read: (of, question) => {
      const { metric } = question;
      if (isRunFigure(metric)) {
        return readRunFigure(of, figures, { stationIds: null, layer: null }, { ...question, currency });
      }
      return metric.kind === 'util' || metric.kind === 'queue.max'
        ? readStations(of, all, question)
        : requests.read(of, question);
    },
  };
}

function stations(
  { model, figures, currency }: Sources,
  target: string,
  part: Part & { readonly stationIds: readonly number[] },
): Subject {
  return {
    target,
    request: null,
    has: (metric) => isRunFigure(metric) || stationsHave({ model }, part.stationIds, metric),
    read: (of, question) =>
      isRunFigure(question.metric)
        ? readRunFigure(of, figures, part, { ...question, currency })
        : readStations(of, part.stationIds, question),
  };
}

/** A station as its callers see it: its operations where it has any, else its servers. */
function service({ model }: Sources, name: string, id: number): Subject {
  const operations = model.operations.flatMap(({ station }, index) => (station === id ? [index] : []));
  const isOfOperations = (metric: Metric): boolean => operations.length > 0 && isSeenByCallers(metric);
  return {
    target: `service:${name}`,
    request: null,
    has: (metric) => isOfOperations(metric) || stationsHave({ model }, [id], metric),
    read: (of, question): Reading =>
      isOfOperations(question.metric)
        ? readOperations(of, operations, question)
        : readStations(of, [id], question),
  };
}

function isSeenByCallers(metric: Metric): boolean {
  return isLatency(metric) || ['errors', 'availability', 'throughput'].includes(metric.kind);
}
