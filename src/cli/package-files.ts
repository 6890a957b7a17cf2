import type { PackedTexts } from '../scenario/catalogue.ts';
import type { Io } from './io.ts';

/** Made by the bundler. */
const PACKED_CATALOGUE = 'dist/bundle/catalogue.json';
const utf8 = new TextDecoder();

/** Texts of catalog/, by path inside it: what the language knows of components and hosts. */
export function readCatalogueTexts({ files, packageDir }: Io): Record<string, string> {
  const folder = `${packageDir}catalog`;
  const names = files.list(folder).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(names.map((name) => [name, utf8.decode(files.read(`${folder}/${name}`))]));
}

/** The same files as they were read when this installation was built; none where it was not bundled. */
export function readPackedCatalogue({ files, packageDir }: Io): PackedTexts {
  const file = `${packageDir}${PACKED_CATALOGUE}`;
  return files.exists(file) ? (JSON.parse(utf8.decode(files.read(file))) as PackedTexts) : {};
}

/** Version of this installation, from its package.json. */
export function readVersion({ files, packageDir }: Io): string {
  const manifest: unknown = JSON.parse(utf8.decode(files.read(`${packageDir}package.json`)));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new RangeError('package.json has no version');
}

/** Fonts of charts, Latin first: the Chinese one fills the glyphs it lacks. */
export function readFonts({ files, packageDir }: Io): { bytes: Uint8Array }[] {
  const folder = `${packageDir}assets/fonts`;
  const names = files.list(folder).filter((name) => name.endsWith('.woff2'));
  const latinFirst = names.sort((a, b) => Number(b.includes('latin')) - Number(a.includes('latin')));
  return latinFirst.map((name) => ({ bytes: files.read(`${folder}/${name}`) }));
}

/** What a thread that simulates loads: from the bundle, wherever this file runs from. */
export function workerFile({ packageDir }: Io): string {
  return `${packageDir}dist/bundle/worker-threads.js`;
}
