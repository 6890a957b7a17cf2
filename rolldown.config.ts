/**
 * The program as it is shipped: a few files instead of some 400, because Node takes half a millisecond to find and load
 * each. Not minified: a stack trace names our functions. `dist/` beside it, made by tsc, is for tests and bench.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { buildTable } from './src/random/quantile-table.ts';
import { COMMON_SHAPES, packTable } from './src/random/packed-tables.ts';
import { shapeOf } from './src/random/table-set.ts';
import { packText } from './src/scenario/packed-tree.ts';

export default defineConfig({
  // Threads load the second one by its name: see src/cli/package-files.ts.
  input: { main: 'src/cli/main.ts', 'worker-threads': 'src/study/worker-threads.ts' },
  platform: 'node',
  // For Node yaml has CommonJS, of which nothing can be left out; the modules it has for browsers are the same program.
  resolve: { alias: { yaml: resolve('node_modules/yaml/browser/dist/index.js') } },
  // What is native, what is read as a file, and what finds a file of its own beside itself.
  external: ['chart.js', 'chart.js/auto', 'chartjs-node-canvas', '@napi-rs/canvas', 'tinypool'],
  plugins: [packedCatalogue(), bundledTables(), licences()],
  output: {
    dir: 'dist/bundle',
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
  },
});

/** catalogue.json: what src/cli/package-files.ts reads. */
function packedCatalogue(): Plugin {
  return {
    name: 'packed-catalogue',
    generateBundle() {
      const names = readdirSync('catalog', { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll('\\', '/'))
        .filter((name) => name.endsWith('.yaml'))
        .sort();
      const packed = names.map((name) => [name, packText(name, readFileSync(`catalog/${name}`, 'utf8'))]);
      const source = JSON.stringify(Object.fromEntries(packed));
      this.emitFile({ type: 'asset', fileName: 'catalogue.json', source });
    },
  };
}

/** What src/random/bundled-tables.ts is in the bundle. */
function bundledTables(): Plugin {
  return {
    name: 'bundled-tables',
    load(id) {
      if (!id.replaceAll('\\', '/').endsWith('/src/random/bundled-tables.ts')) return null;
      const tables = COMMON_SHAPES.map((shape) => [shapeOf(shape), packTable(buildTable(shape))]);
      return `export const BUNDLED_TABLES = ${JSON.stringify(Object.fromEntries(tables))};`;
    },
  };
}

/** licences.txt: the terms of the packages whose code is in the bundle ask to be passed on with it. */
function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const folders = modules.flatMap(
        (id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0] ?? [],
      );
      const source = [...new Set(folders)].sort().map(licenceOf).join('\n\n');
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
}

/** @throws {Error} when the package does not say under which terms it may be passed on. */
function licenceOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<
    string,
    string
  >;
  const files = readdirSync(folder);
  // Some packages state them in their read-me.
  const file = files.find((each) => /^licen[cs]e/i.test(each)) ?? files.find((each) => /^readme/i.test(each));
  if (file === undefined) throw new Error(`${folder} has no licence`);
  return `${String(name)} ${String(version)}\n\n${readFileSync(`${folder}/${file}`, 'utf8')}`;
}
