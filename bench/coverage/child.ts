/**
 * Entry of a child process: `child.js '<task as JSON>'` prints one line of JSON, tallies of some studies of one
 * configuration or the estimates of its reference run.
 */
import { compile, requestsOf } from './compile.ts';
import { configurationOf } from './configurations.ts';
import { SmallRuns } from './small-runs.ts';
import { estimate, REPLICATIONS } from './study.ts';
import { addTallies, talliesOf, type Tallies } from './tally.ts';
import { REFERENCE, type Task } from './tasks.ts';

async function studies({ id, lengthUnits, from, to, truths }: Extract<Task, { kind: 'studies' }>) {
  const configuration = configurationOf(id);
  const compiled = compile(configuration, lengthUnits);
  const workplace = new SmallRuns();
  const tallies: Tallies[] = [];
  for (let study = from; study < to; study++) {
    const seed = `coverage/${id}/${study}`;
    const estimates = await estimate(configuration, compiled, {
      seed,
      replications: REPLICATIONS,
      workplace,
    });
    tallies.push(talliesOf(estimates, truths));
  }
  return addTallies(tallies);
}

async function reference({ id }: Extract<Task, { kind: 'reference' }>) {
  const configuration = configurationOf(id);
  const compiled = compile(configuration, REFERENCE.lengthUnits);
  const seed = `coverage/${id}/reference`;
  return {
    id,
    requests: requestsOf(configuration, REFERENCE.lengthUnits) * REFERENCE.replications,
    estimates: await estimate(configuration, compiled, {
      seed,
      replications: REFERENCE.replications,
      workplace: new SmallRuns(),
    }),
  };
}

const task = JSON.parse(process.argv[2] ?? '') as Task;
const outcome = task.kind === 'studies' ? await studies(task) : await reference(task);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
