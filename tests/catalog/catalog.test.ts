import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const CONFIDENCES = ['measured', 'cited', 'assumed'];
const TYPES = [
  ...['count', 'duration', 'distribution', 'rate', 'share', 'size', 'price', 'choice', 'boolean'],
  'requests', // names of request classes
];

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };
type Parameter = Record<string, Plain>;

interface Preset {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly station: { readonly operations?: Readonly<Record<string, Plain>> };
  readonly defaultOperation?: string;
}

interface HostType {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly host: Readonly<Record<string, Parameter>>;
}

function readFolder(folder: string): { name: string; file: unknown }[] {
  return readdirSync(folder)
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({
      name: basename(path, '.yaml'),
      file: parse(readFileSync(`${folder}/${path}`, 'utf8')) as unknown,
    }));
}

const presets = readFolder('catalog') as { name: string; file: Preset }[];
const hosts = readFolder('catalog/hosts') as { name: string; file: HostType }[];
const parameters = presets.flatMap(({ name, file }) =>
  Object.entries(file.parameters).map(([key, parameter]) => ({ id: `${name}.${key}`, key, parameter, file })),
);

/** Every scalar of a template as text, with the keys that lead to it. */
function scalarsOf(node: Plain | undefined, path = ''): { path: string; text: string }[] {
  if (node === undefined || node === null || typeof node !== 'object') return [{ path, text: String(node) }];
  return Object.entries(node).flatMap(([key, value]) => scalarsOf(value, `${path}.${key}`));
}

const references = ({ station }: Preset) =>
  scalarsOf(station as Plain)
    .filter(({ text }) => text.startsWith('$'))
    .map(({ text }) => text.slice(1));

describe('the catalogue', () => {
  test('has every component a site of this kind is made of', () => {
    const kinds = ['cdn', 'waf', 'lvs', 'nginx', 'spring-cloud-gateway', 'java-service', 'go-service'];
    expect(presets.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...kinds, 'redis-cluster', 'local-cache', 'mysql', 'kafka']),
    );
    expect(hosts.map(({ name }) => name)).toEqual(expect.arrayContaining(['compute', 'memory-optimised']));
  });

  test.each(presets)('$name is named as its file, titled and described', ({ name, file }) => {
    expect(file.kind).toBe(name);
    expect(file.title.length).toBeGreaterThan(5);
    expect(file.description.length).toBeGreaterThan(60);
  });

  test.each(parameters)('$id says what it is, where it comes from and how far it may go', ({ parameter }) => {
    expect(TYPES).toContain(parameter['type']);
    expect(CONFIDENCES).toContain(parameter['confidence']);
    for (const key of ['description', 'source', 'range']) expect(parameter[key]).toBeTruthy();
    const isRequired = parameter['required'] === true;
    expect(Object.hasOwn(parameter, 'value')).toBe(!isRequired);
    expect(Object.hasOwn(parameter, 'example')).toBe(isRequired);
  });

  test.each(parameters)(
    '$id is used by its template, or says that it has no effect',
    ({ key, parameter, file }) => {
      const isUsed = references(file).includes(key);
      expect(isUsed).toBe(!JSON.stringify(parameter['description']).includes('no effect'));
    },
  );

  test.each(presets)('the template of $name refers to parameters of its own only', ({ file }) => {
    expect(Object.keys(file.parameters)).toEqual(expect.arrayContaining(references(file)));
  });

  test.each(presets)('the template of $name holds no figure but a single server', ({ file }) => {
    const figures = scalarsOf(file.station as Plain).filter(({ text }) => /\d/.test(text));
    expect(figures.filter(({ path, text }) => path !== '.servers' || text !== '1')).toEqual([]);
  });

  test.each(presets)(
    'a path element that names only $name means something, or its author must say what',
    ({ file }) => {
      const operations = Object.keys(file.station.operations ?? {});
      if (file.defaultOperation === undefined) expect(operations).not.toHaveLength(1);
      else expect(operations).toContain(file.defaultOperation);
    },
  );

  test.each(['cdn', 'waf', 'lvs', 'nginx', 'spring-cloud-gateway'])('%s passes requests on', (name) => {
    const { file } = presets.find((each) => each.name === name)!;
    expect(file.defaultOperation).toBe('proxy');
    expect(scalarsOf(file.station.operations!['proxy']).map(({ text }) => text)).toContain('forward');
  });

  test.each(hosts)('host type $name is complete and every figure has a source', ({ name, file }) => {
    expect(file.type).toBe(name);
    expect(file.title.length).toBeGreaterThan(5);
    const figures = ['sockets', 'cores', 'smt', 'clock', 'referenceClock', 'memory', 'price', 'smtYield'];
    const factors = ['hugePageCoverage', 'remoteLatencyRatio', 'memoryStallShare', 'pageWalkShare'];
    expect(Object.keys(file.host)).toEqual(
      expect.arrayContaining([...figures, ...factors, 'numa', 'hugePages']),
    );
    for (const figure of Object.values(file.host)) {
      expect(Object.keys(figure)).toEqual(['value', 'range', 'source', 'confidence']);
      expect(CONFIDENCES).toContain(figure['confidence']);
    }
  });
});
