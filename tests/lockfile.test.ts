import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Versions = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly peerDependencies?: Versions;
}
interface Lock {
  readonly packages: Readonly<Record<string, { version?: string; optionalDependencies?: Versions }>>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const manifest = readJson('package.json') as Manifest;
const lock = readJson('package-lock.json') as Lock;

// A registry that answers without some platform packages leaves a lock file that works only on the
// machine that wrote it: https://github.com/npm/cli/issues/9846
test('the lock file holds every platform package of @napi-rs/canvas', () => {
  const platforms = lock.packages['node_modules/@napi-rs/canvas']?.optionalDependencies ?? {};
  expect(Object.keys(platforms).length).toBeGreaterThan(0);
  const locked = Object.keys(platforms).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
  expect(Object.fromEntries(locked)).toEqual(platforms);
});

test.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
  'the version of %s is exact: %s',
  (_name, version) => {
    expect(version).toMatch(/^(\d+\.\d+\.\d+|file:\.\/vendor\/[a-z]+)$/);
  },
);

test('vendor/canvas is made for the @napi-rs/canvas that is installed', () => {
  const { peerDependencies } = readJson('vendor/canvas/package.json') as Manifest;
  expect(peerDependencies?.['@napi-rs/canvas']).toBe(manifest.dependencies['@napi-rs/canvas']);
});
