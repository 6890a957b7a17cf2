import { UserError } from '../../base/diagnostics.ts';
import { similarName } from '../../base/similar.ts';
import type { Arguments } from '../arguments.ts';
import { helpText } from '../command-line.ts';
import { COMMANDS, commandNamed } from '../command-spec.ts';
import { ExitCode, exitCodesText } from '../exit-codes.ts';
import type { Io } from '../io.ts';

const EXIT_CODES = 'exit-codes';

/** Help of the tool, of a command, or of a topic. */
export async function helpCommand(io: Io, args: Arguments, version: string): Promise<number> {
  await io.stdout.write(helpOn(args.text('topic'), version));
  return ExitCode.ok;
}

function helpOn(topic: string | null, version: string): string {
  if (topic === null) return helpText([], version);
  if (topic === EXIT_CODES) return exitCodesText();
  const command = commandNamed(topic);
  if (command !== undefined) return helpText([command.name], version);
  const topics = [...COMMANDS.map(({ name }) => name), EXIT_CODES];
  const near = similarName(topic, topics);
  const hint = near === null ? `topics: ${topics.join(', ')}` : `a similar one exists: ${near}`;
  throw new UserError(`no help on "${topic}"; ${hint}`, ExitCode.usage);
}
