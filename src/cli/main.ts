import type { Arguments } from './arguments.ts';
import type { Parsed } from './command-line.ts';
import { ExitCode } from './exit-codes.ts';
import { reportFailure } from './failures.ts';
import type { Io } from './io.ts';
import { nodeIo } from './node-io.ts';
import { readVersion } from './package-files.ts';
import { parsePlainly } from './plain-command-line.ts';
import { withoutCommands } from './workflow-commands.ts';

/** Exit code of the command line; stdout gets the result and nothing else, stderr everything else. */
export async function runCli(argv: readonly string[], world: Io = nodeIo()): Promise<number> {
  const io = withoutCommands(world);
  let version = 'unknown';
  try {
    version = readVersion(io);
    const parsed = parsePlainly(argv) ?? (await parseWithYargs(argv, version));
    const code =
      parsed.kind === 'text'
        ? await printText(io, parsed.text)
        : await runCommandNamed(parsed.command.name, io, parsed.args, argv, version);
    // Whoever closed the pipe has what they wanted: `hongfeng … | head` is no failure.
    return io.stdout.isClosed ? ExitCode.ok : code;
  } catch (error) {
    return reportFailure(io, argv, version, error);
  }
}

/** Loaded when it is needed: yargs alone takes some 60 ms. */
async function parseWithYargs(argv: readonly string[], version: string): Promise<Parsed> {
  return (await import('./command-line.ts')).parseCommandLine(argv, version);
}

async function printText(io: Io, text: string): Promise<number> {
  await io.stdout.write(text);
  return ExitCode.ok;
}

/** Commands are loaded when they are asked for: charts and simulator take far longer to load than help needs. */
async function runCommandNamed(
  name: string,
  io: Io,
  args: Arguments,
  argv: readonly string[],
  version: string,
): Promise<number> {
  switch (name) {
    case 'run':
      return (await import('./commands/run.ts')).runCommand(io, args, argv, version);
    case 'compare':
      return (await import('./commands/compare.ts')).compareCommand(io, args, argv, version);
    case 'check':
      return (await import('./commands/check.ts')).checkCommand(io, args, argv, version);
    case 'capacity':
      return (await import('./commands/capacity.ts')).capacityCommand(io, args, version);
    case 'sensitivity':
      return (await import('./commands/sensitivity.ts')).sensitivityCommand(io, args, version);
    case 'report':
      return (await import('./commands/report.ts')).reportCommand(io, args);
    case 'explain':
      return (await import('./commands/explain.ts')).explainCommand(io, args);
    case 'validate':
      return (await import('./commands/validate.ts')).validateCommand(io, args);
    case 'expand':
      return (await import('./commands/expand.ts')).expandCommand(io, args);
    case 'schema':
      return (await import('./commands/schema.ts')).schemaCommand(io);
    case 'init':
      return (await import('./commands/init.ts')).initCommand(io, args);
    case 'help':
      return (await import('./commands/help.ts')).helpCommand(io, args, version);
    case 'completion':
      return (await import('./commands/completion.ts')).completionCommand(io, args);
    default:
      throw new RangeError(`command ${name} is declared but not implemented`);
  }
}
