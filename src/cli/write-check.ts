import type { Lang } from '../report/texts/texts.ts';
import type { CheckDocument, ScenarioCheck } from '../study/gate/gate-check.ts';
import type { Checked } from './check-one.ts';
import type { CheckOptions } from './check-options.ts';
import { usesColour } from './colour.ts';
import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { CheckFormat } from './gate-commands.ts';
import type { Io } from './io.ts';
import type { RunOptions } from './run-options.ts';
import { writeFiles } from './write-files.ts';
import { writeReports, writeResult } from './write-reports.ts';

/** GitLab and GitHub refuse longer comments; 64 KB are 65,536 characters. */
const COMMENT_BYTES_MAX = 60_000;

/** GitHub drops a summary of more than 1 MiB altogether. */
const SUMMARY_BYTES_MAX = 900_000;

/** How a document is put into words. */
export interface Wording {
  readonly lang: Lang;
  /** Real time that the scenario of a file took. */
  readonly secondsOf: (file: string) => number;
}

/** What `run` writes, too; returns what to show the reader. */
export async function writeStudyFiles(
  io: Io,
  options: Pick<RunOptions, 'charts' | 'file' | 'lang'>,
  { folder, findings, facts }: Checked,
): Promise<string[]> {
  await writeResult(io, folder, findings, facts);
  return options.charts ? await writeReports(io, folder, { result: findings }, options) : [];
}

/** What machines and pull requests read of one scenario. */
export async function writeCheckFiles(
  io: Io,
  folder: string,
  document: CheckDocument,
  wording: Wording,
): Promise<void> {
  const list = [
    { path: 'check.json', data: await render('json', document, wording) },
    { path: 'junit.xml', data: await render('junit', document, wording) },
    { path: 'summary.md', data: await render('markdown', document, wording) },
    { path: 'metrics.txt', data: await render('openmetrics', document, wording) },
  ];
  writeFiles(io, folder, list);
}

async function render(
  format: Exclude<CheckFormat, 'text'>,
  document: CheckDocument,
  { lang, secondsOf }: Wording,
): Promise<string> {
  const { textsOf } = await import('../report/texts/texts.ts');
  const texts = textsOf(lang);
  switch (format) {
    case 'json':
      return (await import('../report/json.ts')).renderJson(document);
    case 'junit':
      return (await import('../report/ci/junit.ts')).renderJunit(document, { secondsOf, texts });
    case 'github':
      return (await import('../report/ci/github.ts')).renderAnnotations(document, texts);
    case 'markdown':
      return (await import('../report/ci/markdown.ts')).renderMarkdown(document, {
        bytesMax: COMMENT_BYTES_MAX,
        texts,
      });
    case 'openmetrics':
      return (await import('../report/ci/openmetrics.ts')).renderOpenMetrics(document);
  }
}

/** Prints what was asked for on stdout; `files` are those of each scenario. */
export async function printCheck(
  io: Io,
  { format, run }: CheckOptions,
  document: CheckDocument,
  { files, wording }: { readonly files: readonly (readonly string[])[]; readonly wording: Wording },
): Promise<void> {
  if (format !== 'text') {
    await io.stdout.write(await render(format, document, wording));
    return;
  }
  if (run.quiet) return;
  const { renderCheckText } = await import('../report/ci/text.ts');
  const { textsOf } = await import('../report/texts/texts.ts');
  const texts = textsOf(run.lang);
  const colour = usesColour(run.colour, io.stdout, io.env);
  const written = files.filter((list) => list.length > 0);
  const textOf = (check: ScenarioCheck, index: number): string =>
    renderCheckText(check, { colour, files: written[index] ?? [], columns: io.stdout.columns, texts });
  const text = document.scenarios.map(textOf).join('\n');
  await io.stdout.write(runsOnGithub(io) ? withoutCommands(text) : text);
}

function runsOnGithub({ env }: Io): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/** GitHub takes a line that begins with `::` for a command, and names may come from anybody. */
function withoutCommands(text: string): string {
  return text.replace(/^(\s*)(?=::|##\[)/gm, '$1\\');
}

/** In GitHub Actions: annotations at the lines of the budgets, and the summary of the step. */
export async function tellGithub(
  io: Io,
  { format, run: { lang } }: CheckOptions,
  document: CheckDocument,
): Promise<void> {
  if (!runsOnGithub(io)) return;
  if (format !== 'github')
    await io.stderr.write(await render('github', document, { lang, secondsOf: () => 0 }));
  const summary = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary === '') return;
  const { renderMarkdown } = await import('../report/ci/markdown.ts');
  const { textsOf } = await import('../report/texts/texts.ts');
  const text = renderMarkdown(document, { bytesMax: SUMMARY_BYTES_MAX, texts: textsOf(lang) });
  withFile(`cannot write to ${summary}`, ExitCode.usage, () => {
    io.files.append(summary, text);
  });
}
