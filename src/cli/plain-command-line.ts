import { Arguments } from './arguments.ts';
import { commandNamed, type CommandSpec, type OptionSpec } from './command-spec.ts';
import type { Parsed } from './command-line.ts';

/**
 * Reads what most command lines are: a command, its positionals, and options of its own, each written out once with the
 * value behind it. null for all else, which is not to say that it is wrong: yargs then reads it, explains it, or helps.
 * Loading yargs takes a quarter of the time a small scenario needs to begin.
 */
export function parsePlainly([name = '', ...words]: readonly string[]): Parsed | null {
  const command = commandNamed(name);
  const raw = command === undefined ? null : plainValues(command, words);
  return command === undefined || raw === null
    ? null
    : { kind: 'command', command, args: new Arguments(command, raw) };
}

type Values = Record<string, string | true | string[]>;

function plainValues(command: CommandSpec, words: readonly string[]): Values | null {
  const values: Values = {};
  const positionals: string[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const option = optionWritten(word, command);
    if (option === undefined) positionals.push(word);
    else if (!take(option, option.kind === 'flag' ? true : left.shift(), values)) return null;
  }
  return positionals.every(isPlain) ? withPositionals(values, positionals, command) : null;
}

function optionWritten(word: string, { options }: CommandSpec): OptionSpec | undefined {
  return options.find(
    ({ name, alias }) => word === `--${name}` || (alias !== undefined && word === `-${alias}`),
  );
}

/** Whether this is a value that the option may have here. */
function take(
  { name, kind, choices }: OptionSpec,
  value: string | true | undefined,
  values: Values,
): boolean {
  const before = values[name];
  if (value === undefined || (value !== true && !isPlain(value))) return false;
  if (choices !== undefined && !choices.includes(String(value))) return false;
  if (kind === 'list') values[name] = [...[before ?? []].flat(), value].map(String);
  else if (before === undefined) values[name] = value;
  return kind === 'list' || before === undefined;
}

/** Nothing that could be an option, and none of the quotes that yargs takes off. */
function isPlain(value: string): boolean {
  return /^[^-'"][^'"]*$/.test(value);
}

function withPositionals(values: Values, given: readonly string[], command: CommandSpec): Values | null {
  const { positionals } = command;
  const isMany = (usage: string): boolean => /\.\.[>\]]$/.test(usage);
  const isLong = positionals.some(({ usage }) => isMany(usage));
  const needed = positionals.filter(({ usage }) => usage.startsWith('<')).length;
  if (given.length < needed || (!isLong && given.length > positionals.length)) return null;
  positionals.forEach(({ name, usage }, index) => {
    const value = isMany(usage) ? given.slice(index) : given[index];
    if (value !== undefined) values[name] = value;
  });
  return values;
}
