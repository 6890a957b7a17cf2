/** The files that ship, as tests read them: catalogue texts and scenarios. */
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

function yamlFiles(folder: string): Record<string, string> {
  const files = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  const yaml = files.filter((file) => file.endsWith('.yaml')).sort();
  return Object.fromEntries(yaml.map((file) => [file, readFileSync(new URL(folder + file, root), 'utf8')]));
}

export const CATALOGUE: Readonly<Record<string, string>> = yamlFiles('catalog/');

/** Scenario name → text; claims files are no scenarios. */
export const SCENARIOS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(yamlFiles('scenarios/')).filter(([file]) => !file.endsWith('.claims.yaml')),
);

export function readShipped(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
