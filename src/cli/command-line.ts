import yargs, { type Argv } from 'yargs';
import { similarName } from '../base/similar.ts';
import { UserError } from '../base/diagnostics.ts';
import {
  commandNamed,
  COMMANDS,
  LATER_COMMANDS,
  LATER_OPTIONS,
  type CommandSpec,
  type OptionSpec,
} from './command-spec.ts';
import { ExitCode } from './exit-codes.ts';
import { Arguments } from './arguments.ts';

/** What the command line asks for. */
export type Parsed =
  | { readonly kind: 'command'; readonly command: CommandSpec; readonly args: Arguments }
  /** Text to print instead: help or version. */
  | { readonly kind: 'text'; readonly text: string };

const GLOBAL_OPTIONS = ['help', 'version'];

/**
 * Reads the command line. yargs alone would turn numbers into NaN, take the last of two seeds for a list, answer in the
 * language of the environment, and suggest nothing for a misspelt option; so every value is text here, each option may
 * stand once unless it is a list, the language is fixed, and unknown options are answered with the nearest one.
 *
 * @throws {UserError} with exit code 2 when it is wrong.
 */
export function parseCommandLine(argv: readonly string[], version: string): Parsed {
  const first = argv[0];
  if (first === undefined) return { kind: 'text', text: helpText([], version) };
  if (first.startsWith('-') && !/^-(h|V|-help|-version)$/.test(first)) {
    throw new UserError(
      `options come after the command: hongfeng run <scenario> ${first}\n${seeHelp()}`,
      ExitCode.usage,
    );
  }
  const asked = commandNamed(first);
  if (!first.startsWith('-') && asked === undefined) throw unknownCommand(first);
  if (argv.includes('-')) {
    throw new UserError('hongfeng does not read standard input; name a file', ExitCode.usage);
  }
  if (argv.includes('--')) {
    throw new UserError('"--" is not understood; a file named -x is ./-x', ExitCode.usage);
  }
  for (const word of argv) refuseBeforeParsing(word, asked);
  // yargs renders the help of a named command whenever it has read one, which takes longer than all else here; so the
  // command is first read as the only one there is, without its name.
  if (asked !== undefined) {
    const { raw, output } = parse(makeParser(version, asked, 'alone'), argv.slice(1));
    if (output === '') return { kind: 'command', command: asked, args: new Arguments(asked, raw) };
  }
  const { output } = parse(makeParser(version, asked), argv);
  return { kind: 'text', text: `${output}\n` };
}

/** Help of the whole tool (no path) or of one command. */
export function helpText(path: readonly string[], version: string): string {
  return `${parse(makeParser(version), [...path, '--help']).output}\n`;
}

/** What the parser read, and what it would print: help, version, or nothing. */
function parse(parser: Argv, argv: readonly string[]) {
  let output = '';
  const raw = parser.parseSync([...argv], {}, (_error: unknown, _args: unknown, text: string) => {
    output = text;
  });
  return { raw, output };
}

function makeParser(version: string, asked?: CommandSpec, alone?: 'alone'): Argv {
  const parser = yargs([])
    .scriptName('hongfeng')
    .locale('en')
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'greedy-arrays': false,
    })
    .usage(
      'hongfeng: does the site hold on the night of the promotion? What breaks first, when, and why.\n\n$0 <command>',
    )
    .alias('help', 'h')
    .version(version)
    .alias('version', 'V')
    .wrap(80)
    .strict()
    .exitProcess(false)
    .epilogue('hongfeng help exit-codes   what the exit codes mean')
    .fail((message, error) => {
      throw error instanceof UserError ? error : usageError(message, asked);
    });
  if (asked !== undefined && alone !== undefined) addCommand(parser, asked, '$0');
  else for (const command of COMMANDS) addCommand(parser, command, command.name);
  return parser;
}

function addCommand(parser: Argv, command: CommandSpec, name: string): void {
  const usage = [name, ...command.positionals.map((each) => each.usage)].join(' ');
  const usages = command.alias === undefined || name === '$0' ? usage : [usage, command.alias];
  parser.command(usages, command.help, (sub) => {
    sub.usage(`$0 ${usage}\n\n${command.help}`);
    for (const { name, help } of command.positionals) {
      sub.positional(name, { describe: help, type: 'string' });
    }
    for (const option of command.options) addOption(sub, option);
    for (const [example, meaning] of command.examples) sub.example(example, meaning);
    return sub;
  });
}

function addOption(parser: Argv, option: OptionSpec): void {
  const isFlag = option.kind === 'flag';
  const value = option.value === undefined || isFlag ? '' : `${option.value}: `;
  parser.option(option.name, {
    describe: `${value}${option.help}`,
    type: isFlag ? 'boolean' : 'string',
    ...(isFlag ? {} : { requiresArg: true }),
    ...(option.alias === undefined ? {} : { alias: option.alias }),
    ...(option.choices === undefined ? {} : { choices: option.choices }),
  });
}

/** yargs would take the word behind an option that it does not know for its value, and any value of a flag for "yes". */
function refuseBeforeParsing(word: string, asked: CommandSpec | undefined): void {
  const [, name = '', value] = /^--?([^=]*)(=.*)?$/s.exec(word) ?? [];
  if (word.startsWith('--') && LATER_OPTIONS.includes(name)) {
    throw new UserError(`--${name} is not supported yet\n${seeHelp(asked)}`, ExitCode.usage);
  }
  const option = asked?.options.find((each) => each.name === name || each.alias === name);
  if (option?.kind === 'flag' && value !== undefined) {
    throw new UserError(`--${option.name} takes no value: "${word}"\n${seeHelp(asked)}`, ExitCode.usage);
  }
}

function unknownCommand(word: string): UserError {
  if (LATER_COMMANDS.includes(word)) {
    return new UserError(`"${word}" is not supported yet\n${seeHelp()}`, ExitCode.usage);
  }
  const near = similarName(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const hint =
    near === null
      ? `commands: ${COMMANDS.map(({ name }) => name).join(', ')}`
      : `a similar one exists: ${near}`;
  return new UserError(`unknown command "${word}"; ${hint}\n${seeHelp()}`, ExitCode.usage);
}

/** yargs' own message in our words, with the nearest option behind it; its wording is fixed by the locale above. */
function usageError(message: string, asked: CommandSpec | undefined): UserError {
  const unknown = /^Unknown arguments?: (.*)$/m.exec(message)?.[1];
  const text = unknown === undefined ? reworded(message, asked) : unknownArguments(unknown, asked);
  return new UserError(`${text}\n${seeHelp(asked)}`, ExitCode.usage);
}

function unknownArguments(unknown: string, asked: CommandSpec | undefined): string {
  const known = [...GLOBAL_OPTIONS, ...(asked?.options ?? []).map(({ name }) => name)];
  const lines = unknown.split(', ').map((name) => {
    const near = similarName(name, known);
    return `unknown argument "${name}"${near === null ? '' : `; an option with a similar name exists: --${near}`}`;
  });
  return lines.join('\n');
}

function reworded(message: string, asked: CommandSpec | undefined): string {
  if (asked !== undefined && message.startsWith('Not enough non-option arguments')) {
    return `something is missing: hongfeng ${asked.name} ${asked.positionals.map(({ usage }) => usage).join(' ')}`;
  }
  const bare = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (bare !== undefined) return `${bare.length === 1 ? '-' : '--'}${bare} needs a value`;
  const [, name, given, choices] = /Argument: (.*), Given: (.*), Choices: (.*)$/m.exec(message) ?? [];
  if (name === undefined) return message;
  return `--${name} must be one of ${(choices ?? '').replaceAll('"', '')}: ${given ?? ''}`;
}

function seeHelp(asked?: CommandSpec): string {
  return asked === undefined ? 'See: hongfeng help' : `See: hongfeng help ${asked.name}`;
}
