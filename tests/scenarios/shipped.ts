/** The shipped scenarios and the catalogue, read as a user's would be. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadScenario, type Loaded } from '../../src/compile/load.ts';
import type { Scenario } from '../../src/scenario/types.ts';

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));

const catalogue = Object.fromEntries(
  yamlFiles('catalog').map((path) => [path, readFileSync(`catalog/${path}`, 'utf8')]),
);

/** Paths inside scenarios/, claims left out. */
export const scenarioFiles = yamlFiles('scenarios').filter((path) => !path.endsWith('.claims.yaml'));

export const textOf = (path: string): string => readFileSync(`scenarios/${path}`, 'utf8');

export function load(path: string): Loaded {
  return loadScenario({ file: `scenarios/${path}`, text: textOf(path), catalogue, overrides: [] });
}

export function scenarioOf(path: string): Scenario {
  const { scenario, diagnostics } = load(path);
  if (scenario === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return scenario;
}
