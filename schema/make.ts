/** Writes scenario.schema.json from the schemas of src/scenario and the presets of catalog/: `npx tsx schema/make.ts`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readCatalogue } from '../src/scenario/catalogue.ts';
import { scenarioJsonSchema } from '../src/scenario/json-schema.ts';

const catalog = new URL('../catalog/', import.meta.url);
const files = readdirSync(catalog, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);
const texts = Object.fromEntries(
  files.sort().map((file) => [file, readFileSync(new URL(file, catalog), 'utf8')]),
);
const schema = scenarioJsonSchema(readCatalogue(texts));
writeFileSync(new URL('scenario.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
