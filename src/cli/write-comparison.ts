import { dirname, join, normalize } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import type { Comparison } from '../study/comparison.ts';
import type { CompareOptions } from './compare-options.ts';
import type { Io } from './io.ts';
import type { RunFacts } from './run-record.ts';
import { writeFiles } from './write-files.ts';
import { claimFolder, COMPARISON, writeReports, writeResult } from './write-reports.ts';

/** What is reported on: the second of those compared. */
export interface Reported {
  readonly findings: Findings;
  /** Its scenario as a reader can name it. */
  readonly scenarioFile: string;
  /** Of its run; null where that is a saved one. */
  readonly facts: RunFacts | null;
  /** Its result.json, where that is a saved one. */
  readonly savedAs: string | null;
}

/**
 * Only where a folder is named: a comparison is about several scenarios, and belongs to none of them. A report has one of its
 * own beside the runs of its scenario.
 */
export async function writeComparison(
  io: Io,
  options: CompareOptions,
  comparison: Comparison,
  reported: () => Reported,
): Promise<string[]> {
  const { out, report } = options;
  if (out === null && !report) return [];
  const folder = out ?? join('reports', comparison.after.scenario.id, 'comparison');
  if (out === null) claimFolder(io, folder);
  const { renderJson } = await import('../report/json.ts');
  if (!report) {
    writeFiles(io, folder, [{ path: COMPARISON, data: renderJson(comparison) }]);
    return [join(folder, COMPARISON)];
  }
  const { findings, scenarioFile: file, facts, savedAs } = reported();
  const result = await writeResult(io, folder, findings, facts);
  if (savedAs !== null) copyRecord(io, dirname(savedAs), folder);
  writeFiles(io, folder, [{ path: COMPARISON, data: renderJson(comparison) }]);
  const documents = { result: findings, comparison };
  const drawn = await writeReports(io, folder, documents, { file, lang: options.lang });
  return [...result, join(folder, COMPARISON), ...drawn];
}

/** So that whoever draws the report again finds the name of the scenario file. */
function copyRecord(io: Io, from: string, to: string): void {
  const record = join(from, 'run.json');
  if (normalize(from) === normalize(to) || !io.files.exists(record)) return;
  writeFiles(io, to, [{ path: 'run.json', data: io.files.read(record) }]);
}
