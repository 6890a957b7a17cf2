/**
 * `npm run bench:coverage [-- --studies 2000] [--only mm1-50] [--jobs 2] [--keep FOLDER]`: how often the product's 95 %
 * intervals cover the truth. Prints the tables of docs/coverage.md; exit code 1 when a cell covers too little or too much.
 *
 * Goals: intervals made by the product's own path, seeds fixed beforehand, the same tables whatever the number of
 * processes. Not a goal: speed; the whole of it simulates some 2.5 billion requests.
 */
import { parseArgs } from 'node:util';
import { LENGTH_UNITS } from './compile.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { judge } from './judge.ts';
import { nameOf, perform, type ProcessOptions } from './processes.ts';
import { MEASURES, type Measure } from './study.ts';
import { coverageTable, lengthTable, referenceTable, type Reference, type SeriesOutcome } from './tables.ts';
import { addTallies, byMeasure, type Tallies } from './tally.ts';
import { isKnown, longSeries, shortSeries, studiesTasks, type Series } from './tasks.ts';
import { truthsOf, type Truths } from './truths.ts';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '2000' },
    only: { type: 'string', multiple: true },
    jobs: { type: 'string', default: '2' },
    keep: { type: 'string' },
  },
});
const asked = Number(values.studies);
const options: ProcessOptions = {
  jobs: Number(values.jobs),
  folder: values.keep ?? null,
  onDone: (task) => process.stderr.write(`${nameOf(task)}\n`),
};
const known = new Set([...CONFIGURATIONS, ...longSeries(asked), ...shortSeries(asked)].map(({ id }) => id));
const unknownId = values.only?.find((id) => !known.has(id));
if (unknownId !== undefined) throw new Error(`no configuration ${unknownId}: ${[...known].join(', ')}`);
const isWanted = ({ id }: { readonly id: string }): boolean => values.only?.includes(id) ?? true;

const theory = new Map(CONFIGURATIONS.filter(isWanted).map((each) => [each.id, truthsOf(each)]));
const references = await simulateReferences();
const outcomes = await simulateSeries([...longSeries(asked), ...shortSeries(asked)].filter(isWanted));
const long = outcomes.filter(({ lengthUnits }) => lengthUnits === LENGTH_UNITS);
const short = outcomes.filter(({ lengthUnits }) => lengthUnits < LENGTH_UNITS);
const judgements = judge(long.flatMap(({ tallies }) => MEASURES.map((measure) => tallies[measure])));

process.stdout.write(`${coverageTable(long, judgements)}\n${lengthTable(short)}\n`);
process.stdout.write(
  referenceTable(
    references,
    (id, measure) => exactOf(id)[measure],
    (id, measure) => long.find((each) => each.id === id)!.tallies[measure],
  ),
);
process.exitCode = judgements.every(({ verdict }) => verdict === 'ok') ? 0 : 1;

function exactOf(id: string): Truths {
  return theory.get(id)!;
}

function simulateReferences(): Promise<Reference[]> {
  const unknown = [...theory].filter(([, truths]) => !isKnown(truths));
  return perform(
    unknown.map(([id]) => ({ kind: 'reference', id })),
    options,
  );
}

/** From theory, or else from the reference run. */
function knownTruths(id: string): Readonly<Record<Measure, number>> {
  const reference = references.find((each) => each.id === id);
  return byMeasure((measure) => exactOf(id)[measure] ?? reference?.estimates[measure].value ?? NaN);
}

async function simulateSeries(all: readonly Series[]): Promise<SeriesOutcome[]> {
  const tasks = studiesTasks(all, knownTruths);
  const parts = await perform<Tallies>(tasks, options);
  return all.map(({ id, lengthUnits, studies }) => ({
    id,
    lengthUnits,
    studies,
    truths: knownTruths(id),
    tallies: addTallies(
      parts.filter((_, index) => tasks[index]!.id === id && tasks[index]!.lengthUnits === lengthUnits),
    ),
  }));
}
