import Ajv, { type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { scenarioJsonSchema, schemaKeys, type Json } from '../../src/scenario/json-schema.ts';
import { CATALOGUE, readShipped, SCENARIOS } from './shipped.ts';

const schema = scenarioJsonSchema(readCatalogue(CATALOGUE));
const FIRST_LINE = /^# yaml-language-server: \$schema=(?:\.\.\/)+schema\/scenario\.schema\.json$/;

function validator(): ValidateFunction {
  return new Ajv.default({ strict: false, allErrors: true }).compile(schema);
}

test('the committed file is the one that the schemas make: npm run generate', () => {
  expect(`${JSON.stringify(schema, null, 2)}\n` === readShipped('schema/scenario.schema.json')).toBe(true);
});

test('is draft-07, the newest that editors read', () => {
  expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
});

describe('every shipped scenario', () => {
  const validate = validator();
  test.each(Object.entries(SCENARIOS))('%s names the schema and keeps it', (_, text) => {
    expect(text.split('\n')[0]).toMatch(FIRST_LINE);
    expect(validate(parse(text)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });
});

test.each([
  ['a bare number for a duration', 'clock: { lasts: 10 }'],
  ['an unknown key', 'sead: 1'],
  ['an unknown kind', 'layers: { a: { kind: nginks } }'],
  ['a missing parameter', 'layers: { a: { kind: nginx } }'],
  ['a long form without a source', 'stations: { a: { servers: { value: 4 } } }'],
  ['a step with two verbs', 'stations: { a: { operations: { x: [{ serve: 1ms, call: b }] } } }'],
])('the schema refuses %s', (_, text) => {
  const sound = {
    scenario: 'a',
    clock: { lasts: '1s' },
    traffic: { rate: '1/s' },
    stations: {},
    requests: {},
  };
  const validate = validator();
  expect(validate(sound)).toBe(true);
  expect(validate({ ...sound, ...(parse(text) as object) })).toBe(false);
});

test('every property has a description and an example that its own schema accepts', () => {
  const ajv = new Ajv.default({ strict: false });
  ajv.addSchema(schema, 'scenario');
  const bad: string[] = [];
  let seen = 0;
  const visit = (json: Json | undefined, pointer: string): void => {
    if (typeof json !== 'object' || json === null) return;
    if (Array.isArray(json)) {
      json.forEach((each, i) => {
        visit(each, `${pointer}/${i}`);
      });
      return;
    }
    for (const [key, value] of Object.entries(json)) {
      if (key === 'examples' || key === 'required') continue;
      if (key === 'properties') {
        for (const [name, property] of Object.entries(value as Record<string, Json>)) {
          const at = `${pointer}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          seen++;
          if (!isDocumented(property, at, ajv)) bad.push(at);
        }
      }
      visit(value, `${pointer}/${key}`);
    }
  };
  visit(schema, '');
  expect(bad).toEqual([]);
  expect(seen).toBeGreaterThan(200);
});

/** A reference carries the documentation of what it refers to, which is visited on its own. */
function isDocumented(property: Json, pointer: string, ajv: Ajv.default): boolean {
  if (typeof property !== 'object' || property === null || Array.isArray(property)) return false;
  if ('$ref' in property) return true;
  const examples = property['examples'];
  const isDescribed = typeof property['description'] === 'string' && property['description'] !== '';
  if (!isDescribed || !Array.isArray(examples)) return false;
  const validate = ajv.getSchema(`scenario#${pointer}`);
  return (
    validate !== undefined && examples.length > 0 && examples.every((example) => validate(example) === true)
  );
}

test('lists the keys of the language', () => {
  const keys = schemaKeys(schema);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual(
    expect.arrayContaining([
      'clock.lasts',
      'traffic.curve[].at',
      'stations.*.pool.perCaller',
      '<step>.cache.hit',
      '<distribution>.erlang.k',
      'layers.*(nginx).workers',
    ]),
  );
});
