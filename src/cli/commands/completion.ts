import { UserError } from '../../base/diagnostics.ts';
import type { Arguments } from '../arguments.ts';
import { COMMANDS, type CommandSpec } from '../command-spec.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** Prints a completion script; it holds all words itself, so completing starts no process. */
export async function completionCommand(io: Io, args: Arguments): Promise<number> {
  const shell = args.text('shell') ?? 'bash';
  if (shell !== 'bash' && shell !== 'zsh') {
    throw new UserError(
      `no completion for "${shell}"; there is one for bash and one for zsh`,
      ExitCode.usage,
    );
  }
  await io.stdout.write(
    shell === 'bash' ? bashScript() : `autoload -U +X bashcompinit && bashcompinit\n${bashScript()}`,
  );
  return ExitCode.ok;
}

/** Works in bash, and in zsh through bashcompinit. */
function bashScript(): string {
  const cases = COMMANDS.map(
    (command) => `    ${namesOf(command).join('|')}) words="${wordsOf(command)}" ;;`,
  ).join('\n');
  const choices = COMMANDS.flatMap(({ options }) => options)
    .filter((option, index, all) => all.findIndex(({ name }) => name === option.name) === index)
    .flatMap(({ name, choices: values }) =>
      values === undefined ? [] : [`    --${name}) words="${values.join(' ')}" ;;`],
    )
    .join('\n');
  return `_hongfeng() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=""
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${COMMANDS.flatMap(namesOf).join(' ')}"
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${choices}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [ "$COMP_CWORD" -gt 1 ] && [ "\${word#-}" = "$word" ] && COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _hongfeng hongfeng
`;
}

function namesOf({ name, alias }: CommandSpec): string[] {
  return alias === undefined ? [name] : [name, alias];
}

function wordsOf({ name, options }: CommandSpec): string {
  const flags = [...options.map((option) => `--${option.name}`), '--help'];
  if (name === 'completion') return ['bash', 'zsh', ...flags].join(' ');
  if (name === 'help') return [...COMMANDS.map((each) => each.name), 'exit-codes', ...flags].join(' ');
  return flags.join(' ');
}
