import type { Io, Output } from './io.ts';

/**
 * GitHub Actions reads what a step prints and obeys it: a line that begins with `::`, and `##[` anywhere in one. Names,
 * file names and quoted lines come from whoever opened the pull request, so nothing of what is printed there is a command but
 * what is written as `commands`, in which everything
 * from elsewhere has been escaped.
 */
export function withoutCommands(io: Io): Io {
  return runsOnGithub(io) ? { ...io, stdout: harmless(io.stdout), stderr: harmless(io.stderr) } : io;
}

export function runsOnGithub({ env }: Io): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

function harmless(output: Output): Output {
  return {
    get isTerminal() {
      return output.isTerminal;
    },
    get columns() {
      return output.columns;
    },
    get isClosed() {
      return output.isClosed;
    },
    write: (text, as) => output.write(as === 'commands' ? text : harmlessText(text)),
  };
}

function harmlessText(text: string): string {
  return text.replaceAll('##[', '# #[').replace(/^(\s*)(?=::)/gm, '$1\\');
}
