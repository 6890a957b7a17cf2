/** The keys that the language has, as the JSON Schema of scenario files says. */
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { scenarioJsonSchema, schemaKeys } from '../../src/scenario/json-schema.ts';
import { CATALOGUE } from '../scenario/shipped.ts';

export const SCHEMA_KEYS: readonly string[] = schemaKeys(scenarioJsonSchema(readCatalogue(CATALOGUE)));
