import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { packText, unpackText, type PackedText } from '../../src/scenario/packed-tree.ts';
import { readYaml } from '../../src/scenario/yaml-tree.ts';

const FILES = readdirSync('catalog', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yaml'),
);

/** As it comes back from a file. */
function packed(file: string, text: string): PackedText {
  return JSON.parse(JSON.stringify(packText(file, text))) as PackedText;
}

test.each(FILES)('%s unpacks to the tree that reading it gives, positions and notes included', (file) => {
  const text = readFileSync(`catalog/${file}`, 'utf8');
  expect(unpackText(file, packed(file, text))).toEqual(readYaml(file, text).tree);
});

test('every kind of value survives', () => {
  const text = [
    'a: { value: 14us, source: measured, confidence: measured, range: 1us to 2us }',
    'b: [1.10, "1.10", true, null, [], {}]',
    'c: { value: [1, 2], source: somebody }',
    'é: *x'.replace('*x', '"洪峰"'),
    '',
  ].join('\n');
  const tree = unpackText('x.yaml', packed('x.yaml', text));
  expect(tree).toEqual(readYaml('x.yaml', text).tree);
  expect(tree).toMatchObject({ kind: 'map' });
});

test('what JSON cannot hold, and what is not sound, is not packed', () => {
  expect(() => packText('x.yaml', 'a: .inf')).toThrow(RangeError);
  expect(() => packText('x.yaml', 'a: [')).toThrow(RangeError);
});

describe('a catalogue with packed files', () => {
  const text = (title: string): string =>
    `kind: box\ntitle: ${title}\nparameters: {}\nstation: { servers: 1 }\n`;

  test('takes a packed file for its text', () => {
    // The tree is another one than the text's, so that it shows which was taken.
    const false1 = { ...packed('box.yaml', text('packed')), text: text('read') };
    const { presets } = readCatalogue({ 'box.yaml': text('read') }, { 'box.yaml': false1 });
    expect(presets.get('box')?.title).toBe('packed');
  });

  test('reads a file that was changed since', () => {
    const { presets } = readCatalogue(
      { 'box.yaml': text('new') },
      { 'box.yaml': packed('box.yaml', text('old')) },
    );
    expect(presets.get('box')?.title).toBe('new');
  });
});
