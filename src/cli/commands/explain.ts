import { UserError, type Severity } from '../../base/diagnostics.ts';
import { similarName } from '../../base/similar.ts';
import { METRIC_NAMES } from '../../scenario/budget-metrics.ts';
import { CODES, type Code } from '../../scenario/codes.ts';
import type { BudgetExplanation } from '../../report/explain.ts';
import { wrap } from '../../report/width.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { explainKeys, keyNames, type KeyExplanation } from '../explain/keys.ts';
import { explainMetric, type MetricExplanation } from '../explain/metrics.ts';
import { MODEL_CODES } from '../explain/model-codes.ts';
import { SCENARIO_FIXES } from '../explain/scenario-codes.ts';
import type { Io } from '../io.ts';
import { readResult } from '../read-result.ts';
import { colourOf, langOf } from '../run-options.ts';

interface CodeExplanation {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly fix: string;
}

/** One document: everything of this name. */
interface Explanation {
  readonly $schema: 'urn:hongfeng:explanation:1';
  readonly schemaVersion: 1;
  readonly thing: string;
  readonly code: CodeExplanation | null;
  readonly metric: MetricExplanation | null;
  readonly keys: readonly KeyExplanation[];
  readonly budget: BudgetExplanation | null;
}

/** Says what a code, a metric or a key means, and why a budget of a result came out as it did: whichever there is. */
export async function explainCommand(io: Io, args: Arguments): Promise<number> {
  const thing = args.text('thing') ?? '';
  const named = args.text('result');
  const result = named === null ? lastResult(io) : { file: named, findings: readResult(io, named) };
  const { explainBudget } = await import('../../report/explain.ts');
  const explanation: Explanation = {
    ...({ $schema: 'urn:hongfeng:explanation:1', schemaVersion: 1 } as const),
    thing,
    code: explainCode(thing.toUpperCase()),
    metric: explainMetric(thing),
    keys: explainKeys(io, thing),
    budget: result === null ? null : explainBudget(result.findings, thing),
  };
  const { code, metric, keys, budget } = explanation;
  if (code === null && metric === null && keys.length === 0 && budget === null) {
    throw unknown(io, thing, result);
  }
  if (args.flag('json')) await io.stdout.write(`${JSON.stringify(explanation, null, 2)}\n`);
  else await io.stdout.write(await textOf(io, args, explanation, result?.findings ?? null));
  return ExitCode.ok;
}

interface Result {
  readonly file: string;
  readonly findings: Findings;
}

/** The newest that can be read; null where there is none. */
function lastResult(io: Io): Result | null {
  const { files } = io;
  if (!files.isFolder('reports')) return null;
  const found = files
    .list('reports')
    .filter((path) => /^[^/]+\/result\.json$/.test(path))
    .map((path) => `reports/${path}`)
    .toSorted((a, b) => files.changedMs(b) - files.changedMs(a));
  for (const file of found) {
    try {
      return { file, findings: readResult(io, file) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error; // of another version: the one before it may do
    }
  }
  return null;
}

function explainCode(code: string): CodeExplanation | null {
  if (Object.hasOwn(CODES, code)) {
    const { severity, title } = CODES[code as Code];
    return { code, severity, title, fix: SCENARIO_FIXES[code as Code] };
  }
  if (!Object.hasOwn(MODEL_CODES, code)) return null;
  return { code, ...MODEL_CODES[code as keyof typeof MODEL_CODES] };
}

function unknown(io: Io, thing: string, result: Result | null): UserError {
  const ids = result?.findings.budgets.map(({ id }) => id) ?? [];
  const names = [...Object.keys({ ...CODES, ...MODEL_CODES }), ...METRIC_NAMES, ...ids, ...keyNames(io)];
  const near = similarName(thing, names);
  const where = result === null ? 'there is no result in reports/ yet' : `the last result is ${result.file}`;
  const hint =
    near === null
      ? `name a code (HF101), a metric (p99), a key (stations.servers) or the id of a budget; ${where}`
      : `a similar one exists: ${near}`;
  return new UserError(`nothing to explain is called "${thing}"; ${hint}`, ExitCode.usage);
}

/** Keys of one name that are explained one by one; of more the paths are listed. */
const KEYS_MAX = 4;
const COLUMNS = 80;

async function textOf(
  io: Io,
  args: Arguments,
  { code, metric, keys, budget }: Explanation,
  findings: Findings | null,
): Promise<string> {
  const columns = Math.max(COLUMNS, io.stdout.columns);
  const blocks = [
    ...(code === null
      ? []
      : [[`${code.code}  ${code.severity}: ${code.title}`, ...wrap(code.fix, columns, '  ')]]),
    ...(metric === null ? [] : [metricLines(metric, columns)]),
    ...keys.slice(0, KEYS_MAX).map((each) => keyLines(each, columns)),
    ...(keys.length <= KEYS_MAX ? [] : [['also:', ...keys.slice(KEYS_MAX).map(({ key }) => `  ${key}`)]]),
  ].map((lines) => `${lines.join('\n')}\n`);
  if (budget !== null && findings !== null) {
    const { renderBudgetExplanation } = await import('../../report/explain.ts');
    const { textsOf } = await import('../../report/texts/texts.ts');
    const colour = usesColour(colourOf(args), io.stdout, io.env);
    const texts = textsOf(langOf(args));
    blocks.push(renderBudgetExplanation(budget, findings, { colour, columns, texts }));
  }
  return blocks.join('\n');
}

function metricLines({ metric, meaning, limit, targets }: MetricExplanation, columns: number): string[] {
  return [
    `${metric}  a metric that budgets limit`,
    ...wrap(meaning, columns, '  '),
    `  Its limit is ${limit}.`,
    ...wrap(`Of ${targets.map(({ kind, kept }) => `${kind} (${kept})`).join(', ')}.`, columns, '  '),
  ];
}

function keyLines({ key, meaning, example, choices, inside }: KeyExplanation, columns: number): string[] {
  return [
    `${key}  a key of scenario files`,
    ...wrap(meaning, columns, '  '),
    ...(choices.length === 0 ? [] : wrap(`One of: ${choices.join(', ')}.`, columns, '  ')),
    ...(example === null ? [] : wrap(`Example: ${exampleText(example)}`, columns, '  ')),
    ...(inside.length === 0 ? [] : wrap(`Keys inside: ${inside.join(', ')}.`, columns, '  ')),
  ];
}

function exampleText(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example);
}
