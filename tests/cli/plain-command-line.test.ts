import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arguments } from '../../src/cli/arguments.ts';
import { parseCommandLine, type Parsed } from '../../src/cli/command-line.ts';
import { COMMANDS, type CommandSpec } from '../../src/cli/command-spec.ts';
import { parsePlainly } from '../../src/cli/plain-command-line.ts';

/** What a command gets to see of its command line. */
function seen(command: CommandSpec, args: Arguments): unknown[] {
  const read = {
    flag: (name: string) => args.flag(name),
    text: (name: string) => args.text(name),
    list: (name: string) => args.list(name),
  };
  return [
    ...command.positionals.map(({ name }) => [name, args.text(name), args.list(name)]),
    ...command.options.map(({ name, kind }) => [name, read[kind](name)]),
  ];
}

function outcome(parse: () => Parsed): unknown {
  try {
    const parsed = parse();
    return parsed.kind === 'text' ? parsed : [parsed.command.name, seen(parsed.command, parsed.args)];
  } catch (error) {
    return (error as Error).message;
  }
}

const VALUES = [
  'x.yaml',
  '1',
  '007',
  '3m',
  'a=1',
  'a.b=2k/s',
  'auto',
  'never',
  'bash',
  'é ü',
  '洪峰',
  'x=',
  '0x1',
];
const ODD = [
  '',
  '-',
  '--',
  '-1',
  '--x',
  '"a"',
  "'",
  '-ofile',
  '-qv',
  '-seed',
  '--seed=3',
  '--json=1',
  '--help',
  '-V',
];

function wordsFor({ options }: CommandSpec): fc.Arbitrary<string[]> {
  const names = options.flatMap(({ name, alias }) => [
    `--${name}`,
    ...(alias === undefined ? [] : [`-${alias}`]),
  ]);
  const value = fc.constantFrom(...VALUES);
  const option = fc.constantFrom(...names, '--seed');
  const chunk = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(option, value) },
    { weight: 2, arbitrary: fc.tuple(option) },
    { weight: 3, arbitrary: fc.tuple(value) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ODD)) },
  );
  return fc.array(chunk, { maxLength: 5 }).map((chunks) => chunks.flat());
}

describe('a command line read without yargs', () => {
  test.each(COMMANDS)('$name: is what yargs reads', (command) => {
    fc.assert(
      fc.property(wordsFor(command), (words) => {
        const argv = [command.name, ...words];
        const plain = outcome(() => parsePlainly(argv) ?? { kind: 'text', text: 'left to yargs' });
        fc.pre(JSON.stringify(plain) !== '{"kind":"text","text":"left to yargs"}');
        expect(plain).toEqual(outcome(() => parseCommandLine(argv, '1')));
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['run', 'x.yaml'],
    ['run', 'x.yaml', '-q', '--out', 'dir', '-j', '2', '--set', 'a=1', '--set', 'b=2', '--mode', 'exact'],
    ['compare', 'a.yaml', 'b.yaml', '--reps', '5'],
    ['validate', 'a.yaml', 'b.yaml', 'c.yaml', '--json'],
    ['init'],
  ])('yargs is not needed for %j', (...argv) => {
    expect(parsePlainly(argv)).not.toBeNull();
  });

  test.each(['--help', '--seed=1', '-j2', '--sede', '--mode=exact', '--mode', 'y.yaml'])(
    'nor is %s read without it',
    (word) => {
      expect(parsePlainly(['run', 'x.yaml', word])).toBeNull();
    },
  );
});
