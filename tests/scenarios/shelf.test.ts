import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load, scenarioFiles, textOf } from './shipped.ts';

describe.each(scenarioFiles)('scenarios/%s', (path) => {
  const lines = textOf(path).split('\n');
  const { scenario, diagnostics } = load(path);

  test('loads without a word of complaint', () => {
    expect(diagnostics).toEqual([]);
    expect(scenario).not.toBeNull();
  });

  test('tells the editor where its schema is', () => {
    const up = dirname(path) === '.' ? '..' : '../..';
    expect(lines[0]).toBe(`# yaml-language-server: $schema=${up}/schema/scenario.schema.json`);
  });

  test('says at the top what it is for and has the id of its file', () => {
    expect(lines.slice(1, 4).join('\n')).toMatch(/^#/);
    expect(scenario?.id).toBe(basename(path, '.yaml'));
    expect(scenario?.title).toBeTruthy();
  });

  test('has at most 2,000 windows', () => {
    const { lastsNs, windowNs } = scenario!.clock;
    expect(lastsNs / windowNs).toBeLessThanOrEqual(2000);
  });
});

describe.each(scenarioFiles.filter((path) => path.startsWith('theory/')))('scenarios/%s', (path) => {
  test('names the literature its closed form is from', () => {
    expect(textOf(path)).toMatch(/^# Source: .*\b(19|20)\d\d\b/m);
  });

  test('has no figure of anybody’s site: nothing from the catalogue, no budget', () => {
    const { scenario, ledger } = load(path);
    expect(scenario?.budgets).toEqual([]);
    expect(ledger.filter(({ origin }) => origin !== 'scenario' && origin !== 'default')).toEqual([]);
  });
});

test('the theory shelf covers the stations, nets and protections that have closed forms', () => {
  const names = scenarioFiles
    .filter((path) => path.startsWith('theory/'))
    .map((path) => basename(path, '.yaml'));
  const stations = ['mm1', 'mmc', 'mg1', 'mmck', 'ps', 'mtmc'];
  const nets = ['mmc-pool-timeout', 'tandem', 'fork-join', 'layered', 'jsq2'];
  expect(names).toEqual(expect.arrayContaining([...stations, ...nets]));
});
