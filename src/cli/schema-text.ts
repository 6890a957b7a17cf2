import { readCatalogue } from '../scenario/catalogue.ts';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import type { Io } from './io.ts';
import { readCatalogueTexts } from './package-files.ts';

/** The JSON Schema of scenario files as text; the committed schema/scenario.schema.json is this. */
export function schemaText(io: Io): string {
  return `${JSON.stringify(scenarioJsonSchema(readCatalogue(readCatalogueTexts(io))), null, 2)}\n`;
}
