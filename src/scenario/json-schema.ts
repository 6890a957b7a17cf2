/**
 * The JSON Schema (draft-07, which is what editors support) of scenario files: made from the same zod schemas that
 * read them and from the catalogue, so that it cannot say anything else.
 */
import * as z from 'zod';
import type { Catalogue, Preset } from './catalogue.ts';
import { CONFIDENCES } from './long-form.ts';
import { parameterSchema } from './schema/parameter.ts';
import { byName } from './schema/name.ts';
import { doc, strict, type QuantityType } from './schema/quantity.ts';
import { scenarioShape } from './schema/scenario.ts';
import { stationShape } from './schema/station.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

const NUMBER = String.raw`\d+(\.\d+)?(e[+-]?\d+)?`;

/** What a text must look like to be a quantity; `number` says whether a bare number will do. */
const QUANTITIES: Readonly<
  Record<QuantityType, { what: string; pattern: string; number: boolean; example: string }>
> = {
  duration: {
    what: 'Length of time: ns, us, ms, s, m, h, d',
    pattern: `^(${NUMBER} *(ns|us|µs|μs|ms|min|s|m|h|d))+$`,
    number: false,
    example: '250us',
  },
  rate: {
    what: 'Events per time',
    pattern: `^${NUMBER} *[kMG]? *(/ *(s|sec|min|m|h|d)|rps|qps|tps)$`,
    number: false,
    example: '20k/s',
  },
  share: { what: 'Share in per cent', pattern: `^${NUMBER} *%$`, number: false, example: '70%' },
  ratio: {
    what: 'Plain factor, or per cent',
    pattern: `^${NUMBER} *([kMG]|%)?$`,
    number: true,
    example: '0.8',
  },
  count: {
    what: 'Whole number, also with k, M, G',
    pattern: `^${NUMBER} *[kMG]?$`,
    number: true,
    example: '50M',
  },
  room: {
    what: 'Whole number, or unlimited',
    pattern: `^(unlimited|${NUMBER} *[kMG]?)$`,
    number: true,
    example: 'unlimited',
  },
  number: { what: 'Plain number', pattern: `^${NUMBER} *[kMG]?$`, number: true, example: '0.99' },
  size: { what: 'Bytes', pattern: `^${NUMBER} *[kKMGT]?i?B$`, number: false, example: '256GiB' },
  money: { what: 'Amount of money', pattern: `^${NUMBER} *[A-Z]{3}$`, number: false, example: '100 CNY' },
  price: {
    what: 'Price of an hour',
    pattern: `^${NUMBER} *[A-Z]{3} */ *h$`,
    number: false,
    example: '1.6 USD/h',
  },
  clock: { what: 'Clock speed', pattern: `^${NUMBER} *(MHz|GHz)$`, number: false, example: '2.6 GHz' },
};

/** The schema as plain data, in a fixed order. */
export function scenarioJsonSchema(catalogue: Catalogue): JsonObject {
  const presets = [...catalogue.presets.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const layers = byName(z.union(presets.map(layerSchema)))
    .meta({ ...scenarioShape.layers.meta() })
    .optional();
  const schema = strict({ ...scenarioShape, layers, stations: scenarioShape.stations.optional() });
  const made = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonObject;
  const { $schema = null, definitions, ...rest } = withExamples(made) as JsonObject;
  const own = withoutCopies(definitions as Record<string, JsonObject>);
  return {
    $schema,
    title: 'hongfeng scenario',
    description: 'Traffic, stations and budgets of a site; see docs/scenario.md.',
    ...rest,
    anyOf: [{ required: ['stations'] }, { required: ['layers'] }],
    definitions: { ...quantityDefinitions(), ...own, ...longDistribution(own) },
  };
}

/** A preset's parameters and, on top of them, all words of a station. */
function layerSchema(preset: Preset): z.ZodType {
  const shape: Record<string, z.ZodType> = { ...stationShape };
  for (const parameter of preset.parameters.values()) {
    const own = parameterSchema(parameter);
    const word = Object.entries(stationShape)
      .find(([name]) => name === parameter.name)?.[1]
      .unwrap();
    // As in expansion: a scalar is the parameter, a map the station word of the same name.
    const both =
      word === undefined || parameter.type === 'distribution'
        ? own
        : doc(z.union([own, word]), parameter.description, parameter.example);
    shape[parameter.name] = parameter.required ? both : both.optional();
  }
  const kind = doc(z.literal(preset.kind), preset.title, preset.kind);
  return strict({ kind, ...shape }).meta({
    id: `layer-${preset.kind}`,
    description: `${preset.title}. ${preset.description.trim()}`,
  });
}

function quantityDefinitions(): JsonObject {
  return Object.fromEntries(
    Object.entries(QUANTITIES).flatMap(([type, { what, pattern, number, example }]): [string, Json][] => {
      const text: JsonObject = { type: 'string', pattern };
      const short: JsonObject = number ? { anyOf: [{ type: 'number', minimum: 0 }, text] } : text;
      return [
        [type, { description: what, examples: [example], ...short }],
        [`${type}WithSource`, longForm(type, example)],
      ];
    }),
  );
}

function longForm(type: string, example: Json): JsonObject {
  const source = 'published figure of the vendor';
  return {
    type: 'object',
    description: 'The value with where it comes from.',
    examples: [{ value: example, source, confidence: 'cited' }],
    properties: {
      value: {
        description: 'The value itself.',
        examples: [example],
        allOf: [{ $ref: `#/definitions/${type}` }],
      },
      source: { type: 'string', description: 'Where it comes from.', examples: [source] },
      confidence: {
        enum: [...CONFIDENCES],
        description: 'How far it can be trusted; assumed unless said.',
        examples: ['cited'],
      },
      range: {
        anyOf: [{ type: 'string' }, { type: 'array' }],
        description: 'Plausible values, for the ledger.',
        examples: ['5us to 40us'],
      },
    },
    required: ['value'],
    anyOf: [{ required: ['source'] }, { required: ['confidence'] }],
    additionalProperties: false,
  };
}

/** A layer has the words of a station: they are said once, there. */
function withoutCopies(definitions: Record<string, JsonObject>): Record<string, JsonObject> {
  const words = (definitions['station']?.['properties'] ?? {}) as JsonObject;
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      if (!name.startsWith('layer-')) return [name, definition];
      const properties = Object.entries(definition['properties'] as JsonObject).map(([word, json]) => {
        const isCopy = JSON.stringify(words[word]) === JSON.stringify(json);
        return [word, isCopy ? { $ref: `#/definitions/station/properties/${word}` } : json];
      });
      return [name, { ...definition, properties: Object.fromEntries(properties) as JsonObject }];
    }),
  );
}

/** The long form of a distribution, which is a form of the distribution itself. */
function longDistribution({ distribution = {} }: Record<string, JsonObject>): JsonObject {
  const forms = (distribution['anyOf'] ?? []) as Json[];
  return {
    distribution: {
      description: 'A random length of time; one figure is the same length every time.',
      ...distribution,
      anyOf: [...forms, { $ref: '#/definitions/distributionWithSource' }],
    },
    distributionWithSource: longForm('distribution', { mean: '2ms', cv: 0.8 }),
  };
}

/** `$example` of the metadata → `examples`; zod drops that word where a text is transformed into something else. */
function withExamples(json: Json): Json {
  if (Array.isArray(json)) return json.map(withExamples);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) =>
      key === '$example' ? ['examples', [value]] : [key, withExamples(value)],
    ),
  );
}

/** What `name` refers to: a definition, or a part of one (`station/properties/limit`). */
function resolve(definitions: Record<string, Json>, name: string): Json | undefined {
  let json: Json | undefined = definitions;
  for (const key of name.split('/')) {
    json = typeof json === 'object' && json !== null && !Array.isArray(json) ? json[key] : undefined;
  }
  return json;
}

/**
 * Every key that the schema knows, as a path: `clock.lasts`, `traffic.curve[].at`, `stations.*.servers`,
 * `layers.*(nginx).workers`. A definition that contains itself is listed once, under its name: `<step>.call`.
 */
export function schemaKeys(schema: JsonObject): string[] {
  return [...keyNodes(schema).keys()].sort();
}

/** The same with what the schema says of each; of several places that have one key, the first. */
export function keyNodes(schema: JsonObject): Map<string, JsonObject> {
  const keys = new Map<string, JsonObject>();
  const definitions = schema['definitions'] as Record<string, Json>;
  const listed = new Set<string>();
  const visit = (json: Json | undefined, path: string): void => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return;
    const { $ref, properties, additionalProperties, items, anyOf, allOf } = json;
    if (typeof $ref === 'string') {
      const name = $ref.replace('#/definitions/', '');
      if (name in QUANTITIES || name.endsWith('WithSource')) return;
      const isOwn = name === 'step' || name === 'distribution';
      if (isOwn && listed.has(name)) return;
      if (isOwn) listed.add(name);
      visit(
        resolve(definitions, name),
        isOwn ? `<${name}>` : name.startsWith('layer-') ? `${path}(${name.slice(6)})` : path,
      );
    }
    for (const [name, value] of Object.entries((properties ?? {}) as JsonObject)) {
      const key = path === '' ? name : `${path}.${name}`;
      if (!keys.has(key)) keys.set(key, value as JsonObject);
      visit(value, key);
    }
    visit(additionalProperties, `${path}.*`);
    for (const each of Array.isArray(items) ? items : [items]) visit(each, `${path}[]`);
    for (const each of [anyOf, allOf].flat()) visit(each, path);
  };
  visit(schema, '');
  return keys;
}
